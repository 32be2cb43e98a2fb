/** The SQLSTATE of a PostgreSQL error, however deep Prisma wrapped it. */
export function sqlStateOf(error: unknown): string | null {
  const seen = new Set<unknown>()
  const queue: unknown[] = [error]
  for (const value of queue) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    const { originalCode, code, cause, meta, driverAdapterError } = value as Record<string, unknown>
    for (const state of [originalCode, code]) {
      if (typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) && !/^P\d{4}$/.test(state)) return state
    }
    queue.push(cause, meta, driverAdapterError)
  }
  return null
}
