import { type Logger, pino } from 'pino'

/**
 * Writing each line by itself takes a tenth of the time of a small page: they are written together, from so many bytes on or after
 * so many milliseconds. What a pipe takes at once, no other process's lines come between.
 */
const TOGETHER = { minLength: 2048, maxWrite: 4096, periodicFlush: 100 }
/** From this level on a line is not kept waiting, nor is what came before it. */
const URGENT = pino.levels.values.error ?? 50

/**
 * A kill -9 loses the lines of the last tenth of a second, but none that tells of an error.
 * @param always what every line has
 * @returns a log that writes one JSON line per entry to stdout, from `level` on
 */
export function createLog(level: string, always: { pid: number } | null = null): Logger {
  const lines = pino.destination({ dest: 1, sync: true, ...TOGETHER })
  process.once('exit', () => lines.flushSync())
  const hooks: pino.LoggerOptions['hooks'] = {
    logMethod(given, method, level) {
      method.apply(this, given)
      if (level >= URGENT) lines.flushSync()
    },
  }
  return pino({ level, timestamp: pino.stdTimeFunctions.isoTime, base: always, hooks }, lines)
}
