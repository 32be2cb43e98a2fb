import { causesOf } from '../platform/causes.ts'

/** The SQLSTATE of a PostgreSQL error, however deep Prisma wrapped it. */
export function sqlStateOf(error: unknown): string | null {
  for (const { originalCode, code } of causesOf(error)) {
    for (const state of [originalCode, code]) {
      if (typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) && !/^P\d{4}$/.test(state)) return state
    }
  }
  return null
}
