import { Prisma } from '../generated/prisma/client.ts'
import { documentsSql, label, TICKET_OF_HIT, type Wanted } from '../search/language/documents.ts'
import { type Filters, filterSql, within } from './filters.ts'
import { type Clause, visibleSql } from './visibility.ts'

// A list that is narrowed to words is read from their index, which knows everything else that it may be narrowed to, too.

/** A list in all its states. */
interface List {
  clauses: readonly Clause[]
  filters: Filters
  /** IANA zone in which days begin. */
  zone: string
}

/** A part of such a list. */
interface Part extends Pick<Wanted, 'newerThan' | 'olderThan' | 'oldestFirst' | 'most'> {
  /** A value of ticket_status; null for every state. */
  status: Prisma.Sql | null
}

/** The tickets of a list that have the words, up to `most`. @returns what follows FROM, `tickets t` with it, and WHERE */
export function foundSql({ clauses, filters, zone }: List, part: Part) {
  const { search, from, to, ...others } = filters
  if (!search) throw new Error('The list is not narrowed to words')
  const { status, newerThan, olderThan, oldestFirst, most } = part
  const reasons = within(clauses, filters.areaId)
  const documents = documentsSql({
    words: search.question,
    clauses: reasons,
    inside: search.internal ? [{ by: 'all' }] : [],
    required: [...requiredOf(others), ...(status ? [label('status', status)] : [])],
    newerThan: newerThan ?? (from ? { createdAt: dayIn(from, zone, 0), number: 0 } : null),
    olderThan: olderThan ?? (to ? { createdAt: dayIn(to, zone, 1), number: 0 } : null),
    oldestFirst,
    most,
    effort: null,
  })
  const conditions = [
    visibleSql(reasons),
    filterSql({ ...filters, search: undefined }, zone),
    ...(status ? [Prisma.sql`t.status = ${status}`] : []),
  ]
  return { from: Prisma.sql`${documents} hit ${TICKET_OF_HIT}`, where: Prisma.join(conditions, ' AND ') }
}

/** The beginning of a day, or of one after it. */
const dayIn = (day: string, zone: string, later: number) =>
  Prisma.sql`(${day}::date + ${later}::int)::timestamp AT TIME ZONE ${zone}`

function requiredOf({ areaId, categoryId, kind, priority, owner, impeded }: Filters): Prisma.Sql[] {
  return [
    ...(areaId === undefined ? [] : [label('area', areaId)]),
    ...(categoryId === undefined ? [] : [label('category', categoryId)]),
    ...(kind ? [label('kind', Prisma.sql`${kind}::category_kind`)] : []),
    ...(priority ? [label('priority', Prisma.sql`${priority}::priority`)] : []),
    ...(owner ? [ownerLabel(owner)] : []),
    ...(impeded ? [label('impeded', 1)] : []),
  ]
}

function ownerLabel(owner: NonNullable<Filters['owner']>): Prisma.Sql {
  if (owner === 'nobody') return label('assignee', 0)
  return 'person' in owner ? label('assignee', owner.person) : label('assigneeGroup', owner.group)
}
