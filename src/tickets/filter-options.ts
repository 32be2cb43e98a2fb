import { z } from 'zod'
import { CategoryKind } from '../generated/prisma/enums.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'

const named = z.object({ id: z.number(), name: z.string() })
const options = z.object({
  areas: z.array(named),
  categories: z.array(named.extend({ areaId: z.number(), kind: z.enum(CategoryKind) })),
  people: z.array(named),
  groups: z.array(named),
})

/** What the filters of a list offer. */
export type FilterOptions = z.infer<typeof options>

// One statement for all of it, for lists are the pages that people open most.
const OPTIONS = {
  name: 'ticket_filter_options',
  text: `WITH reach AS (SELECT id, name FROM areas WHERE $1::int[] IS NULL OR id = ANY($1::int[]))
    SELECT
      (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY name), '[]') FROM reach) AS areas,
      (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'areaId', c.area_id, 'kind', c.kind)
          ORDER BY reach.name, c.kind, c.name), '[]')
        FROM categories c JOIN reach ON reach.id = c.area_id) AS categories,
      (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name), '[]')
        FROM users u WHERE u.role <> 'USUARIO'
          AND EXISTS (SELECT FROM area_members m JOIN reach ON reach.id = m.area_id WHERE m.user_id = u.id)) AS people,
      (SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name), '[]')
        FROM groups g JOIN reach ON reach.id = g.area_id) AS groups`,
}

/** Areas, categories and owners of what the person supervises. */
export async function filterOptions(db: Pick<Database, 'pool'>, viewer: Viewer): Promise<FilterOptions> {
  const reach = viewer.permissions.has('tickets.ver_todos') ? null : viewer.areaIds
  const { rows } = await db.pool.query({ ...OPTIONS, values: [reach] })
  return options.parse(rows[0])
}
