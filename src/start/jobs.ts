import type { Logger } from 'pino'
import { type SweepContext, sweepFiles } from '../attachments/sweep.ts'
import { startJobs } from '../platform/jobs.ts'

/** Begins the work that nobody waits for. @returns what ends it */
export async function startBackgroundWork(context: SweepContext, log: Logger): Promise<() => Promise<void>> {
  const jobs = await startJobs(context.db, log)
  await jobs.repeat('limpiar-archivos', '17 * * * *', async () => {
    log.info({ removed: await sweepFiles(context) }, 'files swept')
  })
  return jobs.stop
}
