/** npm hands Ctrl-C on to us, whom the terminal has told already: two signals within this time are one. */
const echo = 1000

/**
 * Listens for Ctrl-C, SIGTERM and the terminal's closing. The first one asks for an orderly end; another one, later,
 * ends the process at once (PostgreSQL then goes on until the next start finds it).
 * @returns aborts at the first signal
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  let first = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        first = performance.now()
        stop.abort()
      } else if (performance.now() - first > echo) {
        process.exit(130)
      }
    })
  }
  return stop.signal
}
