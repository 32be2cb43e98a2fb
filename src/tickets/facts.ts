import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { TicketStatus } from '../generated/prisma/enums.ts'
import type { Transaction } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { Conflict, Forbidden, NotFound } from '../web/errors.ts'
import { changesSince } from './changes.ts'
import { statusLabels } from './labels.ts'
import { paths } from './paths.ts'
import { can, type TicketFacts, type Verb } from './policy.ts'
import { visibleSql, visibleTo, workOf } from './visibility.ts'

export const factsRow = z.object({
  number: z.number(),
  status: z.enum(TicketStatus),
  areaId: z.number(),
  requesterId: z.number(),
  creatorId: z.number(),
  assigneeId: z.number().nullable(),
  assigneeGroupId: z.number().nullable(),
  untouched: z.boolean(),
  withinReopening: z.boolean(),
  confirmed: z.boolean(),
  areaArchived: z.boolean(),
  impeded: z.boolean(),
  version: z.number(),
})

/** What policy asks of `tickets t`, as a select list. */
export const factsColumns = (now: Date) => Prisma.sql`t.number, t.status, t.area_id AS "areaId",
  t.requester_id AS "requesterId", t.creator_id AS "creatorId", t.assignee_id AS "assigneeId",
  t.assignee_group_id AS "assigneeGroupId", t.version, t.impeded_at IS NOT NULL AS impeded,
  (t.status = 'REGISTRADO' AND t.version = 1 AND NOT EXISTS (SELECT FROM log_entries e
    WHERE e.ticket_number = t.number AND e.author_id <> t.requester_id AND e.kind = 'COMENTARIO')) AS untouched,
  coalesce(t.closed_at > ${now}::timestamptz - make_interval(days => (SELECT reopen_days FROM settings)), false)
    AS "withinReopening",
  (t.status = 'FINALIZADO' AND EXISTS (SELECT FROM log_entries e WHERE e.ticket_number = t.number
    AND e.ticket_version = t.version AND e.kind = 'CONFIRMACION')) AS confirmed,
  EXISTS (SELECT FROM areas WHERE id = t.area_id AND NOT active) AS "areaArchived"`

export type LockedTicket = TicketFacts & { version: number }

/**
 * Locks a ticket for the rest of the transaction and decides whether the person may do this to it.
 * @param verb what is tried; where that depends on the state, how to tell
 * @param seen the version that the form was made from; undefined where any present version will do
 * @param faster what somebody did meanwhile, if that is why the state does not allow it
 * @throws NotFound when invisible, Conflict when somebody was first, Forbidden with the verdict's reason
 */
export async function lockFor(
  tx: Transaction,
  viewer: Viewer,
  verb: Verb | ((ticket: TicketFacts) => Verb),
  number: number,
  { now, seen, faster }: { now: Date; seen?: number; faster?: () => Promise<Conflict | null> },
): Promise<LockedTicket> {
  // Locked first and read after: a row read together with its lock may come from before the other's commit.
  await tx.$queryRaw`SELECT FROM tickets WHERE number = ${number} FOR UPDATE`
  const rows = await tx.$queryRaw<unknown[]>`SELECT ${factsColumns(now)} FROM tickets t
    WHERE t.number = ${number} AND ${visibleSql(visibleTo(viewer))}`
  if (!rows[0]) throw new NotFound()
  const ticket = factsRow.parse(rows[0])
  if (seen !== undefined && seen !== ticket.version) throw await conflictOf(tx, viewer, ticket, seen)
  const verdict = can(viewer, typeof verb === 'function' ? verb(ticket) : verb, ticket)
  if (verdict.allowed) return ticket
  const byState = verdict.checks.find(({ holds }) => !holds)?.about === 'estado'
  throw (byState && (await faster?.())) || new Forbidden(verdict.reason)
}

async function conflictOf(tx: Transaction, viewer: Viewer, ticket: LockedTicket, seen: number): Promise<Conflict> {
  const worksOnIt = workOf(viewer).length > 0
  return new Conflict(
    `El ticket #${ticket.number} cambió después de que usted abrió el formulario; ahora está ${statusLabels[ticket.status]}. ` +
      'No se guardó nada de este envío.',
    await changesSince(tx, ticket.number, seen),
    worksOnIt ? paths.ticket(ticket.number) : paths.myTicket(ticket.number),
  )
}
