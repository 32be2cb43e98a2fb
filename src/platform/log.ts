import { type Logger, pino } from 'pino'

/**
 * @param always what every line has
 * @returns a log that writes one JSON line per entry to stdout, from `level` on
 */
export function createLog(level: string, always: { pid: number } | null = null): Logger {
  return pino({ level, timestamp: pino.stdTimeFunctions.isoTime, base: always })
}
