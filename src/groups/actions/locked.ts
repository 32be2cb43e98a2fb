import { staleForm } from '../../audit/conflict.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { type Group, getGroup } from '../queries.ts'

/** What every action of this slice works with. */
export interface GroupContext {
  db: Database
  clock: Clock
}

/** Which group, as the form has seen it. */
export interface Target {
  id: number
  version: number
}

/**
 * Locks a group for the rest of the transaction and reads it then.
 * @throws NotFound, or Conflict when somebody was faster than the form
 */
export async function lockGroup(tx: Transaction, { id, version: seen }: Target): Promise<Group> {
  await tx.$queryRaw`SELECT FROM groups WHERE id = ${id} FOR NO KEY UPDATE`
  const group = await getGroup(tx, id)
  const { version } = group
  if (seen !== version) throw await staleForm(tx, { type: 'grupo', id, seen, version })
  return group
}
