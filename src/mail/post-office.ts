import type { Logger } from 'pino'
import { listenTo } from '../platform/signals.ts'
import { type DeliveryContext, deliverMails } from './delivery.ts'
import { MAIL_CHANNEL } from './queue.ts'

/** The deliveries of a process: one at a time, however often it is asked. */
export interface PostOffice {
  /** Sends what is due. Settles when that is done. */
  deliver(): Promise<void>
  /** Begins no further mail and waits for the one that is under way. */
  close(): Promise<void>
}

/** Delivers as soon as a transaction with mails has committed, in whichever process. */
export function openPostOffice(context: DeliveryContext, log: Logger): PostOffice {
  const stop = new AbortController()
  let running: Promise<void> | null = null
  let asked = false

  const run = async () => {
    while (asked && !stop.signal.aborted) {
      asked = false
      await deliverMails(context, stop.signal)
    }
  }
  const deliver = () => {
    asked = true
    running ??= run().finally(() => {
      running = null
    })
    return running
  }
  const hangUp = listenTo(context.db, log, MAIL_CHANNEL, () => {
    deliver().catch((error: unknown) => log.error({ err: error }, 'mails failed'))
  })
  return {
    deliver,
    async close() {
      stop.abort()
      hangUp()
      await running?.catch(() => {})
    },
  }
}
