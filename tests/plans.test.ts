import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDatabase } from '../bench/database/build.ts'
import { LONG, SHORT } from '../bench/database/plan.ts'
import { type Person, signIn } from '../bench/load/people.ts'
import { connect, type Database } from '../src/platform/db.ts'
import { newestFirst, PAGE_SIZE } from '../src/web/listing.ts'
import { startApplication } from './support/application.ts'
import { createEmptyDatabase } from './support/database.ts'

// Every statement behind the pages that people open all day, explained on a database of 100,000 tickets: none goes through a
// table that grows, and none sorts more than it shows.

const TICKETS = 100_000

/** What grows with every day of work. */
const GROWING = new Set(['tickets', 'log_entries', 'log_chains', 'ticket_attendants'])

/** A list merges a page of each of its branches (an area or a group, in a state): so much is sorted at most. */
const MOST_SORTED = 12 * (PAGE_SIZE + 1)

interface Statement {
  text: string
  values: unknown[]
}

const database = await createEmptyDatabase()
let db: Database
let origin = ''
let close: () => Promise<void>
const sent: Statement[] = []

beforeAll(async () => {
  await buildDatabase(database.url, TICKETS)
  db = connect(database.url)
  listenTo(db.pool)
  ;({ origin, close } = await startApplication(db, { clock: { now: () => new Date() } }))
})

afterAll(async () => {
  await close?.()
  await db?.close()
  await database.drop()
})

/** Notes what is sent through a pool, by hand-written SQL and by the ORM alike. */
function listenTo(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown
  pool.query = ((first: string | Statement, second?: unknown[], ...rest: unknown[]) => {
    const { text, values } = typeof first === 'string' ? { text: first, values: second } : first
    sent.push({ text, values: Array.isArray(values) ? values : [] })
    return query(first, second, ...rest)
  }) as typeof pool.query
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  Plans?: Plan[]
}

/** What is wrong with the statements that a page sent, in words. */
async function faultsOf(statements: Statement[]): Promise<string[]> {
  const faults: string[] = []
  for (const { text, values } of statements.filter(({ text }) => /^\s*(SELECT|WITH)\b/i.test(text))) {
    const { rows } = await db.pool.query({ text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values })
    for (const fault of faultsIn(rows[0]['QUERY PLAN'][0].Plan)) faults.push(`${fault}: ${text.slice(0, 200)}`)
  }
  return faults
}

function faultsIn(plan: Plan): string[] {
  const { 'Node Type': node, 'Relation Name': table = '', Plans: inner = [] } = plan
  const below = inner.flatMap(faultsIn)
  if (node.endsWith('Seq Scan') && GROWING.has(table)) return [`goes through all of ${table}`, ...below]
  const sorted = node.endsWith('Sort') ? inner.reduce((sum, each) => sum + each['Actual Rows'], 0) : 0
  return sorted > MOST_SORTED ? [`sorts ${sorted} rows`, ...below] : below
}

const pages: [Person, string[]][] = [
  [
    'administrador',
    [
      '/',
      '/tickets',
      '/tickets?estado=finalizados',
      '/tickets?estado=en-proceso&prioridad=alta',
      '/tickets?estado=finalizados&area=1&categoria=1',
      '/tickets?estado=asignados&responsable=nadie',
      '/con-incidencias',
      `/tickets/${LONG.number}`,
      '/tickets/nuevo?area=1',
    ],
  ],
  [
    'supervisor',
    ['/', '/tickets', '/tickets?estado=finalizados', '/tickets?estado=en-proceso', '/asignados', '/con-incidencias'],
  ],
  [
    'agente',
    [
      '/',
      '/asignados',
      '/con-incidencias',
      '/atendidos',
      '/mis-tickets',
      `/tickets/${LONG.number}`,
      `/tickets/${SHORT.number}`,
    ],
  ],
  ['cliente', ['/', '/mis-tickets', '/tickets/nuevo', '/tickets/nuevo?area=1', '/encuestas']],
]

describe.each(pages)('%s', (person, paths) => {
  it.each(paths)('%s', async path => {
    expect(await faultsOf(await statementsOf(person, path))).toEqual([])
  })
})

it('the thousandth page of a list', async () => {
  const { rows } = await db.pool.query(
    `SELECT number, created_at AS "createdAt" FROM tickets WHERE status = 'FINALIZADO'
     ORDER BY created_at DESC, number DESC OFFSET ${999 * PAGE_SIZE} LIMIT 1`,
  )
  const path = `/tickets?estado=finalizados&siguiente=${newestFirst.encode(rows[0])}`
  expect(await faultsOf(await statementsOf('administrador', path))).toEqual([])
})

const cookies = new Map<Person, string>()

async function statementsOf(person: Person, path: string): Promise<Statement[]> {
  const cookie = cookies.get(person) ?? (await signIn(origin, person))
  cookies.set(person, cookie)
  sent.length = 0
  const answer = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'manual' })
  expect(answer.status).toBeLessThan(400)
  const statements = [...sent]
  expect(statements.length).toBeGreaterThan(2)
  return statements
}
