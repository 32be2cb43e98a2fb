import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { routeTableOf } from '../src/app.ts'
import { fieldName } from '../src/audit/words.ts'
import { matrixOf, prepare } from './access/matrix.ts'
import type { Row } from './access/row.ts'
import { signIn, useApplication } from './support/application.ts'
import type { Client } from './support/client.ts'

// Every route of the application times every kind of person, with the answer written out. A new route fails until it has
// its row in tests/access, in the file of its slice.

const application = await useApplication()
const { app, anonymous, as, cast, db } = application

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

/** One answer per person, in the order of `people`. */
const matrix = matrixOf(application)

const routes = routeTableOf(app).map(({ method, path }) => `${method} ${path}`)

it('has a row for every route, and a route for every row', () => {
  expect(Object.keys(matrix).sort()).toEqual([...routes].sort())
})

it('says why, for every route that is open to anyone', () => {
  for (const { access } of routeTableOf(app)) {
    if (access.kind === 'public') expect(access.reason).not.toBe('')
  }
})

async function answerTo(route: string, client: Client, row: Row): Promise<string> {
  const { method, url, form } = await prepare(route, row)
  const answer = method === 'get' ? await client.get(url) : await client.post(url, form)
  // Led to the page to sign in, or told to go there by the page that keeps what was written.
  const signsIn = answer.status === 401 || /^\/ingresar(\?|$)/.test(answer.location)
  return signsIn ? 'in' : String(answer.status)
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

const { rows: tables } = await db.pool.query<{ name: string }>(
  `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
     AND relname NOT IN ('session', 'sign_in_attempts', 'submissions', '_prisma_migrations') ORDER BY 1`,
)
const digests = tables.map(
  ({ name }) => `SELECT '${name}', count(*), sum(hashtextextended(t::text, 0)::numeric) FROM "${name}" t`,
)

/** Of every table that a write could reach: what it holds. */
const everything = async () => (await db.pool.query(`${digests.join(' UNION ALL ')} ORDER BY 1`)).rows

const posts = Object.entries(matrix).filter(([route]) => route.startsWith('post '))

it.each(posts)('%s refuses a key that its form does not have, and does nothing then', async (route, row) => {
  const ana = await signIn(anonymous(), 'ana')
  const { url, form } = await prepare(route, row)
  const before = await everything()
  for (const key of ['role', 'status', 'areaId', 'id', 'authorId', 'password', 'constructor']) {
    expect((await ana.post(url, { ...form, [key]: '1' })).status, key).toBe(422)
  }
  expect(await everything()).toEqual(before)
})

const writes = routeTableOf(app).filter(({ once }) => once)

it('has no write that may be sent any number of times but these', () => {
  const others = routeTableOf(app).filter(({ method, once }) => method === 'post' && !once)
  // The installation has a code and accounts have links that work once; what is asked for by mail is counted.
  expect(others.map(({ path }) => path).sort()).toEqual([
    '/acceso/:token',
    '/administracion/auditoria/exportacion',
    '/administracion/permisos/:id/eleccion',
    '/administracion/permisos/:id/vista-previa',
    '/asignados/exportacion',
    '/atendidos/exportacion',
    '/clave-olvidada',
    '/con-incidencias/exportacion',
    '/cuenta/tema',
    '/ingresar',
    '/instalacion',
    '/mis-tickets/exportacion',
    '/registro',
    '/registro/:token',
    '/salir',
    '/tickets/:number/clasificacion/opciones',
    '/tickets/exportacion',
    '/tickets/nuevo',
  ])
})

it.each(writes.map(({ path }) => path))('post %s does nothing when it is sent again, or without a key', async path => {
  const row = matrix[`post ${path}`] ?? { answers: '' }
  const client = await Object.values(people)[row.answers.trim().split(/\s+/).indexOf('303')]?.()
  const { url, form } = await prepare(`post ${path}`, row)
  const envio = randomUUID()
  const send = (key: string = envio) => client?.post(url, { ...form, envio: key })
  const before = await everything()
  expect(await send('')).toMatchObject({ status: 422 })
  expect(await everything()).toEqual(before)
  const first = await send()
  const after = await everything()
  expect(after).not.toEqual(before)
  expect(await send()).toMatchObject({ status: 303, location: first?.location })
  expect(await everything()).toEqual(after)
})

it('has a Spanish name for every field that any of these writes has put into the audit', async () => {
  const entries = await db.prisma.auditEntry.findMany({ select: { changes: true } })
  const written = new Set(entries.flatMap(({ changes }) => Object.keys(changes ?? {})))
  expect(written.size).toBeGreaterThan(0)
  expect([...written].filter(field => fieldName(field) === null)).toEqual([])
})
