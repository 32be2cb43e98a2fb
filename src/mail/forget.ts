import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'

/** As long as the longest link lives. */
const KEPT_HOURS = 72

/**
 * Removes the texts of mails that never went out and that nobody needs any more: their links have expired.
 * @returns how many
 */
export async function forgetMails({ db, clock }: { db: Database; clock: Clock }): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_HOURS * 3600_000)
  const { count } = await db.prisma.mail.updateMany({
    where: { body: { not: null }, createdAt: { lte: before } },
    data: { body: null, nextAttemptAt: null },
  })
  return count
}
