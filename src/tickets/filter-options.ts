import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, type TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, glance, select } from '../platform/db.ts'
import { remembered } from '../platform/remembered.ts'
import type { Viewer } from '../web/access.ts'
import { countsByStatusSql, statusCounts } from './counts.ts'
import { type Filters, isQuick } from './filters.ts'
import type { ListRequest } from './list-places.ts'

// What the filters of a list offer: never more than a person looks through, however large the organisation is. Where there is more,
// an area has to be chosen first; what is chosen already is offered in any case.

/** So many categories, people or groups are offered at once. */
export const MOST_CHOICES = 60

const named = z.object({ id: z.number(), name: z.string() })
const category = named.extend({ areaId: z.number(), kind: z.enum(CategoryKind) })
const offered = z.object({
  areas: z.array(named),
  categories: z.array(category),
  people: z.array(named),
  groups: z.array(named),
  chosenCategory: category.nullable(),
  chosenPerson: named.nullable(),
  chosenGroup: named.nullable(),
})

/** Some of what can be chosen from, and whether there is more. */
export interface Choices<T> {
  shown: readonly T[]
  more: boolean
}

/** What the filters of a list offer. */
export interface FilterOptions {
  areas: readonly z.infer<typeof named>[]
  categories: Choices<z.infer<typeof category>>
  people: Choices<z.infer<typeof named>>
  groups: Choices<z.infer<typeof named>>
}

type Chosen = Pick<Filters, 'areaId' | 'categoryId' | 'owner'>

/** Areas, categories and owners of what the person supervises, as one JSON text. */
function optionsSql(viewer: Viewer, { areaId, categoryId, owner }: Chosen): Prisma.Sql {
  const person = typeof owner === 'object' && 'person' in owner ? owner.person : null
  const group = typeof owner === 'object' && 'group' in owner ? owner.group : null
  const near = areaId === undefined ? Prisma.sql`reach` : Prisma.sql`(SELECT * FROM reach WHERE id = ${areaId})`
  const members = (areas: Prisma.Sql) => Prisma.sql`SELECT u.id, u.name FROM users u WHERE u.role <> 'USUARIO'
    AND u.id IN (SELECT m.user_id FROM area_members m JOIN ${areas} near ON near.id = m.area_id)`
  const groups = (areas: Prisma.Sql) =>
    Prisma.sql`SELECT g.id, g.name FROM groups g JOIN ${areas} near ON near.id = g.area_id`
  const categories = (areas: Prisma.Sql) => Prisma.sql`SELECT c.id, c.name, c.area_id AS "areaId", c.kind
    FROM categories c JOIN ${areas} near ON near.id = c.area_id`
  return Prisma.sql`(WITH reach AS (${reachOf(viewer)}) SELECT json_build_object(
    'areas', ${listSql(Prisma.sql`SELECT id, name FROM reach ORDER BY name`)},
    'categories', ${listSql(Prisma.sql`${categories(near)} ORDER BY near.name, c.kind, c.name LIMIT ${MOST_CHOICES + 1}`)},
    'people', ${listSql(Prisma.sql`${members(near)} ORDER BY u.name LIMIT ${MOST_CHOICES + 1}`)},
    'groups', ${listSql(Prisma.sql`${groups(near)} ORDER BY g.name LIMIT ${MOST_CHOICES + 1}`)},
    'chosenCategory', ${oneSql(categoryId, id => Prisma.sql`${categories(Prisma.sql`reach`)} WHERE c.id = ${id}`)},
    'chosenPerson', ${oneSql(person, id => Prisma.sql`${members(Prisma.sql`reach`)} AND u.id = ${id}`)},
    'chosenGroup', ${oneSql(group, id => Prisma.sql`${groups(Prisma.sql`reach`)} WHERE g.id = ${id}`)})::text)`
}

const listSql = (rows: Prisma.Sql) => Prisma.sql`(SELECT coalesce(json_agg(choice), '[]') FROM (${rows}) choice)`

const oneSql = (id: number | null | undefined, row: (id: number) => Prisma.Sql) =>
  typeof id === 'number' ? Prisma.sql`(SELECT to_json(choice) FROM (${row(id)}) choice)` : Prisma.sql`NULL`

const reachOf = (viewer: Viewer) =>
  viewer.permissions.has('tickets.ver_todos')
    ? Prisma.sql`SELECT id, name FROM areas`
    : Prisma.sql`SELECT id, name FROM areas WHERE id = ANY(${[...viewer.areaIds]}::int[])`

const optionsOf = remembered(200, (text: string): FilterOptions => {
  const { areas, categories, people, groups, ...chosen } = offered.parse(JSON.parse(text))
  return {
    areas,
    categories: choices(categories, chosen.chosenCategory),
    people: choices(people, chosen.chosenPerson),
    groups: choices(groups, chosen.chosenGroup),
  }
})

function choices<T extends { id: number }>(found: T[], chosen: T | null): Choices<T> {
  const more = found.length > MOST_CHOICES
  const shown = more ? [] : found
  return { shown: chosen && !shown.some(({ id }) => id === chosen.id) ? [...shown, chosen] : shown, more }
}

/** What the filters of a list offer to a person who has chosen something already. */
export async function filterOptions(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  chosen: Chosen,
): Promise<FilterOptions> {
  const [row] = await glance(db, Prisma.sql`SELECT ${optionsSql(viewer, chosen)} AS options`)
  return optionsOf(z.object({ options: z.string() }).parse(row).options)
}

/** The same with the counts of a list's tabs: one statement, for lists are the pages that people open most. */
export async function optionsAndCounts<Status extends TicketStatus>(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  request: Pick<ListRequest, 'clauses' | 'filters' | 'zone'> & { statuses: readonly Status[] },
): Promise<{ options: FilterOptions; counts: Record<Status, number> }> {
  const sql = Prisma.sql`SELECT ${optionsSql(viewer, request.filters)} AS options, ${countsByStatusSql(request)} AS counts`
  const [row] = isQuick(request.filters) ? await glance(db, sql) : await select(db, sql)
  const read = z.object({ options: z.string(), counts: statusCounts(request.statuses) }).parse(row)
  return { options: optionsOf(read.options), counts: read.counts as Record<Status, number> }
}
