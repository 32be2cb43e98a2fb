import type { RowsOf } from './row.ts'

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const searchRows: RowsOf = () => ({
  'get /buscar': { answers: '             in 200 200 200 200 200 200 200 in' },
  'get /buscar/sugerencias': { answers: ' in 200 200 200 200 200 200 200 in' },
})
