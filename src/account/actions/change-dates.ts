import { type Database, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'

/** @param locale how dates are to be written for this person; null: as the organisation does */
export async function changeDates({ db }: { db: Database }, { id }: Viewer, locale: string | null): Promise<void> {
  await transaction(db, tx => tx.user.update({ where: { id }, data: { locale }, select: { id: true } }))
}
