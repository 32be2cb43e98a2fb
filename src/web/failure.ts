import { errorCode } from '../platform/start-failure.ts'
import { sqlStateOf } from './sql-state.ts'

/** What the log keeps of an error. */
export interface Failure {
  type: string
  /** Left out when it may quote what somebody wrote. */
  message?: string
  /** SQLSTATE, or what the operating system calls it. */
  code?: string
  /** Where it was thrown, a line for each call. */
  stack: string[]
  cause?: Failure
}

/**
 * An error for the log. Errors of the database and of Prisma quote values (a mail that is taken, a whole failing row), so
 * their messages are left out: type, code and stack tell where to look.
 */
export function describeFailure(error: unknown, depth = 3): Failure {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] }
  const state = sqlStateOf(error)
  const code = state ?? errorCode(error)
  const stack = (error.stack ?? '').split('\n').filter(line => line.startsWith('    at '))
  return {
    type: error.constructor.name,
    ...(state === null && !error.name.startsWith('Prisma') && { message: error.message }),
    ...(code !== undefined && { code }),
    stack: stack.map(line => line.trim()),
    ...(error.cause !== undefined && depth > 0 && { cause: describeFailure(error.cause, depth - 1) }),
  }
}
