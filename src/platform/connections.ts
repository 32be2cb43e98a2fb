/**
 * What went wrong with connections to the database. pg's own complaints have no code, so they are told by their words; a test
 * meets each of them. The second is of connections that are shared: what was asked before it takes too long.
 */
const ALL_IN_USE = ['timeout exceeded when trying to connect', 'Query read timeout']
const BROKEN = [
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
]

/** SQLSTATE of a server that lets nobody else in. */
const TOO_MANY = '53300'
/** Of the system, and SQLSTATEs: the server is down, starts, stops, or has ended the connection. */
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|08\w{3}|57P0[123])$/

/** Whether the database is there and everybody who may use it does: worth another try in some seconds. */
export function isCrowded(error: unknown): boolean {
  return chainOf(error).some(({ message, code }) => ALL_IN_USE.includes(message) || code === TOO_MANY)
}

/** Whether what was asked may be asked again, for it met no database, not a no. */
export function isUnreachable(error: unknown): boolean {
  if (isCrowded(error)) return true
  return chainOf(error).some(({ message, code }) => BROKEN.includes(message) || UNREACHABLE.test(code))
}

function chainOf(error: unknown): { message: string; code: string }[] {
  const chain = []
  for (let each = error; each instanceof Error && chain.length < 5; each = each.cause) {
    chain.push({ message: each.message, code: String((each as { code?: unknown }).code ?? '') })
  }
  return chain
}
