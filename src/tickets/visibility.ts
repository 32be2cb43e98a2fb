import { Prisma } from '../generated/prisma/client.ts'
import type { Viewer } from '../web/access.ts'

// Which tickets somebody sees: the one predicate for lists, details, counts, search, exports, files and jobs.
// Each clause is one column, or the ticket's attendants, and a list of ids, so that a list can run one index-backed branch per
// clause and id.

/** One reason for which a ticket is visible. */
export type Clause =
  | { by: 'all' }
  | { by: 'area' | 'assignee' | 'assigneeGroup' | 'requester' | 'creator' | 'attendant'; ids: readonly number[] }

type Column = Exclude<Clause['by'], 'all' | 'attendant'>

const COLUMNS: Record<Column, Prisma.Sql> = {
  area: Prisma.sql`t.area_id`,
  assignee: Prisma.sql`t.assignee_id`,
  assigneeGroup: Prisma.sql`t.assignee_group_id`,
  requester: Prisma.sql`t.requester_id`,
  creator: Prisma.sql`t.creator_id`,
}

/** The tickets that somebody works on: those in his charge, and those that he attended. Never a Usuario's. */
export function workOf(viewer: Viewer): Clause[] {
  const attended = viewer.permissions.has('tickets.ver_asignados') ? [attendedBy(viewer)] : []
  return viewer.permissions.has('tickets.ver_todos') ? [{ by: 'all' }] : [...inChargeOf(viewer), ...attended]
}

/** The tickets in somebody's charge now: all, those of his areas, his own and his groups'. */
export function inChargeOf(viewer: Viewer): Clause[] {
  const { permissions } = viewer
  if (permissions.has('tickets.ver_todos')) return [{ by: 'all' }]
  return [...areaOf(viewer), ...(permissions.has('tickets.ver_asignados') ? assignedTo(viewer) : [])]
}

/** The tickets in whose bitácora a person wrote as staff; he keeps seeing them, whoever has them now. */
export const attendedBy = (viewer: Viewer): Clause => ({ by: 'attendant', ids: [viewer.id] })

/** The tickets that a person supervises, for the page Tickets. */
export function supervisedBy(viewer: Viewer): Clause[] {
  return viewer.permissions.has('tickets.ver_todos') ? [{ by: 'all' }] : areaOf(viewer)
}

/** The tickets that wait for a person or for a group of his, for the page Asignados. */
export function assignedTo(viewer: Viewer): Clause[] {
  return [
    { by: 'assignee', ids: [viewer.id] },
    { by: 'assigneeGroup', ids: viewer.groupIds },
  ]
}

/** The tickets that a person asked for or wrote down for somebody, for the page Mis tickets. */
export function requestedBy(viewer: Viewer): Clause[] {
  return [
    { by: 'requester', ids: [viewer.id] },
    { by: 'creator', ids: [viewer.id] },
  ]
}

/** Everything that a person sees. */
export function visibleTo(viewer: Viewer): Clause[] {
  return [...workOf(viewer), ...requestedBy(viewer)]
}

function areaOf(viewer: Viewer): Clause[] {
  return viewer.permissions.has('tickets.ver_area') ? [{ by: 'area', ids: viewer.areaIds }] : []
}

/** The columns of a ticket that visibility depends on. */
export interface TicketColumns {
  areaId: number
  assigneeId: number | null
  assigneeGroupId: number | null
  requesterId: number
  creatorId: number
  attendantIds: readonly number[]
}

/** The clauses as a pure function of one ticket. */
export function sees(clauses: readonly Clause[], ticket: TicketColumns): boolean {
  return clauses.some(clause => {
    if (clause.by === 'all') return true
    if (clause.by === 'attendant') return ticket.attendantIds.some(id => clause.ids.includes(id))
    const value = ticket[`${clause.by}Id`]
    return value !== null && clause.ids.includes(value)
  })
}

/** The clauses as a condition on `tickets t`. For one row at a time; a list uses {@link branches}. */
export function visibleSql(clauses: readonly Clause[]): Prisma.Sql {
  if (clauses.some(clause => clause.by === 'all')) return Prisma.sql`true`
  const conditions = clauses.flatMap(clause =>
    clause.by === 'all' || clause.ids.length === 0
      ? []
      : [clauseSql(clause.by, Prisma.sql`= ANY(${[...clause.ids]}::int[])`)],
  )
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(conditions, ' OR ')})`
}

/**
 * One condition per clause and id; none when nothing is visible. Those on a column are each answered by one index in list
 * order; what somebody attended has an order of its own.
 */
export function branches(clauses: readonly Clause[]): Prisma.Sql[] {
  if (clauses.some(clause => clause.by === 'all')) return [Prisma.sql`true`]
  return clauses.flatMap(clause =>
    clause.by === 'all' ? [] : clause.ids.map(value => clauseSql(clause.by, Prisma.sql`= ${value}`)),
  )
}

/** One clause as a condition on `tickets t`. @param matches what its ids are compared with, such as `= 7` */
export const clauseSql = (by: Column | 'attendant', matches: Prisma.Sql): Prisma.Sql =>
  by === 'attendant'
    ? Prisma.sql`EXISTS (SELECT FROM ticket_attendants WHERE ticket_number = t.number AND user_id ${matches})`
    : Prisma.sql`${COLUMNS[by]} ${matches}`
