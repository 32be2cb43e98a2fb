import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, ImpedimentReason, Priority, TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, glance, select } from '../platform/db.ts'
import { PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { factsColumns, factsRow } from './facts.ts'
import { isQuick } from './filters.ts'
import { orderSql, type Place } from './list-order.ts'
import { type ListRequest, placesSql } from './list-places.ts'
import { visibleSql } from './visibility.ts'

const shown = {
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
  /** The time that the order goes by. */
  at: z.date(),
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
  const columns = Prisma.sql`place.at, ${factsColumns(request.now)}, ${SHOWN}, ${IMPEDIMENT} AS impediment`
  const sql = readSql(columns, request, page)
  const quick = isQuick(request.filters) && request.sort.time !== 'attended'
  const rows = quick ? await glance(db, sql) : await select(db, sql)
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

/**
 * Every ticket that a list has at this moment, in its order, a batch behind the other: what is in memory is four bytes for each
 * ticket and the rows of one batch. A row tells of its ticket what is true when it is read; what is not the person's to see in
 * this list any more by then is left out.
 */
export async function* eachTicket(db: Pick<Database, 'pool'>, request: ListRequest): AsyncGenerator<ExportRow[]> {
  const places = await numbersOf(db, request)
  for (let start = 0; start < places.length; start += 4 * BATCH) {
    const batch = places.subarray(start, start + 4 * BATCH)
    const numbers = Array.from({ length: batch.length / 4 }, (_, index) => batch.readInt32BE(4 * index))
    const rows = await select(db, exportSql(numbers, request))
    if (rows.length > 0) yield z.array(exportRow).parse(rows)
  }
}

/** The numbers of all tickets of a list in its order, four bytes each: in one statement nothing moves. */
async function numbersOf(db: Pick<Database, 'pool'>, request: ListRequest): Promise<Buffer> {
  const all = { direction: 'forward' as const, from: null }
  const [row] = await select(
    db,
    Prisma.sql`SELECT string_agg(int4send(number), ''::bytea ORDER BY ${orderSql(request.sort, all).outer}) AS numbers
      FROM (${placesSql(request, all, EVERY, { complete: true })}) place`,
    { prepared: false },
  )
  return z.object({ numbers: z.instanceof(Buffer).nullable() }).parse(row).numbers ?? Buffer.alloc(0)
}

const EVERY = 2_147_483_647

function exportSql(numbers: number[], { clauses }: ListRequest): Prisma.Sql {
  return Prisma.sql`SELECT t.number, t.status, ${SHOWN}, t.created_at AS "createdAt",
      t.last_activity_at AS "lastActivityAt", t.closed_at AS "closedAt"
    FROM unnest(${numbers}::int[]) WITH ORDINALITY AS place(number, turn)
    ${JOINED} WHERE ${visibleSql(clauses)} ORDER BY place.turn`
}

const SHOWN = Prisma.sql`t.subject, t.priority, area.name AS area, category.name AS category, category.kind,
  requester.name AS requester, assignee.name AS assignee, owner_group.name AS "assigneeGroup"`

const IMPEDIMENT = Prisma.sql`CASE WHEN t.impeded_at IS NOT NULL THEN (SELECT reason FROM impediments
  WHERE ticket_number = t.number AND closed_at IS NULL) END`

const JOINED = Prisma.sql`JOIN tickets t ON t.number = place.number
  JOIN areas area ON area.id = t.area_id
  JOIN categories category ON category.id = t.category_id
  JOIN users requester ON requester.id = t.requester_id
  LEFT JOIN users assignee ON assignee.id = t.assignee_id
  LEFT JOIN groups owner_group ON owner_group.id = t.assignee_group_id`

function readSql(columns: Prisma.Sql, request: ListRequest, page: PageRequest<Place>): Prisma.Sql {
  return Prisma.sql`SELECT ${columns}
    FROM (${placesSql(request, page, PAGE_SIZE + 1)}) place ${JOINED}
    ORDER BY ${orderSql(request.sort, page).outer}`
}
