import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'

/** As long as the longest link lives. */
const KEPT_HOURS = 72

/**
 * Removes the texts of mails that never went out and that nobody needs any more: their links have expired.
 * @returns how many
 */
export async function forgetMails({ db, clock }: { db: Pick<Database, 'pool'>; clock: Clock }): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_HOURS * 3600_000)
  const { rowCount } = await db.pool.query(
    'UPDATE mails SET body = NULL, next_attempt_at = NULL WHERE body IS NOT NULL AND created_at <= $1',
    [before],
  )
  return rowCount ?? 0
}
