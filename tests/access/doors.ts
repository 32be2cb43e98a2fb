import type { RowsOf } from './row.ts'

/** What belongs to no slice of its own: the start, signing in and out, one's account, the first visit, health. */
//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const doorRows: RowsOf = () => ({
  'get /': { answers: '                    in  303  303  303  303  200  200  200  in' },
  // Open to everybody before there is an Administrador, see tests/installation.
  'get /instalacion': { answers: '         404 404  404  404  404  404  404  404  404' },
  'post /instalacion': { answers: '        404 404  404  404  404  404  404  404  404', form: {} },
  'get /salud/vivo': { answers: '          200 200  200  200  200  200  200  200  200' },
  // Asks for jobs too, which nobody does here.
  'get /salud/listo': { answers: '         503 503  503  503  503  503  503  503  503' },
  'get /ingresar': { answers: '            200 303  303  303  303  303  303  303  200' },
  'post /ingresar': { answers: '           422 422  422  422  422  422  422  422  422', form: {} },
  'post /salir': { answers: '              in  303  303  303  303  303  303  303  in', form: {} },
  'post /cuenta/tema': { answers: '        in  303  303  303  303  303  303  303  in', form: { tema: 'auto' } },
})
