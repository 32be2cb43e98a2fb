import type { Request } from 'express'
import { recordAudit } from '../audit/record.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'

/** Lets somebody in who has shown who he is: in a session with a new id. */
export async function startSession(
  { db, clock }: { db: Database; clock: Clock },
  req: Request,
  viewer: Viewer,
): Promise<void> {
  await new Promise<void>((resolve, reject) => req.logIn(viewer, error => (error ? reject(error) : resolve())))
  const { id, name } = viewer
  const subject = { type: 'usuario' as const, id, name }
  await recordAudit(db.prisma, { id, address: req.ip ?? '' }, clock.now(), { kind: 'ingreso.correcto', subject })
}
