import type { RowsOf } from './row.ts'

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const groupRows: RowsOf = ({ cast, db }) => {
  let made = 0
  const group =
    (active = true) =>
    async () => {
      const data = { name: `Grupo ${++made}`, active, areaId: cast.areas.sistemas }
      const { id } = await db.prisma.group.create({ data })
      return { parameters: { id }, form: { version: 1 } }
    }
  const page = async () => ({ parameters: { id: (await group()()).parameters.id } })
  return {
    'get /administracion/grupos': { answers: 'in 403  403  403  403  403  403  200  in' },
    'get /administracion/grupos/nuevo': { answers: 'in 403 403 403 403 403 403 200 in' },
    'post /administracion/grupos': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      form: { area: cast.areas.sistemas, personas: cast.ids.luis },
      given: async () => ({ parameters: {}, form: { nombre: `Grupo ${++made}` } }),
    },
    'get /administracion/grupos/:id': { answers: 'in 403 403 403 403 403 403 200 in', given: page },
    'post /administracion/grupos/:id': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: async () => {
        const { parameters, form } = await group()()
        return { parameters, form: { ...form, nombre: `Grupo ${++made}` } }
      },
    },
    'post /administracion/grupos/:id/archivo': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: group(),
    },
    'post /administracion/grupos/:id/restauracion': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: group(false),
    },
  }
}
