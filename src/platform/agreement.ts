import { createHash } from 'node:crypto'
import pg from 'pg'
import { StartFailure } from './start-failure.ts'

/** Something that all processes that use one database at the same time must have in common. */
export interface Term {
  /** Of the advisory locks that stand for it. */
  key: number
  /** What this process has; the lock does not give it away. */
  value: string
  /** For whoever starts a process that has something else: a Spanish sentence. */
  complaint: string
}

/** A connection that holds the locks. */
interface Seat {
  client: pg.Client
  /** False once the connection, and with it the locks, is gone. */
  open: boolean
}

const turnKey = 1_684_369_265
/** A machine that lost its power is noticed after a minute, not after the two hours of the system. */
const watchful = 'SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3'

/**
 * Makes sure that nobody uses the database with something else, and keeps others from doing so as long as this process
 * lives: it holds a shared advisory lock for what it has of each term, and whoever comes looks for those of others. When
 * nobody is there anything may be changed, and a crash leaves nothing behind.
 * @returns ends it
 * @throws StartFailure with the complaint of a term on which another process differs
 */
export async function agree(url: string, terms: Term[]): Promise<() => Promise<void>> {
  let seat = await takeSeat(url, terms)
  let retaking: Promise<void> | null = null
  const retake = async () => {
    // Who came meanwhile with something else is let be: this process cannot but go on.
    seat = await takeSeat(url, terms).catch(() => seat)
    retaking = null
  }
  const watch = setInterval(() => {
    if (!seat.open) retaking ??= retake()
  }, 1000).unref()
  return async () => {
    clearInterval(watch)
    await retaking
    await seat.client.end()
  }
}

async function takeSeat(url: string, terms: Term[]): Promise<Seat> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  const seat = { client, open: true }
  client
    .on('error', () => {})
    .on('end', () => {
      seat.open = false
    })
  await client.connect()
  try {
    await client.query(watchful)
    // Of two who come at once with different things, the second finds the first.
    await client.query('SELECT pg_advisory_lock($1)', [turnKey])
    for (const term of terms) await take(client, term)
    await client.query('SELECT pg_advisory_unlock($1)', [turnKey])
    return seat
  } catch (error) {
    await client.end()
    throw error
  }
}

async function take(client: pg.Client, { key, value, complaint }: Term): Promise<void> {
  const mark = createHash('sha256').update(`${key} ${value}`).digest().readInt32BE() & 0x7fff_ffff
  const others = await client.query(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = $1 AND objid <> $2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [key, mark],
  )
  if (others.rowCount) throw new StartFailure(complaint)
  await client.query('SELECT pg_advisory_lock_shared($1, $2)', [key, mark])
}
