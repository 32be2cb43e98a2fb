import { z } from 'zod'
import type { Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict, Forbidden, InvalidForm } from '../../web/errors.ts'
import { factsColumns, factsRow, type LockedTicket } from '../facts.ts'
import { areaField, type Destinations, ofAreas } from '../hand-over.ts'
import { can, type Verdict } from '../policy.ts'
import { next } from '../states.ts'
import { changesBetween, type Owner } from './step.ts'

export interface HandOver {
  person: { id: number; name: string }
  /** The areas that he leaves; null when he leaves altogether. */
  areaIds: readonly number[] | null
  destinations: Destinations
  /** What the bitácora of each says. */
  text: string
  now: Date
}

interface Move {
  before: LockedTicket
  after: LockedTicket
  /** The field in which its new owner was chosen. */
  field: string
}

/** Whether somebody may reassign what a person owns in an area, as far as it does not depend on the single ticket. */
export function mayHandOver(viewer: Viewer, { personId, areaId }: { personId: number; areaId: number }): Verdict {
  return can(viewer, 'reasignar', {
    ...{ number: 0, status: 'ASIGNADO', areaId, requesterId: 0, creatorId: 0 },
    ...{ assigneeId: personId, assigneeGroupId: null, untouched: false, withinReopening: false },
    ...{ confirmed: false, impeded: false, areaArchived: false },
  })
}

/**
 * Reassigns every open ticket that somebody is responsible for, in the caller's transaction, each with its entry; in as many
 * statements for a hundred tickets as for one.
 * @returns how many there were
 * @throws InvalidForm at the field of an area without a choice or of a choice that is not legal; Forbidden when the viewer may
 *   not reassign one of them; Conflict when a ticket was chosen that is his no more
 */
export async function handOverTickets(tx: Transaction, viewer: Viewer, input: HandOver): Promise<number> {
  const tickets = await lockOpenTickets(tx, input)
  assertAllowed(viewer, tickets, input)
  const moves = tickets.map(ticket => moveOf(ticket, input.destinations))
  await assertLegal(tx, moves, input.person.id)
  if (moves.length > 0) await write(tx, viewer, moves, input)
  return moves.length
}

async function lockOpenTickets(tx: Transaction, { person, areaIds, now }: HandOver): Promise<LockedTicket[]> {
  // Locked first and read after, in the order of their numbers, as whoever locks several does.
  await tx.$queryRaw`SELECT FROM tickets t WHERE t.assignee_id = ${person.id} AND t.status IN ('ASIGNADO', 'EN_PROCESO')
    AND ${ofAreas(areaIds)} ORDER BY t.number FOR UPDATE`
  const rows = await tx.$queryRaw<unknown[]>`SELECT ${factsColumns(now)} FROM tickets t
    WHERE t.assignee_id = ${person.id} AND t.status IN ('ASIGNADO', 'EN_PROCESO') AND ${ofAreas(areaIds)}
    ORDER BY t.number`
  return z.array(factsRow).parse(rows)
}

function assertAllowed(viewer: Viewer, tickets: LockedTicket[], { person, destinations }: HandOver) {
  for (const ticket of tickets) {
    const verdict = can(viewer, 'reasignar', ticket)
    if (verdict.allowed) continue
    const help = 'Pida antes que lo reasigne un supervisor del área o un Administrador.'
    throw new Forbidden(`${verdict.reason} ${person.name} todavía atiende el #${ticket.number}. ${help}`)
  }
  const gone = [...destinations.tickets.keys()].find(number => !tickets.some(ticket => ticket.number === number))
  if (gone !== undefined) throw new Conflict(`El ticket #${gone} ya no está a cargo de ${person.name}.`)
}

function moveOf(before: LockedTicket, { areas, tickets }: Destinations): Move {
  const chosen = tickets.get(before.number) ?? areas.get(before.areaId)
  if (!chosen) throw new InvalidForm(areaField(before.areaId), 'Elija quién atenderá estos tickets.')
  const status = next(before.status, 'reasignar') ?? before.status
  return { before, after: { ...before, ...chosen.owner, status, version: before.version + 1 }, field: chosen.field }
}

/** As isLegalOwner asks of one ticket. */
async function assertLegal(tx: Transaction, moves: Move[], leaverId: number) {
  const areaId = { in: [...new Set(moves.map(({ before }) => before.areaId))] }
  const members = await tx.areaMember.findMany({
    where: { areaId, userId: { not: leaverId }, user: { active: true, role: { not: 'USUARIO' } } },
    select: { areaId: true, userId: true },
  })
  const groups = await tx.group.findMany({ where: { areaId, active: true }, select: { areaId: true, id: true } })
  const legal = new Set([...members.map(personKey), ...groups.map(groupKey)])
  for (const { after, field } of moves) {
    if (!legal.has(ownerKey(after))) {
      throw new InvalidForm(field, 'Elija otra persona activa o un grupo activo del área de los tickets.')
    }
  }
}

const personKey = ({ areaId, userId }: { areaId: number; userId: number }) => `${areaId}:persona:${userId}`
const groupKey = ({ areaId, id }: { areaId: number; id: number }) => `${areaId}:grupo:${id}`
const ownerKey = ({ areaId, assigneeId, assigneeGroupId }: Owner & { areaId: number }) =>
  assigneeId === null ? groupKey({ areaId, id: assigneeGroupId ?? 0 }) : personKey({ areaId, userId: assigneeId })

async function write(tx: Transaction, viewer: Viewer, moves: Move[], { text, now }: HandOver) {
  const rows = moves.map(({ after }) => after)
  await tx.$executeRaw`UPDATE tickets t SET status = c.status, assignee_id = c.person, assignee_group_id = c.owner_group,
      version = t.version + 1, last_activity_at = ${now}
    FROM unnest(${rows.map(row => row.number)}::int[], ${rows.map(row => row.status)}::ticket_status[],
      ${rows.map(row => row.assigneeId)}::int[], ${rows.map(row => row.assigneeGroupId)}::int[])
      AS c(number, status, person, owner_group)
    WHERE t.number = c.number`
  await tx.logEntry.createMany({
    data: moves.map(({ before, after }) => ({
      ticketNumber: after.number,
      kind: 'ASIGNACION' as const,
      authorId: viewer.id,
      text,
      changes: changesBetween(before, after),
      ticketVersion: after.version,
      createdAt: now,
    })),
  })
}
