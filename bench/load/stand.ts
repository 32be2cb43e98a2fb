import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/postgres.ts'
import { keptDatabase } from '../database/kept.ts'
import { type Person, people, signIn } from './people.ts'
import { type Listening, memoryOf, startApp } from './processes.ts'

/** The application on a database of one size, as it is measured. */
export interface Stand {
  tickets: number
  directory: string
  app: Listening
  /** Megabytes of the application before its first request. */
  memoryAtStart: number
  /** Of everybody, as a header. */
  cookies: Record<Person, string>
  /** Reads what the pages must show. */
  pool: pg.Pool
  postgres: { url: string; pid: number }
  /** How many statements the application has sent so far. */
  countStatements(): Promise<number>
  close(): Promise<void>
}

/** @param options of the application's node */
export async function openStand(tickets: number, options: string[] = []): Promise<Stand> {
  const directory = await keptDatabase(tickets)
  const settings = { shared_preload_libraries: 'pg_stat_statements' }
  const postgres = await startEmbeddedPostgres({ directory: `${directory}/postgres`, settings })
  const admin = new pg.Client(postgres.adminUrl)
  await admin.connect()
  await admin.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
  const app = await startApp(directory, options)
  const memoryAtStart = memoryOf(app.pid)
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 })
  const names = Object.keys(people) as Person[]
  const cookies = Object.fromEntries(
    await Promise.all(names.map(async person => [person, await signIn(app.origin, person)])),
  )
  return {
    tickets,
    directory,
    app,
    memoryAtStart,
    cookies,
    pool,
    postgres: { url: postgres.url, pid: await postmaster(admin) },
    countStatements: () => countStatements(admin),
    close: () => closeAll({ app, pool, admin, postgres }),
  }
}

interface Opened {
  app: Listening
  pool: pg.Pool
  admin: pg.Client
  postgres: EmbeddedPostgres
}

async function closeAll({ app, pool, admin, postgres }: Opened): Promise<void> {
  await app.stop()
  await pool.end()
  await admin.end()
  await postgres.stop()
}

/** The backends' parent. */
async function postmaster(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid")
  return rows[0].pid
}

// What the background jobs send has nothing to do with requests.
async function countStatements(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query(
    `SELECT coalesce(sum(calls), 0)::int AS count FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
     WHERE d.datname = 'tickets' AND s.query !~ '\\mjobs\\.|pgboss|pg_advisory'`,
  )
  return rows[0].count
}
