import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { reportImpediment } from '../../src/tickets/actions/impede.ts'
import type { TestApplication } from '../support/application.ts'
import { attachmentOf } from '../support/attachments.ts'
import type { RowsOf } from './row.ts'

type Status = 'ASIGNADO' | 'FINALIZADO'

/** Asked for by the client, of Sistemas, assigned to the agent; finished by the Administrador if it must be. */
async function ticketIn({ db, clock, cast, viewer }: TestApplication, status: Status) {
  const context = { db, clock }
  const ana = await viewer('ana')
  const number = await createTicket(context, await viewer('clara'), {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject: 'Asunto',
    description: 'Texto',
  })
  const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
  await assignTicket(context, ana, number, { version: 1, owner, note: '' })
  if (status === 'ASIGNADO') return { number, version: 2 }
  await closeTicket(context, ana, number, { action: 'finalizar', version: 2, text: 'Listo' })
  return { number, version: 3 }
}

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const ticketRows: RowsOf = application => {
  const { cast } = application
  /** The page of a ticket, or what does not change it. */
  const ticket =
    (status: Status = 'ASIGNADO') =>
    async () => ({
      parameters: { number: (await ticketIn(application, status)).number },
    })
  /** A step, which names the version that it has seen. */
  const step =
    (status: Status = 'ASIGNADO') =>
    async () => {
      const { number, version } = await ticketIn(application, status)
      return { parameters: { number }, form: { version } }
    }
  /** A ticket that cannot go on, and what stops it. */
  const impeded = async () => {
    const { db, clock, viewer } = application
    const { number } = await ticketIn(application, 'ASIGNADO')
    await reportImpediment({ db, clock }, await viewer('ana'), number, { reason: 'OTRA', text: 'Texto' })
    const { id } = await db.prisma.impediment.findFirstOrThrow({ where: { ticketNumber: number } })
    return { parameters: { number }, form: { incidencia: id } }
  }
  const attachment = async () => {
    const { number } = await ticketIn(application, 'ASIGNADO')
    return { parameters: { id: await attachmentOf(application, 'luis', number), name: 'foto.png' } }
  }
  return {
    'get /tickets': { answers: '             in  403  403  403  403  200  200  200  in' },
    'get /tickets/nuevo': { answers: '       in  200  200  403  403  200  200  200  in' },
    'post /tickets/nuevo': { answers: '      in  200  200  403  403  200  200  200  in', form: { asunto: 'Asunto' } },
    'get /tickets/solicitantes': { answers: 'in  403  403  403  403  200  200  200  in' },
    'post /tickets': {
      answers: '                             in  303  303  403  403  303  303  303  in',
      form: { area: cast.areas.sistemas, categoria: cast.categories.red, asunto: 'Asunto', descripcion: 'Texto' },
    },
    'get /mis-tickets': { answers: '         in  200  200  200  200  200  200  200  in' },
    'get /asignados': { answers: '           in  403  403  200  200  200  200  200  in' },
    'get /con-incidencias': { answers: '     in  403  403  200  200  200  200  200  in' },
    'get /atendidos': { answers: '           in  403  403  200  200  200  200  200  in' },
    'post /tickets/exportacion': {
      answers: 'in  403  403  403  403  200  200  200  in',
      form: { estado: 'asignados' },
    },
    'post /mis-tickets/exportacion': { answers: 'in 200 200 200 200 200 200 200 in', form: { orden: 'actividad' } },
    'post /asignados/exportacion': { answers: 'in 403 403 200 200 200 200 200 in', form: { prioridad: 'alta' } },
    'post /con-incidencias/exportacion': { answers: 'in 403 403 200 200 200 200 200 in', form: {} },
    'post /atendidos/exportacion': { answers: 'in 403 403 200 200 200 200 200 in', form: {} },
    'get /mis-tickets/:number': { answers: ' in  200  404  404  404  404  404  404  in', given: ticket() },
    // The client is led to his own page of it.
    'get /tickets/:number': { answers: '     in  303  404  200  404  200  404  200  in', given: ticket() },
    'post /tickets/:number/bitacora': {
      answers: '                             in  303  404  303  404  303  404  303  in',
      form: { texto: 'Una nota' },
      given: ticket(),
    },
    'post /tickets/:number/inicio': { answers: 'in 403 404  303  404  403  404  403  in', form: {}, given: step() },
    'post /tickets/:number/conformidad': {
      answers: '                             in  303  404  403  404  403  404  403  in',
      form: {},
      given: step('FINALIZADO'),
    },
    'get /tickets/:number/clasificacion': { answers: 'in 403 404 403 404 200 404 200 in', given: ticket() },
    'post /tickets/:number/clasificacion': {
      answers: '                             in  403  404  403  404  303  404  303  in',
      form: { area: cast.areas.sistemas, categoria: cast.categories.red, prioridad: 'BAJA', asunto: 'Otro' },
      given: step(),
    },
    'post /tickets/:number/clasificacion/opciones': {
      answers: 'in 403 404 403 404 200 404 200 in',
      form: {},
      given: step(),
    },
    'get /tickets/:number/asignacion': { answers: 'in 403 404 403 404 200 404 200 in', given: ticket() },
    'post /tickets/:number/asignacion': {
      answers: '                             in  403  404  403  404  303  404  303  in',
      form: { responsable: `persona:${cast.ids.pedro}` },
      given: step(),
    },
    'get /tickets/:number/incidencia': { answers: 'in 403 404 200 404 200 404 200 in', given: ticket() },
    'post /tickets/:number/incidencia': {
      answers: '                             in  403  404  303  404  303  404  303  in',
      form: { motivo: 'proveedor', texto: 'Falta la pieza' },
      given: ticket(),
    },
    'get /tickets/:number/incidencia/cierre': { answers: 'in 403 404 200 404 200 404 200 in', given: impeded },
    'post /tickets/:number/incidencia/cierre': {
      answers: '                             in  403  404  303  404  303  404  303  in',
      form: { texto: 'Llegó la pieza' },
      given: impeded,
    },
    'get /tickets/:number/cancelacion': { answers: 'in 403 404 403 404 200 404 200 in', given: ticket() },
    'post /tickets/:number/cancelacion': {
      answers: '                             in  403  404  403  404  303  404  303  in',
      form: { motivo: 'Motivo' },
      given: step(),
    },
    'get /tickets/:number/finalizacion': { answers: 'in 403 404 200 404 200 404 200 in', given: ticket() },
    'post /tickets/:number/finalizacion': {
      answers: '                             in  403  404  303  404  303  404  303  in',
      form: { resolucion: 'Resolución' },
      given: step(),
    },
    'get /adjuntos/:id/:name': { answers: '    in  200  404  200  404  200  404  200  in', given: attachment },
    'get /adjuntos/:id/miniatura': { answers: 'in  200  404  200  404  200  404  200  in', given: attachment },
    'get /tickets/:number/reapertura': { answers: 'in 200 404 403 404 200 404 200 in', given: ticket('FINALIZADO') },
    'post /tickets/:number/reapertura': {
      answers: '                             in  303  404  403  404  303  404  303  in',
      form: { motivo: 'Motivo' },
      given: step('FINALIZADO'),
    },
  }
}
