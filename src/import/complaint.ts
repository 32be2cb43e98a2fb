import { errorCode, StartFailure } from '../platform/start-failure.ts'
import { ImportRefused } from './refused.ts'

/** What the console says of an error that ended an import; what nobody foresaw comes whole. */
export function complaintOf(error: unknown): unknown[] {
  if (error instanceof ImportRefused || error instanceof StartFailure) return [error.message]
  if (isDatabaseGone(error)) {
    return ['La base de datos dejó de responder. Lo cargado queda guardado: ejecute después el mismo comando.']
  }
  return ['La importación se detuvo por un error del programa:', error]
}

/** The driver's own words where there is no code; SQLSTATE classes 08, 53 and 57: connection, resources, shutdown. */
function isDatabaseGone(error: unknown): boolean {
  const code = errorCode(error) ?? ''
  const said = /^(Connection terminated|timeout|Client has encountered a connection error)/
  return /^(E[A-Z]{3,}|08...|53...|57...)$/.test(code) || said.test((error as Error).message)
}
