import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, ImpedimentReason, Priority, TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { factsColumns, factsRow } from './facts.ts'
import { planned } from './filters.ts'
import { orderSql, type Place } from './list-order.ts'
import { type ListRequest, placesSql } from './list-places.ts'

const shown = {
  /** The time that the order goes by. */
  at: z.date(),
  subject: z.string(),
  priority: z.enum(Priority),
  area: z.string(),
  category: z.string(),
  kind: z.enum(CategoryKind),
  requester: z.string(),
  assignee: z.string().nullable(),
  assigneeGroup: z.string().nullable(),
}

const listRow = factsRow.extend({
  ...shown,
  /** Why it cannot go on, of the open impediment. */
  impediment: z.enum(ImpedimentReason).nullable(),
})

export type ListRow = z.infer<typeof listRow>

/** A page of tickets. */
export async function listTickets(
  db: Pick<Database, 'pool'>,
  request: ListRequest,
  page: PageRequest<Place>,
): Promise<Slice<ListRow>> {
  const columns = Prisma.sql`${factsColumns(request.now)}, ${SHOWN}, ${IMPEDIMENT} AS impediment`
  const rows = await select(db, readSql(columns, request, placesSql(request, page, PAGE_SIZE + 1), page))
  return slice(z.array(listRow).parse(rows), page)
}

const exportRow = z.object({
  ...shown,
  number: z.number(),
  status: z.enum(TicketStatus),
  createdAt: z.date(),
  lastActivityAt: z.date(),
  closedAt: z.date().nullable(),
})

export type ExportRow = z.infer<typeof exportRow>

/** Rows of an export that are read at a time. */
const BATCH = 500

/** Every ticket of a list in its order, a batch behind the other: what is in memory does not depend on how many there are. */
export async function* eachTicket(db: Pick<Database, 'pool'>, request: ListRequest): AsyncGenerator<ExportRow[]> {
  const columns = Prisma.sql`t.number, t.status, ${SHOWN}, t.created_at AS "createdAt",
    t.last_activity_at AS "lastActivityAt", t.closed_at AS "closedAt"`
  let from: Place | null = null
  do {
    const page = { direction: 'forward' as const, from }
    const places = placesSql(request, page, BATCH, { complete: true })
    const rows = await select(db, readSql(columns, request, places, page), planned(request.filters))
    const batch: ExportRow[] = z.array(exportRow).parse(rows)
    if (batch.length > 0) yield batch
    from = batch.length === BATCH ? (batch.at(-1) ?? null) : null
  } while (from !== null)
}

const SHOWN = Prisma.sql`place.at, t.subject, t.priority, area.name AS area, category.name AS category, category.kind,
  requester.name AS requester, assignee.name AS assignee, owner_group.name AS "assigneeGroup"`

const IMPEDIMENT = Prisma.sql`CASE WHEN t.impeded_at IS NOT NULL THEN (SELECT reason FROM impediments
  WHERE ticket_number = t.number AND closed_at IS NULL) END`

function readSql(columns: Prisma.Sql, { sort }: ListRequest, places: Prisma.Sql, page: PageRequest<Place>): Prisma.Sql {
  return Prisma.sql`SELECT ${columns}
    FROM (${places}) place
    JOIN tickets t ON t.number = place.number
    JOIN areas area ON area.id = t.area_id
    JOIN categories category ON category.id = t.category_id
    JOIN users requester ON requester.id = t.requester_id
    LEFT JOIN users assignee ON assignee.id = t.assignee_id
    LEFT JOIN groups owner_group ON owner_group.id = t.assignee_group_id
    ORDER BY ${orderSql(sort, page).outer}`
}
