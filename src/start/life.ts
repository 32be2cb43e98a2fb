import { once } from 'node:events'

/** What has been started, to be ended in reverse order. */
export type Closers = (() => Promise<void>)[]

/**
 * The life of a process: starts, serves until it is asked to stop, ends what it started, and exits with 0, or 1 when it
 * failed.
 * @param start adds what has to be ended as it goes; a stop that comes meanwhile counts after the step that is under way
 * @param complain tells whoever runs the process why it cannot start
 */
export async function live(
  stop: AbortSignal,
  start: (closers: Closers) => Promise<void>,
  complain: (error: unknown) => void,
): Promise<never> {
  const closers: Closers = []
  let code = 0
  try {
    await start(closers)
    if (!stop.aborted) await once(stop, 'abort')
  } catch (error) {
    code = 1
    complain(error)
  }
  for (const close of closers.reverse()) await close()
  process.exit(code)
}
