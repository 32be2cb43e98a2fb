import { z } from 'zod'
import { ImpedimentReason } from '../generated/prisma/enums.ts'
import type { Database, Transaction } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import type { Changes } from './changes.ts'
import type { LockedTicket } from './facts.ts'

const openRow = z.object({
  id: z.number(),
  reason: z.enum(ImpedimentReason),
  text: z.string(),
  openedAt: z.date(),
  opener: z.string(),
})

export type OpenImpediment = z.infer<typeof openRow>

/** What stops a ticket now, or null. Whether the ticket is visible is decided before. */
export async function findOpenImpediment(db: Pick<Database, 'pool'>, number: number): Promise<OpenImpediment | null> {
  const { rows } = await db.pool.query(
    `SELECT i.id, i.reason, i.text, i.opened_at AS "openedAt", u.name AS opener
     FROM impediments i JOIN users u ON u.id = i.opened_by WHERE i.ticket_number = $1 AND i.closed_at IS NULL`,
    [number],
  )
  return rows[0] ? openRow.parse(rows[0]) : null
}

/** Ends the open impediment of a locked ticket and writes its entry; both belong to the caller's transaction. */
export async function endImpediment(
  tx: Transaction,
  viewer: Viewer,
  ticket: LockedTicket,
  { text, now }: { text: string; now: Date },
): Promise<void> {
  const { id, reason } = await tx.impediment.findFirstOrThrow({
    where: { ticketNumber: ticket.number, closedAt: null },
    select: { id: true, reason: true },
  })
  await tx.impediment.update({
    where: { id },
    data: { closedAt: now, closedBy: viewer.id, closingText: text },
    select: { id: true },
  })
  await writeImpedimentEntry(tx, viewer, ticket, { text, now, impediment: [reason, null] })
}

/** The bitácora entry of an impediment's beginning or end; the version stays, so that it makes nobody's form stale. */
export async function writeImpedimentEntry(
  tx: Transaction,
  viewer: Viewer,
  ticket: LockedTicket,
  { text, now, impediment }: { text: string; now: Date; impediment: NonNullable<Changes['impediment']> },
): Promise<void> {
  await tx.logEntry.create({
    data: {
      ticketNumber: ticket.number,
      kind: impediment[0] === null ? 'INCIDENCIA' : 'INCIDENCIA_CERRADA',
      authorId: viewer.id,
      text,
      changes: { impediment },
      ticketVersion: ticket.version,
      createdAt: now,
    },
    select: { id: true },
  })
}
