import type pg from 'pg'
import type { Database } from '../platform/db.ts'
import { migrate } from '../platform/migrate.ts'

const lockKey = 1_684_369_263
const unfinished = 'Se está llenando con datos de demostración.'

/**
 * Fills a database in which there is nobody yet. The database itself carries a mark while that goes on, so that one that
 * was interrupted is emptied and filled anew; nobody can have worked in it, for nothing listens before the end. Without
 * the mark nothing is ever removed. Of several processes one fills, the others wait.
 * @param now when the histories of the demonstration end
 */
export async function fillDemonstration(db: Database, now: Date): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    if ((await readMark(client)) === unfinished) {
      await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      await migrate(db.pool)
    } else if (await hasUsers(client)) {
      return
    }
    await writeMark(client, unfinished)
    // Loaded only where there is something to fill.
    const { loadDemonstration } = await import('../demo/load.ts')
    await loadDemonstration(db, now)
    await writeMark(client, '')
  } finally {
    // Closes the connection, and so gives the lock back.
    client.release(true)
  }
}

/** Whether a database was filled with the demonstration, be it only in part. */
export async function holdsDemonstration(db: Database): Promise<boolean> {
  const { demonstration } = await db.prisma.settings.findUniqueOrThrow({ where: { id: 1 } })
  return demonstration || (await readMark(db.pool)) === unfinished
}

async function hasUsers(client: pg.PoolClient): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM users LIMIT 1')
  return rowCount !== 0
}

async function readMark(client: pg.PoolClient | pg.Pool): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null }>(
    "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = current_database()",
  )
  return rows[0]?.mark ?? null
}

async function writeMark(client: pg.PoolClient, mark: string): Promise<void> {
  // COMMENT takes no parameters; format() quotes them.
  const { rows } = await client.query<{ sql: string }>(
    "SELECT format('COMMENT ON DATABASE %I IS %L', current_database(), nullif($1, '')) AS sql",
    [mark],
  )
  await client.query(rows[0]?.sql ?? '')
}
