import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, ImpedimentReason, Priority, type TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { factsColumns, factsRow } from './facts.ts'
import { type Filters, filterSql, within } from './filters.ts'
import { branches, type Clause } from './visibility.ts'

const listRow = factsRow.extend({
  /** Its place in the list. */
  at: z.date(),
  createdAt: z.date(),
  lastActivityAt: z.date(),
  subject: z.string(),
  priority: z.enum(Priority),
  area: z.string(),
  category: z.string(),
  kind: z.enum(CategoryKind),
  requester: z.string(),
  assignee: z.string().nullable(),
  assigneeGroup: z.string().nullable(),
  /** Why it cannot go on, of the open impediment. */
  impediment: z.enum(ImpedimentReason).nullable(),
})

export type ListRow = z.infer<typeof listRow>

/** Which tickets a list shows. */
export interface ListRequest {
  clauses: readonly Clause[]
  /** Null for every state at once, which an index of the requester gives in order. */
  statuses: readonly TicketStatus[] | null
  filters: Filters
  /** IANA zone in which days begin. */
  zone: string
  now: Date
}

/** A page of tickets, newest first. */
export async function listTickets(
  db: Pick<Database, 'pool'>,
  request: ListRequest,
  pageRequest: PageRequest,
): Promise<Slice<ListRow>> {
  return readPage(db, armsOf(request, pageRequest), request.now, pageRequest)
}

/** A page of the tickets in whose bitácora a person wrote as staff, by when he last did. */
export async function listAttended(
  db: Pick<Database, 'pool'>,
  userId: number,
  now: Date,
  pageRequest: PageRequest,
): Promise<Slice<ListRow>> {
  const arm = Prisma.sql`(SELECT number, created_at
    FROM (SELECT user_id, ticket_number AS number, last_at AS created_at FROM ticket_attendants) attended
    WHERE user_id = ${userId} AND ${beyondSql(pageRequest)} ORDER BY ${orderOf(pageRequest)} LIMIT ${PAGE_SIZE + 1})`
  return readPage(db, [arm], now, pageRequest)
}

async function readPage(db: Pick<Database, 'pool'>, arms: Prisma.Sql[], now: Date, pageRequest: PageRequest) {
  if (arms.length === 0) return { rows: [], next: false, previous: false }
  const order = orderOf(pageRequest)
  const rows = await select(
    db,
    Prisma.sql`SELECT ${factsColumns(now)}, key.created_at AS at, t.created_at AS "createdAt", t.last_activity_at AS "lastActivityAt",
      t.subject, t.priority, area.name AS area, category.name AS category, category.kind, requester.name AS requester,
      assignee.name AS assignee, owner_group.name AS "assigneeGroup",
      CASE WHEN t.impeded_at IS NOT NULL THEN (SELECT reason FROM impediments
        WHERE ticket_number = t.number AND closed_at IS NULL) END AS impediment
    FROM (SELECT number, created_at FROM (${Prisma.join(arms, ' UNION ')}) arm
      ORDER BY ${order} LIMIT ${PAGE_SIZE + 1}) key
    JOIN tickets t ON t.number = key.number
    JOIN areas area ON area.id = t.area_id
    JOIN categories category ON category.id = t.category_id
    JOIN users requester ON requester.id = t.requester_id
    LEFT JOIN users assignee ON assignee.id = t.assignee_id
    LEFT JOIN groups owner_group ON owner_group.id = t.assignee_group_id
    ORDER BY ${pageRequest.direction === 'forward' ? Prisma.sql`at DESC, t.number DESC` : Prisma.sql`at, t.number`}`,
  )
  return slice(z.array(listRow).parse(rows), pageRequest)
}

/** One arm per clause, id and state: each is a prefix of one index, read in order and left after a page. */
function armsOf({ clauses, statuses, filters, zone }: ListRequest, pageRequest: PageRequest): Prisma.Sql[] {
  const beyond = beyondSql(pageRequest)
  const states = statuses?.map(status => Prisma.sql`t.status = ${status}::ticket_status`) ?? [Prisma.sql`true`]
  return branches(within(clauses, filters.areaId)).flatMap(branch =>
    states.map(
      state => Prisma.sql`(SELECT number, created_at FROM tickets t
        WHERE ${branch} AND ${state} AND ${filterSql(filters, zone)} AND ${beyond}
        ORDER BY ${orderOf(pageRequest)} LIMIT ${PAGE_SIZE + 1})`,
    ),
  )
}

function beyondSql({ direction, from }: PageRequest): Prisma.Sql {
  if (!from) return Prisma.sql`true`
  const key = Prisma.sql`(${from.createdAt}::timestamptz, ${from.number}::int)`
  return direction === 'forward' ? Prisma.sql`(created_at, number) < ${key}` : Prisma.sql`(created_at, number) > ${key}`
}

const orderOf = ({ direction }: PageRequest) =>
  direction === 'forward' ? Prisma.sql`created_at DESC, number DESC` : Prisma.sql`created_at, number`
