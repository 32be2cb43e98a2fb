import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { matrixOf, prepare } from './access/matrix.ts'
import type { Row } from './access/row.ts'
import { useApplication } from './support/application.ts'
import type { Person } from './support/cast.ts'

// How often a page asks the database, with everything that is asked for it: session, person, settings, sidebar.

const application = await useApplication()
const { as, db } = application
const MOST = 6
const MOST_FOR_A_LIST = 4

/** What moves the end of a session, at most once a minute. */
const TOUCH = /^UPDATE "session" SET expire/

const counted: string[] = []
const { query } = pg.Client.prototype
const [own] = (await db.pool.query<{ name: string }>('SELECT current_database() AS name')).rows
// Other files' applications may still be ending in this process.
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [statement] = given as [string | { text?: string }]
  if (this.database === own?.name) counted.push(typeof statement === 'string' ? statement : (statement.text ?? ''))
  return (query as (...given: unknown[]) => unknown).apply(this, given)
} as typeof query
afterAll(() => {
  pg.Client.prototype.query = query
})

/** What a page asks the database. */
async function asked(person: Person, path: string) {
  const client = await as(person)
  counted.length = 0
  const { status, body } = await client.get(path, { 'sec-fetch-dest': 'document' })
  return {
    status,
    shows: /<section class="card (ticket-list|listing)"/.test(body),
    statements: counted.filter(each => !TOUCH.test(each)),
  }
}

/** Pages below another one tell of it, too; the board begins with what waits and shows some tickets. */
const isList = (route: string) => !route.includes(':') && route !== 'get /'

const pages = Object.entries(matrixOf(application)).filter(([route]) => route.startsWith('get '))

it.each(pages)('%s', async (route, row: Row) => {
  for (const person of ['ana', 'sara', 'luis', 'clara'] as const) {
    const { url } = await prepare(route, row)
    const { status, shows, statements } = await asked(person, url)
    if (status !== 200) continue
    const most = shows && isList(route) ? MOST_FOR_A_LIST : MOST
    expect(statements.length, `${person}: ${statements.join('\n')}`).toBeLessThanOrEqual(most)
    expect(statements.filter(statement => /^\s*(INSERT|UPDATE|DELETE|BEGIN)/i.test(statement))).toEqual([])
  }
})

it('counts lists as lists', async () => {
  for (const path of ['/tickets', '/mis-tickets', '/administracion/areas']) {
    expect((await asked('ana', path)).shows, path).toBe(true)
  }
})

it('the audit narrowed to a person is a list as well', async () => {
  // With an entry whose change names what only its own table knows.
  const changes = { areaIds: [[], [application.cast.areas.sistemas]] }
  const actorId = application.cast.ids.sara
  await db.prisma.auditEntry.create({
    data: { kind: 'usuario.editado', address: '', actorId, changes, at: new Date() },
  })
  for (const persona of ['sara', 'nadie se llama así', 'a', '@']) {
    const { status, shows, statements } = await asked(
      'ana',
      `/administracion/auditoria?${new URLSearchParams({ persona })}`,
    )
    expect([status, shows]).toEqual([200, true])
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(MOST_FOR_A_LIST)
  }
})

it.each([
  ['/buscar?texto=impresora', MOST],
  ['/buscar?texto=asumto', MOST],
  ['/buscar/sugerencias?texto=asunt', MOST],
  ['/tickets?buscar=asunto', MOST_FOR_A_LIST],
])('%s, with words to look for', async (path, most) => {
  for (const person of ['ana', 'sara', 'luis', 'clara'] as const) {
    const { status, statements } = await asked(person, path)
    // Who supervises nothing has no page Tickets.
    expect(status).toBe(['luis', 'clara'].includes(person) && path.startsWith('/tickets') ? 403 : 200)
    expect(statements.length, `${person}: ${statements.join('\n')}`).toBeLessThanOrEqual(most)
  }
})
