import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, Priority, TicketStatus } from '../generated/prisma/enums.ts'
import type { Database } from '../platform/db.ts'
import { PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { factsColumns, factsRow } from './facts.ts'
import { type Filters, filterSql, within } from './filters.ts'
import { branches, type Clause } from './visibility.ts'

/** Counts stop here: "1000+". */
export const COUNT_LIMIT = 1000

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
  if (arms.length === 0) return { rows: [], older: false, newer: false }
  const order = orderOf(pageRequest)
  const rows = await run(
    db,
    Prisma.sql`SELECT ${factsColumns(now)}, key.created_at AS at, t.created_at AS "createdAt", t.last_activity_at AS "lastActivityAt",
      t.subject, t.priority, area.name AS area, category.name AS category, category.kind, requester.name AS requester,
      assignee.name AS assignee, owner_group.name AS "assigneeGroup"
    FROM (SELECT number, created_at FROM (${Prisma.join(arms, ' UNION ')}) arm
      ORDER BY ${order} LIMIT ${PAGE_SIZE + 1}) key
    JOIN tickets t ON t.number = key.number
    JOIN areas area ON area.id = t.area_id
    JOIN categories category ON category.id = t.category_id
    JOIN users requester ON requester.id = t.requester_id
    LEFT JOIN users assignee ON assignee.id = t.assignee_id
    LEFT JOIN groups owner_group ON owner_group.id = t.assignee_group_id
    ORDER BY ${pageRequest.direction === 'older' ? Prisma.sql`at DESC, t.number DESC` : Prisma.sql`at, t.number`}`,
  )
  return slice(z.array(listRow).parse(rows), pageRequest)
}

/** How many tickets there are in each state, up to {@link COUNT_LIMIT} + 1. */
export async function countByStatus(
  db: Pick<Database, 'pool'>,
  request: ListRequest & { statuses: readonly TicketStatus[] },
): Promise<Map<TicketStatus, number>> {
  const counts = request.statuses.map(status => {
    const arms = branches(within(request.clauses, request.filters.areaId)).map(
      branch => Prisma.sql`(SELECT number FROM tickets t WHERE t.status = ${status}::ticket_status
        AND ${branch} AND ${filterSql(request.filters, request.zone)} LIMIT ${COUNT_LIMIT + 1})`,
    )
    const found = arms.length > 0 ? Prisma.join(arms, ' UNION ') : Prisma.sql`SELECT NULL WHERE false`
    return Prisma.sql`SELECT ${status} AS status,
      (SELECT count(*)::int FROM (SELECT FROM (${found}) arm LIMIT ${COUNT_LIMIT + 1}) bounded) AS count`
  })
  const rows = await run(db, Prisma.join(counts, ' UNION ALL '))
  const row = z.object({ status: z.enum(TicketStatus), count: z.number() })
  return new Map(rows.map(found => row.parse(found)).map(({ status, count }) => [status, count]))
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
  return direction === 'older' ? Prisma.sql`(created_at, number) < ${key}` : Prisma.sql`(created_at, number) > ${key}`
}

const orderOf = ({ direction }: PageRequest) =>
  direction === 'older' ? Prisma.sql`created_at DESC, number DESC` : Prisma.sql`created_at, number`

/** What waits: how many tickets match, each count up to `limit` + 1. */
export async function countEach<Name extends string>(
  db: Pick<Database, 'pool'>,
  what: Record<Name, { clauses: readonly Clause[]; condition: Prisma.Sql }>,
  limit: number,
): Promise<Record<Name, number>> {
  const counts = Object.entries<{ clauses: readonly Clause[]; condition: Prisma.Sql }>(what).map(
    ([name, { clauses, condition }]) => {
      const arms = branches(clauses).map(
        branch => Prisma.sql`(SELECT number FROM tickets t WHERE ${branch} AND ${condition} LIMIT ${limit + 1})`,
      )
      const found = arms.length > 0 ? Prisma.join(arms, ' UNION ') : Prisma.sql`SELECT NULL WHERE false`
      return Prisma.sql`SELECT ${name} AS name,
        (SELECT count(*)::int FROM (SELECT FROM (${found}) arm LIMIT ${limit + 1}) bounded) AS count`
    },
  )
  const rows = z
    .array(z.object({ name: z.string(), count: z.number() }))
    .parse(await run(db, Prisma.join(counts, ' UNION ALL ')))
  return Object.fromEntries(rows.map(({ name, count }) => [name, count])) as Record<Name, number>
}

async function run(db: Pick<Database, 'pool'>, query: Prisma.Sql): Promise<unknown[]> {
  const { rows } = await db.pool.query({ text: query.text, values: query.values })
  return rows
}
