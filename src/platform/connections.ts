/**
 * What went wrong with connections to the database. pg's own complaints have no code, so they are told by their words; a test
 * meets each of them. The second is of connections that are shared: what was asked before it takes too long.
 */
import { causesOf } from './causes.ts'

const ALL_IN_USE = ['timeout exceeded when trying to connect', 'Query read timeout']
const BROKEN = [
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
]

/** SQLSTATE of a server that lets nobody else in, and what Prisma makes of it. */
const TOO_MANY = ['53300', 'P2037']
/** Of the system, SQLSTATEs and Prisma's names for them: the server is down, starts, stops, or has ended the connection. */
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|08\w{3}|57P0[123]|P1001|P1017)$/

/** Whether the database is there and everybody who may use it does: worth another try in some seconds. */
export function isCrowded(error: unknown): boolean {
  return causesOf(error).some(
    ({ message, code }) => ALL_IN_USE.includes(String(message)) || TOO_MANY.includes(String(code)),
  )
}

/** Whether what was asked may be asked again, for it met no database, not a no. */
export function isUnreachable(error: unknown): boolean {
  if (isCrowded(error)) return true
  return causesOf(error).some(({ message, code }) => BROKEN.includes(String(message)) || UNREACHABLE.test(String(code)))
}
