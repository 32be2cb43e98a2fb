import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { ImpedimentReason } from '../generated/prisma/enums.ts'
import type { Transaction } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import type { Changes } from './changes.ts'
import type { LockedTicket } from './facts.ts'

/** What {@link openImpedimentSql} selects. */
export const openImpediment = z.object({
  id: z.number(),
  reason: z.enum(ImpedimentReason),
  text: z.string(),
  openedAt: z.coerce.date(),
  opener: z.string(),
})

export type OpenImpediment = z.infer<typeof openImpediment>

/** What stops `tickets t` now, as an object. */
export const openImpedimentSql = Prisma.sql`SELECT json_build_object('id', i.id, 'reason', i.reason, 'text', i.text,
    'openedAt', i.opened_at, 'opener', u.name)
  FROM impediments i JOIN users u ON u.id = i.opened_by WHERE i.ticket_number = t.number AND i.closed_at IS NULL`

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
