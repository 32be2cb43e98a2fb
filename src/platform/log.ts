import { type Logger, pino } from 'pino'

/** @returns a log that writes one JSON line per entry to stdout, from `level` on */
export function createLog(level: string): Logger {
  return pino({ level, timestamp: pino.stdTimeFunctions.isoTime, base: null })
}
