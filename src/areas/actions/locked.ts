import { staleForm } from '../../audit/conflict.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { type Area, getArea } from '../queries.ts'

/** What every action of this slice works with. */
export interface AreaContext {
  db: Database
  clock: Clock
}

/**
 * Locks an area for the rest of the transaction and reads it then.
 * @param seen the version that a form was made from; left out where any will do
 * @throws NotFound, or Conflict when somebody was faster than the form
 */
export async function lockArea(tx: Transaction, id: number, seen?: number): Promise<Area> {
  await tx.$queryRaw`SELECT FROM areas WHERE id = ${id} FOR NO KEY UPDATE`
  const area = await getArea(tx, id)
  if (seen !== undefined && seen !== area.version) {
    throw await staleForm(tx, { type: 'area', id, seen, version: area.version })
  }
  return area
}
