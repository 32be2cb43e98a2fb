import type { Prisma } from '../generated/prisma/client.ts'
import type { Transaction } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import type { Call } from '../web/route.ts'
import type { AuditKind, AuditSubject } from './kinds.ts'

/** Who does something, and from where. */
export interface Actor {
  /** Null when nobody has signed in. */
  id: number | null
  /** The client's network address. */
  address: string
}

export const actorOf = ({ viewer, req }: { viewer: Viewer | null; req: Call['req'] }): Actor => ({
  id: viewer?.id ?? null,
  address: req.ip ?? '',
})

/** Before and after, by field; plain values only and never anything secret. */
export type AuditChanges = Record<string, [before: Prisma.InputJsonValue | null, after: Prisma.InputJsonValue | null]>

export interface AuditEvent {
  kind: AuditKind
  /** Named as it is called now, for it may be renamed. */
  subject?: { type: AuditSubject; id: number | null; name: string }
  changes?: AuditChanges
}

/** Writes down what somebody did, in the transaction in which it is done. */
export async function recordAudit(tx: Transaction, actor: Actor, now: Date, ...events: AuditEvent[]): Promise<void> {
  await tx.auditEntry.createMany({
    data: events.map(({ kind, subject, changes }) => ({
      at: now,
      kind,
      actorId: actor.id,
      address: actor.address,
      subjectType: subject?.type ?? null,
      subjectId: subject?.id ?? null,
      subjectName: subject?.name ?? null,
      ...(changes && { changes }),
    })),
  })
}

/** The fields of two plain records that differ, as before and after; `before` is null for something new. */
export function changesBetween<T extends Record<string, Prisma.InputJsonValue | null>>(
  before: T | null,
  after: T,
): AuditChanges {
  const fields = Object.keys(after).filter(
    field => JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after[field] ?? null),
  )
  return Object.fromEntries(fields.map(field => [field, [before?.[field] ?? null, after[field] ?? null]]))
}
