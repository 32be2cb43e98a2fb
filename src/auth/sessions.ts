import type { Transaction } from '../platform/db.ts'

/**
 * Ends sessions of people: from their next request on they have to sign in again.
 * @param except the id of a session that goes on
 * @returns how many were ended
 */
export async function endSessions(tx: Transaction, userIds: readonly number[], except?: string): Promise<number> {
  const { count } = await tx.session.deleteMany({
    where: { userId: { in: [...userIds] }, ...(except !== undefined && { sid: { not: except } }) },
  })
  return count
}
