import PgBoss from 'pg-boss'
import type { Logger } from 'pino'
import type { Database } from './db.ts'

/** Work that nobody waits for. It is queued in PostgreSQL; of all processes one does it. */
export interface Jobs {
  /**
   * Does something again and again, from now on and after every restart. What fails is tried again.
   * @param cron when, in UTC
   */
  repeat(name: string, cron: string, work: () => Promise<void>): Promise<void>
  /** Takes no more work and waits for what is being done. */
  stop(): Promise<void>
}

/** @param db owns the schema `jobs`, which is made here */
export async function startJobs(db: Pick<Database, 'pool'>, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    schema: 'jobs',
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    retryLimit: 3,
    retryBackoff: true,
  })
  boss.on('error', error => log.error({ err: error }, 'jobs failed'))
  await boss.start()
  return {
    async repeat(name, cron, work) {
      await boss.createQueue(name, { name, policy: 'singleton' })
      await boss.work(name, { pollingIntervalSeconds: 30 }, async () => {
        await work()
        log.info({ job: name }, 'job done')
      })
      await boss.schedule(name, cron, {}, { tz: 'UTC' })
    },
    stop: () => boss.stop({ graceful: true, wait: true, close: false, timeout: 10_000 }),
  }
}
