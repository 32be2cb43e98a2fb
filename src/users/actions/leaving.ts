import type { Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict, Forbidden } from '../../web/errors.ts'
import { type Account, getAccount, seenOf } from '../accounts.ts'
import { can, type Deed } from '../policy.ts'
import type { Population } from '../populations.ts'
import { takeTurn } from './turn.ts'

/**
 * Waits for the turn of a change and decides whether it may be made.
 * @param seen the state that the form was made from; undefined where any will do
 * @returns the account, and the viewer, as they are now
 * @throws NotFound, Conflict when somebody was first, Forbidden with the verdict's reason
 */
export async function lockAccount(
  tx: Transaction,
  waiting: Viewer,
  deed: Deed,
  { population, id, seen }: { population: Population; id: number; seen?: string },
): Promise<{ viewer: Viewer; account: Account }> {
  const viewer = await takeTurn(tx, waiting)
  const account = await getAccount(tx, population, id)
  const verdict = can(viewer, deed, account)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
  if (seen !== undefined && seen !== seenOf(account)) {
    throw new Conflict(`Alguien cambió los datos de ${account.name} después de que usted abrió esta página.`)
  }
  return { viewer, account }
}

/**
 * Takes somebody out of areas and of their groups.
 * @returns the names of the groups that have no active members any more
 */
export async function leaveAreas(tx: Transaction, userId: number, areaIds: readonly number[]): Promise<string[]> {
  if (areaIds.length === 0) return []
  const where = { userId, areaId: { in: [...areaIds] } }
  const groups = await tx.groupMember.findMany({ where, select: { groupId: true } })
  await tx.groupMember.deleteMany({ where })
  await tx.areaMember.deleteMany({ where })
  return listEmptyGroups(
    tx,
    groups.map(({ groupId }) => groupId),
  )
}

/** The names of those active groups that have no active member. */
export async function listEmptyGroups(tx: Pick<Transaction, 'group'>, ids: readonly number[]): Promise<string[]> {
  const groups = await tx.group.findMany({
    where: { id: { in: [...ids] }, active: true, members: { none: { member: { user: { active: true } } } } },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  return groups.map(({ name }) => name)
}
