import { Prisma } from '../generated/prisma/client.ts'
import type { TicketStatus } from '../generated/prisma/enums.ts'
import type { PageRequest } from '../web/listing.ts'
import { type Filters, filterSql, within } from './filters.ts'
import { foundSql } from './found-tickets.ts'
import { type OrderSql, orderSql, type Place, type Sort } from './list-order.ts'
import { type Clause, clauseSql } from './visibility.ts'

/** Which tickets a list shows, and in which order. */
export interface ListRequest {
  clauses: readonly Clause[]
  /** Null for every state at once. */
  statuses: readonly TicketStatus[] | null
  filters: Filters
  sort: Sort
  /** IANA zone in which days begin. */
  zone: string
  now: Date
}

/**
 * The places of the tickets of a list, in its order and as many as asked for. One arm per clause, run for each id and state:
 * each run is a prefix of one index, read in order and left after `limit` rows. An arm costs the planner the same for any
 * number of ids.
 * @param options complete: narrowed to words, still every ticket in whichever order, however long that takes
 */
export function placesSql(
  request: ListRequest,
  page: PageRequest<Place>,
  limit: number,
  { complete = false } = {},
): Prisma.Sql {
  const order = orderSql(request.sort, page)
  if (request.filters.search && !complete) return foundPlacesSql(request, page, order, limit)
  const arms = within(request.clauses, request.filters.areaId)
    .filter(clause => clause.by === 'all' || clause.ids.length > 0)
    .map(clause => armSql(clause, request, order, limit))
  const found = arms.length > 0 ? Prisma.join(arms, ' UNION ') : NOTHING
  return Prisma.sql`SELECT * FROM (${found}) found ORDER BY ${order.outer} LIMIT ${limit}`
}

/** Narrowed to words, other orders than that of time are those of so many of the newest. */
export const MOST_ORDERED = 1000

export const isByTime = ({ time, byPriority }: Sort) => time === 'created' && !byPriority

function foundPlacesSql(request: ListRequest, { direction, from }: PageRequest<Place>, order: OrderSql, limit: number) {
  const { sort, statuses, clauses } = request
  const oldestFirst = sort.descending !== (direction === 'forward')
  const place = from && { createdAt: from.at, number: from.number }
  const part = isByTime(sort)
    ? { oldestFirst, most: limit, ...(oldestFirst ? { newerThan: place } : { olderThan: place }) }
    : { most: MOST_ORDERED }
  const found = foundSql(request, { ...part, status: statuses && Prisma.sql`one_of.status` })
  const states = statuses && Prisma.sql`(VALUES ${rowsOf(statuses, STATUS)}) AS one_of(status) CROSS JOIN LATERAL`
  const attendants = clauses.flatMap(clause => (clause.by === 'attendant' ? clause.ids : []))
  const attended = Prisma.sql`JOIN ticket_attendants a ON a.ticket_number = t.number AND a.user_id = ANY(${attendants}::int[])`
  return Prisma.sql`SELECT ${order.columns} FROM ${states ?? Prisma.empty} ${found.from}
    ${sort.time === 'attended' ? attended : Prisma.empty}
    WHERE ${found.where} AND ${order.beyond} ORDER BY ${order.inner} LIMIT ${limit}`
}

const NOTHING = Prisma.sql`SELECT 0 AS number, now() AS at, 'BAJA'::priority AS rank WHERE false`

function armSql(clause: Clause, { statuses, filters, sort, zone }: ListRequest, order: OrderSql, limit: number) {
  const runs = [
    ...(clause.by === 'all' ? [] : [Prisma.sql`(VALUES ${rowsOf(clause.ids, INTEGER)}) AS one(id)`]),
    ...(statuses ? [Prisma.sql`(VALUES ${rowsOf(statuses, STATUS)}) AS one_of(status)`] : []),
  ]
  const conditions = [
    clauseOf(clause, sort),
    ...(statuses ? [Prisma.sql`t.status = one_of.status`] : []),
    filterSql(filters, zone),
    order.beyond,
  ]
  const run = Prisma.sql`(SELECT ${order.columns} FROM ${SOURCES[sort.time]} WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY ${order.inner} LIMIT ${limit})`
  if (runs.length === 0) return run
  return Prisma.sql`(SELECT run.* FROM ${Prisma.join(runs, ' CROSS JOIN ')} CROSS JOIN LATERAL ${run} run)`
}

const INTEGER = Prisma.sql`int`
const STATUS = Prisma.sql`ticket_status`

/** Rows rather than an array, of which a plan for all values would not know how many it has. */
const rowsOf = (values: readonly (number | string)[], type: Prisma.Sql) =>
  Prisma.join(values.map(value => Prisma.sql`(${value}::${type})`))

const TICKETS = Prisma.sql`tickets t`
const SOURCES: Record<Sort['time'], Prisma.Sql> = {
  created: TICKETS,
  activity: TICKETS,
  attended: Prisma.sql`ticket_attendants a JOIN tickets t ON t.number = a.ticket_number`,
}

function clauseOf({ by }: Clause, { time }: Sort): Prisma.Sql {
  if (by === 'all') return Prisma.sql`true`
  // The order goes by when he did, so the table that says it is read along with the tickets.
  if (by === 'attendant' && time === 'attended') return Prisma.sql`a.user_id = one.id`
  return clauseSql(by, Prisma.sql`= one.id`)
}
