import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Forbidden } from '../../web/errors.ts'
import type { Changes } from '../changes.ts'
import { factsColumns, factsRow, type LockedTicket } from '../facts.ts'
import { assertLegalOwner } from '../owners.ts'
import { can, type Verdict } from '../policy.ts'
import type { Owner } from './step.ts'

/** Whose open tickets of an area go to whom. */
export interface HandOver {
  personId: number
  areaId: number
  owner: Owner
  /** What the bitácora of each says. */
  text: string
  now: Date
}

/** Whether somebody may reassign what a person owns in an area, as far as it does not depend on the single ticket. */
export function mayHandOver(viewer: Viewer, { personId, areaId }: Pick<HandOver, 'personId' | 'areaId'>): Verdict {
  return can(viewer, 'reasignar', {
    ...{ number: 0, status: 'ASIGNADO', areaId, requesterId: 0, creatorId: 0 },
    ...{ assigneeId: personId, assigneeGroupId: null, untouched: false, withinReopening: false },
    ...{ confirmed: false, impeded: false, areaArchived: false },
  })
}

/**
 * Reassigns every open ticket that a person owns in an area, each with its entry, by statements whose number does not depend
 * on that of the tickets. Belongs to the caller's transaction.
 * @returns how many there were
 * @throws Forbidden with the reason when one of them may not be reassigned; InvalidForm when the owner is not legal
 */
export async function handOverTickets(tx: Transaction, viewer: Viewer, handOver: HandOver): Promise<number> {
  const tickets = await lockOpenTickets(tx, handOver)
  if (tickets.length === 0) return 0
  for (const ticket of tickets) {
    const verdict = can(viewer, 'reasignar', ticket)
    if (!verdict.allowed) throw new Forbidden(verdict.reason)
  }
  const { owner, now, text } = handOver
  await assertLegalOwner(tx, handOver.areaId, owner)
  await tx.ticket.updateMany({
    where: { number: { in: tickets.map(({ number }) => number) } },
    data: { ...owner, status: 'ASIGNADO', version: { increment: 1 }, lastActivityAt: now },
  })
  await tx.logEntry.createMany({
    data: tickets.map(ticket => ({
      ticketNumber: ticket.number,
      kind: 'ASIGNACION' as const,
      authorId: viewer.id,
      text,
      changes: { ...changesOf(ticket, owner) },
      ticketVersion: ticket.version + 1,
      createdAt: now,
    })),
  })
  return tickets.length
}

/** Locked first and read after, in the order of their numbers, so that two who hand over never wait in a circle. */
async function lockOpenTickets(tx: Transaction, { personId, areaId, now }: HandOver): Promise<LockedTicket[]> {
  const open = Prisma.sql`t.assignee_id = ${personId} AND t.area_id = ${areaId}
    AND t.status IN ('ASIGNADO', 'EN_PROCESO')`
  await tx.$queryRaw`SELECT FROM tickets t WHERE ${open} ORDER BY t.number FOR UPDATE`
  return z
    .array(factsRow)
    .parse(await tx.$queryRaw<unknown[]>`SELECT ${factsColumns(now)} FROM tickets t WHERE ${open} ORDER BY t.number`)
}

function changesOf(before: LockedTicket, { assigneeId, assigneeGroupId }: Owner): Changes {
  return {
    ...(before.status !== 'ASIGNADO' && { status: [before.status, 'ASIGNADO'] }),
    assigneeId: [before.assigneeId, assigneeId],
    assigneeGroupId: [before.assigneeGroupId, assigneeGroupId],
  }
}
