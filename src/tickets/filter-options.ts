import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, type TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { countsByStatusSql, statusCounts } from './counts.ts'
import type { ListRequest } from './list-places.ts'

const named = z.object({ id: z.number(), name: z.string() })
const options = z.object({
  areas: z.array(named),
  categories: z.array(named.extend({ areaId: z.number(), kind: z.enum(CategoryKind) })),
  people: z.array(named),
  groups: z.array(named),
})

/** What the filters of a list offer. */
export type FilterOptions = z.infer<typeof options>

/** Areas, categories and owners of what the person supervises, as a select list. */
const optionColumns = Prisma.sql`
  (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY name), '[]') FROM reach) AS areas,
  (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'areaId', c.area_id, 'kind', c.kind)
      ORDER BY reach.name, c.kind, c.name), '[]')
    FROM categories c JOIN reach ON reach.id = c.area_id) AS categories,
  (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name), '[]')
    FROM users u WHERE u.role <> 'USUARIO'
      AND EXISTS (SELECT FROM area_members m JOIN reach ON reach.id = m.area_id WHERE m.user_id = u.id)) AS people,
  (SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name), '[]')
    FROM groups g JOIN reach ON reach.id = g.area_id) AS groups`

const reachOf = (viewer: Viewer) =>
  viewer.permissions.has('tickets.ver_todos')
    ? Prisma.sql`SELECT id, name FROM areas`
    : Prisma.sql`SELECT id, name FROM areas WHERE id = ANY(${[...viewer.areaIds]}::int[])`

/** What the filters of a list offer to a person. */
export async function filterOptions(db: Pick<Database, 'pool'>, viewer: Viewer): Promise<FilterOptions> {
  const rows = await select(db, Prisma.sql`WITH reach AS (${reachOf(viewer)}) SELECT ${optionColumns}`)
  return options.parse(rows[0])
}

/** The same with the counts of a list's tabs: one statement, for lists are the pages that people open most. */
export async function optionsAndCounts<Status extends TicketStatus>(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  request: Pick<ListRequest, 'clauses' | 'filters' | 'zone'> & { statuses: readonly Status[] },
): Promise<{ options: FilterOptions; counts: Record<Status, number> }> {
  const rows = await select(
    db,
    Prisma.sql`WITH reach AS (${reachOf(viewer)})
      SELECT ${optionColumns}, ${countsByStatusSql(request)} AS counts`,
  )
  const counted = z.object({ counts: statusCounts(request.statuses) })
  return { options: options.parse(rows[0]), counts: counted.parse(rows[0]).counts }
}
