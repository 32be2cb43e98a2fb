import type { Logger } from 'pino'
import { type SweepContext, sweepFiles } from '../attachments/sweep.ts'
import { startJobs } from '../platform/jobs.ts'

/** Begins the work that nobody waits for. @returns what ends it */
export function startBackgroundWork(context: SweepContext, log: Logger): Promise<() => Promise<void>> {
  const sweep = async () => log.info({ removed: await sweepFiles(context) }, 'files swept')
  return startJobs(context.db, log, [{ name: 'limpiar-archivos', cron: '17 * * * *', work: sweep }])
}
