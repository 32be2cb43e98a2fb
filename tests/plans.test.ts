import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDatabase } from '../bench/database/build.ts'
import { COMMON_WORD, FADED_WORD, RARE_WORD, UNCOMMON_WORD } from '../bench/database/phrases.ts'
import { LONG, SHORT } from '../bench/database/plan.ts'
import { type Person, signIn } from '../bench/load/people.ts'
import { connect, type Database } from '../src/platform/db.ts'
import { COUNT_LIMIT } from '../src/tickets/counts.ts'
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

/** A count follows each of its branches as far as it shows, and takes what two of them have only once. */
const MOST_COUNTED = 4 * (COUNT_LIMIT + 1)

interface Statement {
  /** Of one that is prepared, and so may be planned once for all values. */
  name?: string | undefined
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
  listenTo(db.pool.shared as unknown as typeof db.pool)
  ;({ origin, close } = await startApplication(db, { clock: { now: () => new Date() } }))
  // Most of it is the search, which reads every text.
}, 600_000)

afterAll(async () => {
  await close?.()
  await db?.close()
  await database.drop()
})

/** Notes what is sent through a pool, by hand-written SQL and by the ORM alike. */
function listenTo(pool: Pick<pg.Pool, 'query'>): void {
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown
  pool.query = ((first: string | Statement, second?: unknown[], ...rest: unknown[]) => {
    const { name, text, values } = typeof first === 'string' ? { name: undefined, text: first, values: second } : first
    sent.push({ name, text, values: Array.isArray(values) ? values : [] })
    return query(first, second, ...rest)
  }) as typeof pool.query
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** What is wrong with the statements that a page sent, in words. */
async function faultsOf(statements: Statement[]): Promise<string[]> {
  const client = await db.pool.connect()
  try {
    const faults: string[] = []
    for (const { name, text, values } of statements.filter(({ text }) => /^\s*(SELECT|WITH)\b/i.test(text))) {
      await client.query(`PREPARE explained AS ${text}`)
      const execute = `EXECUTE explained${values.length > 0 ? `(${values.map(literal)})` : ''}`
      // What is prepared gets plans for its values five times, and from then on perhaps one for all values.
      if (name) for (let time = 0; time < 5; time++) await client.query(`EXPLAIN ${execute}`)
      const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${execute}`)
      faults.push(...faultsIn(rows[0]['QUERY PLAN'][0].Plan).map(fault => `${fault}: ${text.slice(0, 200)}`))
      await client.query('DEALLOCATE explained')
    }
    return faults
  } finally {
    client.release()
  }
}

/** As the driver would send it; EXECUTE takes no parameters. */
function literal(value: unknown): string {
  if (value === null) return 'NULL'
  const text = value instanceof Date ? value.toISOString() : Array.isArray(value) ? `{${value}}` : String(value)
  return `'${text.replaceAll("'", "''")}'`
}

/** @param above the node that takes its rows */
function faultsIn(plan: Plan, above = ''): string[] {
  const { 'Node Type': node, 'Relation Name': table = '', 'Actual Loops': loops, Plans: inner = [] } = plan
  const below = inner.flatMap(each => faultsIn(each, node))
  const read = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * loops
  // A count stops at its limit, so it may well begin anywhere.
  if (node.endsWith('Seq Scan') && GROWING.has(table) && read > MOST_COUNTED) return [`goes through ${table}`, ...below]
  const sorted = node.endsWith('Sort') ? inner.reduce((sum, each) => sum + each['Actual Rows'], 0) : 0
  return sorted > (above === 'Unique' ? MOST_COUNTED : MOST_SORTED) ? [`sorts ${sorted} rows`, ...below] : below
}

const ordered = (path: string, ...orders: string[]) =>
  orders.map(order => `${path}${path.includes('?') ? '&' : '?'}orden=${order}`)
const everyOrder = (path: string) => ordered(path, 'antiguos', 'prioridad', 'actividad')

const pages: [Person, string[]][] = [
  [
    'administrador',
    [
      '/',
      '/tickets',
      '/tickets?estado=finalizados',
      '/con-incidencias',
      `/tickets/${LONG.number}`,
      '/tickets/nuevo?area=1',
      ...everyOrder('/tickets?estado=finalizados'),
    ],
  ],
  [
    'supervisor',
    [
      '/',
      '/tickets',
      '/tickets?estado=finalizados',
      '/tickets?estado=en-proceso',
      '/asignados',
      '/con-incidencias',
      ...everyOrder('/tickets?estado=finalizados'),
      ...everyOrder('/tickets?estado=registrados&tipo=problema'),
      ...everyOrder('/asignados'),
    ],
  ],
  [
    'agente',
    [
      '/',
      '/asignados',
      '/con-incidencias',
      '/atendidos',
      '/mis-tickets',
      ...everyOrder('/asignados'),
      ...ordered('/atendidos', 'primera-atencion'),
      `/tickets/${LONG.number}`,
      `/tickets/${SHORT.number}`,
    ],
  ],
  [
    'cliente',
    [
      '/',
      '/mis-tickets',
      ...ordered('/mis-tickets', 'antiguos', 'actividad'),
      '/tickets/nuevo',
      '/tickets/nuevo?area=1',
      '/encuestas',
    ],
  ],
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

/** Pages of memory or disk; one has some ten documents or tickets. */
const MOST_READ = 10_000

// Where a word's tickets lie in time, and in how many it is, does not matter: not even if the newest lack it.
describe.each(['administrador', 'supervisor', 'agente', 'cliente'] as const)('%s searches', person => {
  it.each([COMMON_WORD, UNCOMMON_WORD, FADED_WORD, RARE_WORD, `${FADED_WORD} ${UNCOMMON_WORD}`, 'zzz'])(
    '%s',
    async word => {
      const paths = [`/buscar?texto=${word}`, `/buscar/sugerencias?texto=${word}`, `/mis-tickets?buscar=${word}`]
      for (const path of person === 'cliente' ? paths : [...paths, ...listsOf(person, word)]) {
        for (const statement of await statementsOf(person, path)) {
          expect(await readBy(statement), `${path}: ${statement.text.slice(0, 200)}`).toBeLessThan(MOST_READ)
        }
      }
    },
  )
})

const listsOf = (person: Person, word: string) =>
  person === 'agente' ? [`/asignados?buscar=${word}`] : everyOrder(`/tickets?estado=finalizados&buscar=${word}`)

async function readBy({ text, values }: Statement): Promise<number> {
  if (!/^\s*(SELECT|WITH)\b/i.test(text)) return 0
  const { rows } = await db.pool.query({ text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values })
  const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = rows[0]['QUERY PLAN'][0].Plan
  return hit + read
}

const cookies = new Map<Person, string>()

async function statementsOf(person: Person, path: string): Promise<Statement[]> {
  const cookie = cookies.get(person) ?? (await signIn(origin, person))
  cookies.set(person, cookie)
  // More than once, for what is asked again and again is prepared.
  for (let time = 0; time < 4; time++) {
    sent.length = 0
    const { status } = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'manual' })
    expect(status).toBeLessThan(400)
  }
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.some(({ name }) => name)).toBe(true)
  return [...sent]
}
