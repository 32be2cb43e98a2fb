import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { routeTableOf } from '../src/app.ts'
import { assignTicket } from '../src/tickets/actions/assign.ts'
import { closeTicket } from '../src/tickets/actions/close.ts'
import { createTicket } from '../src/tickets/actions/create.ts'
import { reportImpediment } from '../src/tickets/actions/impede.ts'
import { signIn, useApplication } from './support/application.ts'
import { attachmentOf } from './support/attachments.ts'
import type { Client } from './support/client.ts'

// Every route of the application times every kind of person, with the answer written out. A new route fails until it has
// its row. The ticket was asked for by the client, belongs to Sistemas and is assigned to the agent.

const application = await useApplication()
const { app, anonymous, as, cast, clock, db, viewer } = application

/** Signed in before he was deactivated. */
async function deactivated(): Promise<Client> {
  const where = { id: cast.ids.dario }
  await db.prisma.user.update({ where, data: { active: true } })
  const client = await signIn(anonymous(), 'dario')
  await db.prisma.user.update({ where, data: { active: false } })
  return client
}

const people: Record<string, () => Client | Promise<Client>> = {
  anónimo: anonymous,
  cliente: () => as('clara'),
  empleado: () => as('elena'),
  agente: () => as('luis'),
  'agente de otra área': () => as('mario'),
  supervisor: () => as('sara'),
  'supervisor de otra área': () => as('marta'),
  administrador: () => as('ana'),
  desactivado: deactivated,
}

/** `DETENIDO`: assigned, with an open impediment. */
type Status = 'ASIGNADO' | 'FINALIZADO' | 'DETENIDO'

async function ticketIn(status: Status): Promise<{ number: number; own: Record<string, number> }> {
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
  if (status === 'ASIGNADO') return { number, own: { version: 2 } }
  if (status === 'DETENIDO') {
    await reportImpediment(context, ana, number, { reason: 'OTRA', text: 'Texto' })
    const { id } = await db.prisma.impediment.findFirstOrThrow({ where: { ticketNumber: number } })
    return { number, own: { incidencia: id } }
  }
  await closeTicket(context, ana, number, { action: 'finalizar', version: 2, text: 'Listo' })
  return { number, own: { version: 3 } }
}

interface Row {
  /** One answer per person, in the order of `people`; `in` leads to the sign-in page. */
  answers: string
  /** For writes: what is sent besides what tells the ticket's version or impediment. */
  form?: Record<string, string | number>
  status?: Status
}

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
const matrix: Record<string, Row> = {
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
  'get /mis-tickets/:number': { answers: ' in  200  404  404  404  404  404  404  in' },
  // The client is led to his own page of it.
  'get /tickets/:number': { answers: '     in  303  404  200  404  200  404  200  in' },
  'post /tickets/:number/bitacora': {
    answers: '                             in  303  404  303  404  303  404  303  in',
    form: { texto: 'Una nota' },
  },
  'post /tickets/:number/inicio': { answers: 'in 403 404  303  404  403  404  403  in', form: {} },
  'post /tickets/:number/conformidad': {
    answers: '                             in  303  404  403  404  403  404  403  in',
    form: {},
    status: 'FINALIZADO',
  },
  'get /tickets/:number/clasificacion': { answers: 'in 403 404 403 404 200 404 200 in' },
  'post /tickets/:number/clasificacion': {
    answers: '                             in  403  404  403  404  303  404  303  in',
    form: { area: cast.areas.sistemas, categoria: cast.categories.red, prioridad: 'BAJA', asunto: 'Otro' },
  },
  'post /tickets/:number/clasificacion/opciones': { answers: 'in 403 404 403 404 200 404 200 in', form: {} },
  'get /tickets/:number/asignacion': { answers: 'in 403 404 403 404 200 404 200 in' },
  'post /tickets/:number/asignacion': {
    answers: '                             in  403  404  403  404  303  404  303  in',
    form: { responsable: `persona:${cast.ids.pedro}` },
  },
  'get /tickets/:number/incidencia': { answers: 'in 403 404 200 404 200 404 200 in' },
  'post /tickets/:number/incidencia': {
    answers: '                             in  403  404  303  404  303  404  303  in',
    form: { motivo: 'proveedor', texto: 'Falta la pieza' },
  },
  'get /tickets/:number/incidencia/cierre': { answers: 'in 403 404 200 404 200 404 200 in', status: 'DETENIDO' },
  'post /tickets/:number/incidencia/cierre': {
    answers: '                             in  403  404  303  404  303  404  303  in',
    form: { texto: 'Llegó la pieza' },
    status: 'DETENIDO',
  },
  'get /tickets/:number/cancelacion': { answers: 'in 403 404 403 404 200 404 200 in' },
  'post /tickets/:number/cancelacion': {
    answers: '                             in  403  404  403  404  303  404  303  in',
    form: { motivo: 'Motivo' },
  },
  'get /tickets/:number/finalizacion': { answers: 'in 403 404 200 404 200 404 200 in' },
  'post /tickets/:number/finalizacion': {
    answers: '                             in  403  404  303  404  303  404  303  in',
    form: { resolucion: 'Resolución' },
  },
  'get /adjuntos/:id/:name': { answers: '    in  200  404  200  404  200  404  200  in' },
  'get /adjuntos/:id/miniatura': { answers: 'in  200  404  200  404  200  404  200  in' },
  'get /tickets/:number/reapertura': { answers: 'in 200 404 403 404 200 404 200 in', status: 'FINALIZADO' },
  'post /tickets/:number/reapertura': {
    answers: '                             in  303  404  403  404  303  404  303  in',
    form: { motivo: 'Motivo' },
    status: 'FINALIZADO',
  },
}

const routes = routeTableOf(app).map(({ method, path }) => `${method} ${path}`)

it('has a row for every route, and a route for every row', () => {
  expect(Object.keys(matrix).sort()).toEqual([...routes].sort())
})

it('says why, for every route that is open to anyone', () => {
  for (const { access } of routeTableOf(app)) {
    if (access.kind === 'public') expect(access.reason).not.toBe('')
  }
})

/** An entry, or the report of an impediment, belongs to the ticket as it is whatever happened meanwhile. */
const asksForOwn = (path: string) => path.includes(':number') && !/\/(bitacora|incidencia)$/.test(path)

async function answerTo(route: string, client: Client, { form, status = 'ASIGNADO' }: Row): Promise<string> {
  const [method, path = ''] = route.split(' ')
  const ofTicket = path.includes(':number') || path.includes(':id')
  const { number, own } = ofTicket ? await ticketIn(status) : { number: 0, own: {} }
  const attachment = path.includes(':id') ? await attachmentOf(application, 'luis', number) : 0
  const url = path.replace(':number', String(number)).replace(':id', String(attachment)).replace(':name', 'foto.png')
  const answer =
    method === 'get' ? await client.get(url) : await client.post(url, { ...form, ...(asksForOwn(path) && own) })
  return answer.location.startsWith('/ingresar?') || answer.location === '/ingresar' ? 'in' : String(answer.status)
}

// Signing out ends the session that the other cells need.
const afresh = { 'post /salir': true } as Record<string, boolean>
const names = {
  cliente: 'clara',
  empleado: 'elena',
  agente: 'luis',
  'agente de otra área': 'mario',
  supervisor: 'sara',
}
const others = { 'supervisor de otra área': 'marta', administrador: 'ana' }

it.each(Object.entries(matrix))('%s', async (route, row) => {
  const answers: string[] = []
  for (const [who, client] of Object.entries(people)) {
    const person = { ...names, ...others }[who] as 'ana' | undefined
    const fresh = afresh[route] && person ? await signIn(anonymous(), person) : await client()
    const answer = await answerTo(route, fresh, row)
    // Whoever signed out is led to the sign-in page too, but he was let in.
    answers.push(afresh[route] && person && answer === 'in' ? '303' : answer)
  }
  const expected = row.answers.trim().split(/\s+/)
  const table = (values: string[]) => Object.fromEntries(Object.keys(people).map((who, index) => [who, values[index]]))
  expect(table(answers)).toEqual(table(expected))
})

it.each(['0', '-1', '01', '1.0', 'x', '99999999999', '1%20', '2147483648'])('has no ticket %s', async number => {
  const ana = await as('ana')
  expect((await ana.get(`/tickets/${number}`)).status).toBe(404)
  expect((await ana.post(`/tickets/${number}/bitacora`, { texto: 'x' })).status).toBe(404)
})

it('refuses a key that a form does not have, on every write', async () => {
  const ana = await as('ana')
  const { number } = await ticketIn('ASIGNADO')
  const before = await db.prisma.logEntry.count()
  for (const [route, { form }] of Object.entries(matrix)) {
    const [method, path = ''] = route.split(' ')
    if (method !== 'post') continue
    for (const key of ['role', 'status', 'areaId', 'id', 'authorId', 'constructor']) {
      const url = path.replace(
        ':number',
        /reapertura|conformidad/.test(path) ? String((await finished()).number) : String(number),
      )
      const answer = await ana.post(url, { ...form, version: 2, [key]: '1' })
      expect(answer.status, `${route} with ${key}`).toBe(422)
    }
  }
  // Only the tickets that this test finished have grown.
  expect(await db.prisma.logEntry.count()).toBe(before + 2 * 6 * 3)
})

const finished = () => ticketIn('FINALIZADO')

const writes = routeTableOf(app).filter(({ once }) => once)

it('has no write that may be sent any number of times but these', () => {
  const others = routeTableOf(app).filter(({ method, once }) => method === 'post' && !once)
  // The installation has a code that works once.
  expect(others.map(({ path }) => path).sort()).toEqual([
    '/cuenta/tema',
    '/ingresar',
    '/instalacion',
    '/salir',
    '/tickets/:number/clasificacion/opciones',
    '/tickets/nuevo',
  ])
})

it.each(writes.map(({ path }) => path))('post %s does nothing when it is sent again, or without a key', async path => {
  const { answers = '', form, status = 'ASIGNADO' } = matrix[`post ${path}`] ?? {}
  const client = await Object.values(people)[answers.trim().split(/\s+/).indexOf('303')]?.()
  const { number, own } = await ticketIn(status)
  const envio = randomUUID()
  const send = (key: string = envio) =>
    client?.post(path.replace(':number', String(number)), { ...form, ...(asksForOwn(path) && own), envio: key })
  const count = async () => [await db.prisma.ticket.count(), await db.prisma.logEntry.count()]
  const before = await count()
  expect(await send('')).toMatchObject({ status: 422 })
  expect(await count()).toEqual(before)
  const first = await send()
  const after = await count()
  expect(after).not.toEqual(before)
  expect(await send()).toMatchObject({ status: 303, location: first?.location })
  expect(await count()).toEqual(after)
})
