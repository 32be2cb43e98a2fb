import { type Actor, recordAudit } from '../../audit/record.ts'
import { endSessions } from '../../auth/sessions.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'

/** Ends all of somebody's sessions but one. @returns how many were ended */
export function closeOtherSessions(
  { db, clock }: { db: Database; clock: Clock },
  { id, name }: Viewer,
  { sessionId, actor }: { sessionId: string; actor: Actor },
): Promise<number> {
  return transaction(db, async tx => {
    const count = await endSessions(tx, [id], sessionId)
    await recordAudit(tx, actor, clock.now(), { kind: 'sesiones.cerradas', subject: { type: 'usuario', id, name } })
    return count
  })
}
