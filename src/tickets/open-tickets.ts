import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { TicketStatus } from '../generated/prisma/enums.ts'
import type { Transaction } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { boundedCount } from '../web/format.ts'
import { withQuery } from '../web/listing.ts'
import { statusSlugs } from './filters.ts'
import { paths } from './paths.ts'
import { supervisedBy } from './visibility.ts'

/** Open tickets are counted no further than this. */
const LIMIT = 1000

/** Whose open tickets: an area's, a group's, or those that a person has in an area. */
export type Whose = { areaId: number } | { areaId: number; groupId: number } | { areaId: number; personId: number }

/** How many open tickets there are, and a state that some of them are in; null when there are none. */
export type OpenTickets = { count: number; status: TicketStatus } | null

const found = z.object({ status: z.enum(TicketStatus), count: z.number() })

export async function countOpenTickets(tx: Pick<Transaction, '$queryRaw'>, whose: Whose): Promise<OpenTickets> {
  const counts = (['REGISTRADO', 'ASIGNADO', 'EN_PROCESO'] as const).map(
    status => Prisma.sql`SELECT ${status} AS status, (SELECT count(*)::int FROM (SELECT FROM tickets t
      WHERE ${conditionOf(whose)} AND t.status = ${status}::ticket_status LIMIT ${LIMIT + 1}) bounded) AS count`,
  )
  const rows = await tx.$queryRaw<unknown[]>(Prisma.join(counts, ' UNION ALL '))
  const present = z
    .array(found)
    .parse(rows)
    .filter(({ count }) => count > 0)
  const count = present.reduce((sum, each) => sum + each.count, 0)
  return present[0] ? { count, status: present[0].status } : null
}

function conditionOf(whose: Whose): Prisma.Sql {
  if ('groupId' in whose) return Prisma.sql`t.assignee_group_id = ${whose.groupId}`
  if ('personId' in whose) return Prisma.sql`t.area_id = ${whose.areaId} AND t.assignee_id = ${whose.personId}`
  return Prisma.sql`t.area_id = ${whose.areaId}`
}

/** "1 ticket abierto", "1000+ tickets abiertos" */
export const spokenOpenTickets = ({ count }: NonNullable<OpenTickets>): string =>
  `${boundedCount(count, LIMIT)} ${count === 1 ? 'ticket abierto' : 'tickets abiertos'}`

/** The list in which somebody finds them; null for whoever does not supervise the area. */
export function openTicketsLink(viewer: Viewer, whose: Whose, { status }: NonNullable<OpenTickets>) {
  const supervises = supervisedBy(viewer).some(
    clause => clause.by === 'all' || (clause.by === 'area' && clause.ids.includes(whose.areaId)),
  )
  if (!supervises) return null
  const owner =
    'groupId' in whose ? `grupo:${whose.groupId}` : 'personId' in whose ? `persona:${whose.personId}` : undefined
  const query = { estado: statusSlugs[status], area: whose.areaId, responsable: owner }
  return { label: 'Ver los tickets', href: withQuery(paths.tickets, query) }
}
