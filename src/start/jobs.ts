import type { Logger } from 'pino'
import { type SweepContext, sweepFiles } from '../attachments/sweep.ts'
import { forgetMails } from '../mail/forget.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { mailSeal } from '../mail/queue.ts'
import { mailTransport } from '../mail/transport.ts'
import { startJobs } from '../platform/jobs.ts'

interface MailSettings {
  /** Undefined: mails are only kept. */
  smtpUrl: string | undefined
  mailFrom: string
  /** What they are sealed with. */
  secret: string
}

/**
 * Begins the work that nobody waits for.
 * @param context with connections of its own: pages that take all of theirs must not stop it, nor it them
 * @returns what ends it
 */
export async function startBackgroundWork(
  context: SweepContext,
  { smtpUrl, mailFrom, secret }: MailSettings,
  log: Logger,
): Promise<() => Promise<void>> {
  const send = smtpUrl === undefined ? null : mailTransport({ smtpUrl, mailFrom })
  let office: PostOffice | null = null
  const sweep = async () => log.info({ removed: await sweepFiles(context) }, 'files swept')
  const forget = async () => log.info({ removed: await forgetMails(context) }, 'mails forgotten')
  const stopJobs = await startJobs(context.db, log, [
    { name: 'limpiar-archivos', cron: '17 * * * *', work: sweep },
    { name: 'olvidar-correos', cron: '27 * * * *', work: forget },
    // New mails go out at once; this is for what failed, and for what a process that died had taken.
    { name: 'enviar-correos', cron: '* * * * *', work: async () => office?.deliver(), quiet: true },
  ])
  // Last, for it holds a connection until it is closed.
  office = send && openPostOffice({ ...context, seal: mailSeal(secret), send }, log)
  return async () => {
    await office?.close()
    await stopJobs()
  }
}
