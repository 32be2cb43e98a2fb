import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import type { TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { filterSql, planned, within } from './filters.ts'
import type { ListRequest } from './list-places.ts'
import { assignedTo, branches, type Clause, inChargeOf, supervisedBy, visibleSql, visibleTo } from './visibility.ts'

// No count is followed to its end: it costs what its limit costs, not what the table holds.

/** Counts stop here: "1000+". */
export const COUNT_LIMIT = 1000

/** How many tickets of a list there are in each of its states, up to {@link COUNT_LIMIT} + 1. */
export function countByStatus<Status extends TicketStatus>(
  db: Pick<Database, 'pool'>,
  { clauses, filters, zone, statuses }: Omit<ListRequest, 'statuses' | 'sort'> & { statuses: readonly Status[] },
): Promise<Record<Status, number>> {
  const tickets = (status: Status): Tickets => ({
    clauses: within(clauses, filters.areaId),
    condition: Prisma.sql`t.status = ${status}::ticket_status AND ${filterSql(filters, zone)}`,
  })
  return countEach(db, new Map(statuses.map(status => [status, tickets(status)])), COUNT_LIMIT, planned(filters))
}

/** How many tickets wait for a person of the staff, each count up to `limit` + 1. */
export function countWaiting(db: Pick<Database, 'pool'>, viewer: Viewer, limit: number) {
  const what = new Map<'registered' | 'assigned' | 'impeded', Tickets>([
    ['registered', { clauses: supervisedBy(viewer), condition: Prisma.sql`t.status = 'REGISTRADO'` }],
    ['assigned', { clauses: assignedTo(viewer), condition: ATTENDED }],
    ['impeded', { clauses: inChargeOf(viewer), condition: Prisma.sql`t.impeded_at IS NOT NULL` }],
  ])
  return countEach(db, what, limit)
}

/** How many tickets one person sees and another does not, up to {@link COUNT_LIMIT} + 1. */
export async function countSeenOnlyBy(db: Pick<Database, 'pool'>, one: Viewer, other: Viewer): Promise<number> {
  const others = visibleTo(other)
  // What both see for the same reason is not looked through.
  const clauses = visibleTo(one).filter(clause => !others.some(each => isDeepStrictEqual(each, clause)))
  const condition = Prisma.sql`${visibleSql(others)} IS NOT TRUE`
  return (await countEach(db, new Map([['only' as const, { clauses, condition }]]), COUNT_LIMIT)).only
}

const ATTENDED = Prisma.sql`t.status IN ('ASIGNADO', 'EN_PROCESO')`

interface Tickets {
  clauses: readonly Clause[]
  /** On `tickets t`. */
  condition: Prisma.Sql
}

async function countEach<Name extends string>(
  db: Pick<Database, 'pool'>,
  what: ReadonlyMap<Name, Tickets>,
  limit: number,
  options = planned({}),
): Promise<Record<Name, number>> {
  const counts = [...what].map(([name, { clauses, condition }]) => {
    const arms = branches(clauses).map(
      branch => Prisma.sql`(SELECT number FROM tickets t WHERE ${branch} AND ${condition} LIMIT ${limit + 1})`,
    )
    const found = arms.length > 0 ? Prisma.join(arms, ' UNION ') : Prisma.sql`SELECT NULL WHERE false`
    return Prisma.sql`SELECT ${name} AS name,
      (SELECT count(*)::int FROM (SELECT FROM (${found}) arm LIMIT ${limit + 1}) bounded) AS count`
  })
  const row = z.object({ name: z.string(), count: z.number() })
  const rows = z.array(row).parse(await select(db, Prisma.join(counts, ' UNION ALL '), options))
  return Object.fromEntries(rows.map(({ name, count }) => [name, count])) as Record<Name, number>
}
