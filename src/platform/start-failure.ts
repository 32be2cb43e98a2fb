/** The process cannot start, and its operator can do something about it: the message is one Spanish sentence for him. */
export class StartFailure extends Error {
  override name = 'StartFailure'
}

/** The code that the operating system, Node or PostgreSQL gave an error (ENOENT, 28P01, …), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
