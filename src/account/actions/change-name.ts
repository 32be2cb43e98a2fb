import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'

/** Changes how somebody is called. */
export async function changeName(
  { db, clock }: { db: Database; clock: Clock },
  viewer: Viewer,
  { name, actor }: { name: string; actor: Actor },
): Promise<void> {
  if (name === viewer.name) return
  await transaction(db, async tx => {
    await tx.user.update({ where: { id: viewer.id }, data: { name } })
    const subject = { type: 'usuario' as const, id: viewer.id, name }
    const changes = changesBetween({ name: viewer.name }, { name })
    await recordAudit(tx, actor, clock.now(), { kind: 'usuario.modificado', subject, changes })
  })
}
