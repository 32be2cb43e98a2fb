import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import type { CategoryKind, TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { type Filters, filterSql, within } from './filters.ts'
import { foundSql } from './found-tickets.ts'
import type { ListRequest } from './list-places.ts'
import { assignedTo, branches, type Clause, inChargeOf, supervisedBy, visibleSql, visibleTo } from './visibility.ts'

// No count is followed to its end: it costs what its limit costs, not what the table holds.

/** Counts stop here: "1000+". */
export const COUNT_LIMIT = 1000
/** Of what has some words each ticket is read for its count. */
const FOUND_LIMIT = 250

/** How far the tickets of a list are counted. */
export const limitOf = ({ search }: Pick<Filters, 'search'>): number => (search ? FOUND_LIMIT : COUNT_LIMIT)

/** How many tickets of a list there are in each of its states, up to {@link limitOf} + 1. @returns an expression */
export function countsByStatusSql({
  clauses,
  filters,
  zone,
  statuses,
}: Pick<ListRequest, 'clauses' | 'filters' | 'zone'> & { statuses: readonly TicketStatus[] }): Prisma.Sql {
  if (filters.search) return foundCountsSql({ clauses, filters, zone, statuses })
  const { kind, ...others } = filters
  const supervised = within(clauses, filters.areaId)
  const tickets = (status: TicketStatus): Tickets => {
    const condition = Prisma.sql`t.status = ${status}::ticket_status AND ${filterSql(kind ? others : filters, zone)}`
    return { clauses: supervised, condition, ...(kind && { kind }) }
  }
  return countsSql(new Map(statuses.map(status => [status, tickets(status)])), limitOf(filters))
}

function foundCountsSql({ statuses, ...list }: Parameters<typeof countsByStatusSql>[0]): Prisma.Sql {
  const counts = statuses.map(status => {
    const found = foundSql(list, { status: Prisma.sql`${status}::ticket_status`, most: limitOf(list.filters) + 1 })
    return Prisma.sql`${status}::text, (SELECT count(*)::int FROM ${found.from} WHERE ${found.where})`
  })
  return Prisma.sql`json_build_object(${Prisma.join(counts)})`
}

/** How many tickets wait for a person of the staff, each count up to `limit` + 1. @returns an expression */
export function waitingSql(viewer: Viewer, limit: number): Prisma.Sql {
  const what = new Map<keyof z.infer<typeof waitingCounts>, Tickets>([
    ['registered', { clauses: supervisedBy(viewer), condition: Prisma.sql`t.status = 'REGISTRADO'` }],
    ['assigned', { clauses: assignedTo(viewer), condition: ATTENDED }],
    ['impeded', { clauses: inChargeOf(viewer), condition: Prisma.sql`t.impeded_at IS NOT NULL` }],
  ])
  return countsSql(what, limit)
}

/** How many tickets one person sees and another does not, up to {@link COUNT_LIMIT} + 1. */
export async function countSeenOnlyBy(db: Pick<Database, 'pool'>, one: Viewer, other: Viewer): Promise<number> {
  const others = visibleTo(other)
  // What both see for the same reason is not looked through.
  const clauses = visibleTo(one).filter(clause => !others.some(each => isDeepStrictEqual(each, clause)))
  const condition = Prisma.sql`${visibleSql(others)} IS NOT TRUE`
  const counts = countsSql(new Map([['only', { clauses, condition }]]), COUNT_LIMIT)
  return onlyCount.parse(await select(db, Prisma.sql`SELECT ${counts} AS counts`))[0].counts.only
}

const onlyCount = z.tuple([z.object({ counts: z.object({ only: z.number() }) })])

const ATTENDED = Prisma.sql`t.status IN ('ASIGNADO', 'EN_PROCESO')`

interface Tickets {
  clauses: readonly Clause[]
  /** On `tickets t`. */
  condition: Prisma.Sql
  /** Only of this kind. */
  kind?: CategoryKind
}

/** An object of counts by name. */
function countsSql(what: ReadonlyMap<string, Tickets>, limit: number): Prisma.Sql {
  const counts = [...what].map(([name, tickets]) => {
    const arms = branches(tickets.clauses).map(branch => armSql(branch, tickets, limit + 1))
    // Only tickets that are seen for several reasons could be found twice.
    const union = tickets.clauses.length > 1 ? ' UNION ' : ' UNION ALL '
    const found = arms.length > 0 ? Prisma.join(arms, union) : Prisma.sql`SELECT NULL WHERE false`
    return Prisma.sql`${name}::text, (SELECT count(*)::int FROM (SELECT FROM (${found}) arm LIMIT ${limit + 1}) bounded)`
  })
  return Prisma.sql`json_build_object(${Prisma.join(counts)})`
}

/** A kind is that of the categories, each of which has an index in which nothing has to be passed over. */
function armSql(branch: Prisma.Sql, { condition, kind }: Tickets, most: number): Prisma.Sql {
  if (!kind) return Prisma.sql`(SELECT number FROM tickets t WHERE ${branch} AND ${condition} LIMIT ${most})`
  return Prisma.sql`(SELECT found.number FROM categories category
    CROSS JOIN LATERAL (SELECT t.number FROM tickets t
      WHERE t.category_id = category.id AND ${branch} AND ${condition} LIMIT ${most}) found
    WHERE category.kind = ${kind}::category_kind LIMIT ${most})`
}

/** What {@link waitingSql} selects. */
export const waitingCounts = z.object({ registered: z.number(), assigned: z.number(), impeded: z.number() })

/** What {@link countsByStatusSql} selects for these states. */
export const statusCounts = <Status extends TicketStatus>(statuses: readonly Status[]) =>
  z.record(z.enum(statuses), z.number())
