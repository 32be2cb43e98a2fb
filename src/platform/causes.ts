/** An error and whatever it was made of, outermost first, however deep Prisma has wrapped it. */
export function causesOf(error: unknown): Record<string, unknown>[] {
  const causes = new Set<Record<string, unknown>>()
  const queue: unknown[] = [error]
  for (const value of queue) {
    if (typeof value !== 'object' || value === null || causes.has(value as Record<string, unknown>)) continue
    const cause = value as Record<string, unknown>
    causes.add(cause)
    queue.push(cause.cause, cause.meta, cause.driverAdapterError)
  }
  return [...causes]
}
