import { PASSWORD } from '../support/cast.ts'
import type { RowsOf } from './row.ts'

/** One's own account, and the doors to it. */
//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const accountRows: RowsOf = () => {
  /** A value that is another one each time, so that each write changes something. */
  let turn = 0
  const other = (field: string, values: [string, string]) => async () => ({
    parameters: {},
    form: { [field]: values[turn++ % 2] ?? '' },
  })
  // With a link that works whoever follows it is let in, see tests/auth; here nobody has one.
  const noLink = async () => ({ parameters: { token: 'inventado' } })
  return {
    'get /cuenta': { answers: '              in  200  200  200  200  200  200  200  in' },
    'post /cuenta/nombre': {
      answers: '                             in  303  303  303  303  303  303  303  in',
      given: other('nombre', ['Nombre nuevo', 'Otro nombre']),
    },
    'post /cuenta/clave': {
      answers: '                             in  303  303  303  303  303  303  303  in',
      form: { actual: PASSWORD, clave: PASSWORD, repeticion: PASSWORD },
    },
    'post /cuenta/fechas': {
      answers: '                             in  303  303  303  303  303  303  303  in',
      given: other('fechas', ['es-MX', 'es-CO']),
    },
    'post /cuenta/sesiones/cierre': {
      answers: '                             in  303  303  303  303  303  303  303  in',
      form: {},
    },
    'get /acceso/:token': { answers: '       404 404  404  404  404  404  404  404  404', given: noLink },
    'post /acceso/:token': { answers: '      404 404  404  404  404  404  404  404  404', form: {}, given: noLink },
    'get /clave-olvidada': { answers: '      200 200  200  200  200  200  200  200  200' },
    'post /clave-olvidada': { answers: '     422 422  422  422  422  422  422  422  422', form: {} },
    'get /clave-olvidada/enviado': { answers: '200 200 200 200 200 200 200 200 200' },
    // Switched off unless the settings say otherwise, see tests/auth/sign-up.test.ts.
    'get /registro': { answers: '            404 404  404  404  404  404  404  404  404' },
    'post /registro': { answers: '           404 404  404  404  404  404  404  404  404', form: {} },
    'get /registro/enviado': { answers: '    404 404  404  404  404  404  404  404  404' },
    'get /registro/:token': { answers: '     404 404  404  404  404  404  404  404  404', given: noLink },
    'post /registro/:token': { answers: '    404 404  404  404  404  404  404  404  404', form: {}, given: noLink },
  }
}
