import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, LogVisibility, Priority, UserKind } from '../generated/prisma/enums.ts'
import { type Database, glance, select } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { entryNames, entryNamesRow } from './changes.ts'
import { factsColumns, factsRow } from './facts.ts'
import { openImpediment, openImpedimentSql } from './impediments.ts'
import { type Clause, visibleSql } from './visibility.ts'

const detailRow = factsRow.extend({
  subject: z.string(),
  description: z.string(),
  priority: z.enum(Priority),
  area: z.string(),
  category: z.string(),
  kind: z.enum(CategoryKind),
  categoryId: z.number(),
  defaultGroupId: z.number().nullable(),
  requester: z.string(),
  requesterKind: z.enum(UserKind).nullable(),
  requesterEmail: z.string().nullable(),
  organization: z.string().nullable(),
  creator: z.string(),
  assignee: z.string().nullable(),
  assigneeGroup: z.string().nullable(),
  createdAt: z.date(),
  lastActivityAt: z.date(),
  closedAt: z.date().nullable(),
  reopenedCount: z.number(),
  attendantIds: z.array(z.number()),
  /** What stops the work on it now. */
  openImpediment: openImpediment.nullable(),
})

export type TicketDetail = z.infer<typeof detailRow>

/** @throws NotFound when there is no such ticket within the clauses */
export async function getTicket(
  db: Pick<Database, 'pool'>,
  clauses: readonly Clause[],
  number: number,
  now: Date,
): Promise<TicketDetail> {
  const query = Prisma.sql`SELECT ${factsColumns(now)}, t.subject, t.description, t.priority, area.name AS area,
      category.name AS category, category.kind,
      t.category_id AS "categoryId", category.default_group_id AS "defaultGroupId", requester.kind AS "requesterKind", requester.name AS requester, requester.email AS "requesterEmail",
      organization.name AS organization, creator.name AS creator, assignee.name AS assignee,
      owner_group.name AS "assigneeGroup", t.created_at AS "createdAt", t.last_activity_at AS "lastActivityAt",
      t.closed_at AS "closedAt", t.reopened_count AS "reopenedCount",
      ARRAY(SELECT user_id FROM ticket_attendants WHERE ticket_number = t.number) AS "attendantIds",
      CASE WHEN t.impeded_at IS NOT NULL THEN (${openImpedimentSql}) END AS "openImpediment"
    FROM tickets t
    JOIN areas area ON area.id = t.area_id
    JOIN categories category ON category.id = t.category_id
    JOIN users requester ON requester.id = t.requester_id
    JOIN users creator ON creator.id = t.creator_id
    LEFT JOIN organizations organization ON organization.id = requester.organization_id
    LEFT JOIN users assignee ON assignee.id = t.assignee_id
    LEFT JOIN groups owner_group ON owner_group.id = t.assignee_group_id
    WHERE t.number = ${number} AND ${visibleSql(clauses)}`
  const rows = await glance(db, query)
  if (!rows[0]) throw new NotFound()
  return detailRow.parse(rows[0])
}

const entryRow = entryNamesRow.extend({
  id: z.number(),
  visibility: z.enum(LogVisibility),
  text: z.string(),
  createdAt: z.date(),
})

export type EntryRow = z.infer<typeof entryRow>

/** Who reads a bitácora, and how much of a long one. */
export interface Reading {
  /** Whether internal notes are included. */
  internal: boolean
  /** Everything, or only the first so many entries and the last so many. */
  part: 'whole' | { first: number; last: number }
}

/**
 * The bitácora of a ticket, oldest first. Whether the ticket is visible is decided before.
 * @returns total: of all that this reader may read
 */
export async function listEntries(
  db: Pick<Database, 'pool'>,
  number: number,
  { internal, part }: Reading,
): Promise<{ entries: EntryRow[]; total: number }> {
  const readable = Prisma.sql`log_entries e WHERE e.ticket_number = ${number} AND (${internal} OR e.visibility = 'PUBLICA')`
  const entries = (places: Prisma.Sql, more: Prisma.Sql) =>
    Prisma.sql`SELECT e.id, e.kind, e.visibility, e.text, e.created_at AS "createdAt", ${entryNames} ${more}
      FROM (${places}) place JOIN log_entries e ON e.ticket_number = ${number} AND e.seq = place.seq
      LEFT JOIN users a ON a.id = e.author_id ORDER BY e.seq`
  if (part === 'whole') {
    const rows = await select(db, entries(Prisma.sql`SELECT e.seq FROM ${readable}`, Prisma.empty))
    return { entries: z.array(entryRow).parse(rows), total: rows.length }
  }
  const ends = Prisma.sql`(SELECT e.seq FROM ${readable} ORDER BY e.seq LIMIT ${part.first})
    UNION (SELECT e.seq FROM ${readable} ORDER BY e.seq DESC LIMIT ${part.last})`
  const rows = await glance(db, entries(ends, Prisma.sql`, (SELECT count(*)::int FROM ${readable}) AS total`))
  const found = z.array(entryRow.extend({ total: z.number() })).parse(rows)
  return { entries: found, total: found[0]?.total ?? 0 }
}
