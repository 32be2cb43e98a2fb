import { type Actor, recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'

/** Nobody is led to the first steps any more; they can still be opened. Of no effect the second time. */
export async function dismissFirstSteps({ db, clock }: { db: Database; clock: Clock }, actor: Actor): Promise<void> {
  await transaction(db, async tx => {
    const now = clock.now()
    const where = { id: 1, firstStepsDismissedAt: null }
    const { count } = await tx.settings.updateMany({ where, data: { firstStepsDismissedAt: now } })
    if (count === 0) return
    const subject = { type: 'ajustes' as const, id: null, name: 'Primeros pasos' }
    const changes = { firstSteps: [true, false] as [boolean, boolean] }
    await recordAudit(tx, actor, now, { kind: 'ajustes.modificados', subject, changes })
  })
}
