import { setTimeout as wait } from 'node:timers/promises'
import PgBoss from 'pg-boss'
import type { Logger } from 'pino'
import { isUnreachable } from './connections.ts'
import type { Database } from './db.ts'

/** Work that nobody waits for, done again and again. What fails is tried again. */
export interface Duty {
  name: string
  /** When, in UTC. */
  cron: string
  work: () => Promise<void>
  /** Done so often that the log has no line of it. */
  quiet?: boolean
}

const lockKey = 1_684_369_264
const LONGEST_PAUSE_MS = 10_000

/**
 * Begins the work of this process; duties are queued in the schema `jobs`, and of all processes one does each. A database that
 * cannot be reached delays everything and ends nothing.
 * @param seconds after which it looks for new work
 * @returns takes no more work and waits for what is being done
 */
export async function startJobs(
  db: Pick<Database, 'pool'>,
  log: Logger,
  duties: Duty[],
  seconds = 30,
): Promise<() => Promise<void>> {
  // Until everything has begun, whoever starts the process wants to hear of it.
  let patience = AbortSignal.abort()
  const boss = new PgBoss({
    schema: 'jobs',
    db: { executeSql: (text, values) => ask(db, log, patience, { text, values }) },
    retryLimit: 3,
    retryBackoff: true,
  })
  boss.on('error', error => log.error({ err: error }, 'jobs failed'))
  // Processes that make the same queue at the same time would block each other for good.
  await oneAtATime(db, async () => {
    await boss.start()
    for (const { name, cron } of duties) {
      if (!(await boss.getQueue(name))) await boss.createQueue(name, { name, policy: 'singleton' })
      await boss.schedule(name, cron, {}, { tz: 'UTC' })
    }
  })
  const stopping = new AbortController()
  patience = stopping.signal
  for (const { name, work, quiet } of duties) {
    await boss.work(name, { pollingIntervalSeconds: seconds }, async () => {
      await work()
      if (!quiet) log.info({ job: name }, 'job done')
    })
  }
  return async () => {
    stopping.abort()
    await boss.stop({ graceful: true, wait: true, close: false, timeout: 10_000 })
  }
}

/** Whether some process attends to the duties: pg-boss leaves a sign of life in its schema every half minute. */
export async function jobsAlive(pool: Database['pool']): Promise<boolean> {
  const { rows } = await pool.query<{ alive: boolean }>(
    "SELECT cron_on > now() - interval '2 minutes' AS alive FROM jobs.version",
  )
  return rows[0]?.alive === true
}

/**
 * Asks until the database answers. pg-boss does not wait for what it notes at the end of a job: a failure there would be
 * nobody's, and would end the process; and the job would count as running, and keep the next one waiting, for a quarter of
 * an hour. All that it asks may be asked twice.
 * @param end after which nothing is asked again
 */
async function ask(
  { pool }: Pick<Database, 'pool'>,
  log: Logger,
  end: AbortSignal,
  statement: { text: string; values: unknown[] },
) {
  for (let pause = 250; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await pool.query(statement)
    } catch (error) {
      if (end.aborted || !isUnreachable(error)) throw error
      log.warn({ err: error }, 'jobs wait for the database')
      await wait(pause, undefined, { signal: end }).catch(() => {})
    }
  }
}

async function oneAtATime({ pool }: Pick<Database, 'pool'>, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    await work()
  } finally {
    // Closes the connection, and so gives the lock back.
    client.release(true)
  }
}
