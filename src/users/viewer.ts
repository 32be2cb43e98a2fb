import { z } from 'zod'
import { Role, UserKind } from '../generated/prisma/enums.ts'
import { effectivePermissions, type Override } from '../permissions/catalog.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'

const viewerRow = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  role: z.enum(Role),
  kind: z.enum(UserKind).nullable(),
  areaIds: z.array(z.number()),
  groupIds: z.array(z.number()),
  locale: z.string().nullable(),
  overrides: z.array(z.object({ permission: z.string(), effect: z.enum(['CONCEDER', 'DENEGAR']) })),
})

// One statement, prepared once per connection: it runs on every request.
const VIEWER = {
  name: 'viewer',
  text: `SELECT u.id, u.name, coalesce(u.email, '') AS email, u.role, u.kind, u.locale,
    ARRAY(SELECT area_id FROM area_members WHERE user_id = u.id ORDER BY 1) AS "areaIds",
    ARRAY(SELECT g.id FROM group_members m JOIN groups g ON g.id = m.group_id
      WHERE m.user_id = u.id AND g.active ORDER BY 1) AS "groupIds",
    coalesce((SELECT json_agg(json_build_object('permission', permission, 'effect', effect))
      FROM user_permissions WHERE user_id = u.id), '[]') AS overrides
    FROM users u WHERE u.id = $1 AND u.active`,
}

/** @returns the active person with what is in effect for him now, or null */
export async function findViewer(db: Pick<Database, 'pool'>, id: number): Promise<Viewer | null> {
  return (await findPersonalized(db, id))?.viewer ?? null
}

/** The same with what was granted or denied to him on top of his role. */
export async function findPersonalized(
  db: Pick<Database, 'pool'>,
  id: number,
): Promise<{ viewer: Viewer; overrides: Override[] } | null> {
  const { rows } = await db.pool.query({ ...VIEWER, values: [id] })
  if (!rows[0]) return null
  const { overrides, ...person } = viewerRow.parse(rows[0])
  return { viewer: withOverrides(person, overrides), overrides }
}

/** The person as he would be with these permissions on top of his role. */
export function withOverrides(person: Omit<Viewer, 'permissions'>, overrides: readonly Override[]): Viewer {
  return { ...person, permissions: effectivePermissions(person.role, overrides) }
}
