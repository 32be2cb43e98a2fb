import { staleForm } from '../../audit/conflict.ts'
import type { CategoryKind } from '../../generated/prisma/enums.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { type Category, getCategory } from '../queries.ts'

/** What every action of this slice works with. */
export interface CategoryContext {
  db: Database
  clock: Clock
}

/** Which category, as the form has seen it. */
export interface Target {
  kind: CategoryKind
  id: number
  version: number
}

/**
 * Locks a category for the rest of the transaction, also against new tickets of it, and reads it then.
 * @throws NotFound, or Conflict when somebody was faster than the form
 */
export async function lockCategory(tx: Transaction, { kind, id, version: seen }: Target): Promise<Category> {
  await tx.$queryRaw`SELECT FROM categories WHERE id = ${id} FOR UPDATE`
  const category = await getCategory(tx, kind, id)
  const { version } = category
  if (seen !== version) throw await staleForm(tx, { type: 'categoria', id, seen, version })
  return category
}
