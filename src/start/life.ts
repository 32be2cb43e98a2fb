import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Logger } from 'pino'
import { describeFailure } from '../web/failure.ts'

/** What has been started, to be ended in reverse order. */
export type Closers = (() => Promise<void>)[]

/** Longer than an orderly end takes. */
const ENDING_MS = 30_000

interface Steps {
  /** Adds what has to be ended as it goes; a stop that comes meanwhile counts after the step that is under way. */
  start: (closers: Closers, stop: AbortSignal) => Promise<void>
  /** Tells whoever runs the process why it cannot start. */
  complain: (error: unknown) => void
  log: Logger
}

/**
 * The life of a process: starts, serves until it is asked to stop or something fails that nobody was prepared for, ends what
 * it started, and exits with 0, or 1 when it failed.
 */
export async function live(asked: AbortSignal, { start, complain, log }: Steps): Promise<never> {
  const closers: Closers = []
  let code = 0
  const failed = watchFailures(log)
  const stop = AbortSignal.any([asked, failed])
  try {
    await start(closers, stop)
    if (!stop.aborted) await once(stop, 'abort')
  } catch (error) {
    code = 1
    complain(error)
  }
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => {
      code = 1
      noteFailure(log, error, 'the end failed')
    })
  }
  process.exit(failed.aborted ? 1 : code)
}

/**
 * Notes what nobody has caught. A promise that nobody waited for has failed alone: whatever was to be done is not, and all
 * else goes on. An exception out of a callback has left something half-done, nobody knows what; so the process finishes
 * what it does and makes room for a new one.
 * @returns aborted when the process cannot go on
 */
function watchFailures(log: Logger): AbortSignal {
  const failed = new AbortController()
  process.on('unhandledRejection', error => noteFailure(log, error, 'nobody waited for what failed'))
  process.on('uncaughtException', error => {
    noteFailure(log, error, 'nobody caught what failed, ending')
    // What is broken may keep the end from coming.
    if (!failed.signal.aborted) setTimeout(() => process.exit(1), ENDING_MS).unref()
    failed.abort()
  })
  return failed.signal
}

function noteFailure(log: Logger, error: unknown, text: string): void {
  log.error({ id: randomUUID(), failure: describeFailure(error) }, text)
}
