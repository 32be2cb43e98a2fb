import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { Role, UserKind } from '../generated/prisma/enums.ts'
import { effectivePermissions, type Override } from '../permissions/catalog.ts'
import type { Database, Transaction } from '../platform/db.ts'
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

/** Selects an active person with all that is in effect for him. @param id an expression of SQL, never a value */
export const viewerSql = (id: string) => `SELECT u.id, u.name, coalesce(u.email, '') AS email, u.role, u.kind, u.locale,
    ARRAY(SELECT area_id FROM area_members WHERE user_id = u.id ORDER BY 1) AS "areaIds",
    ARRAY(SELECT g.id FROM group_members m JOIN groups g ON g.id = m.group_id
      WHERE m.user_id = u.id AND g.active ORDER BY 1) AS "groupIds",
    coalesce((SELECT json_agg(json_build_object('permission', permission, 'effect', effect))
      FROM user_permissions WHERE user_id = u.id), '[]') AS overrides
    FROM users u WHERE u.id = ${id} AND u.active`

/** @param row what {@link viewerSql} selects */
export const viewerOf = (row: unknown): Viewer => personalized(row).viewer

const VIEWER = { name: 'viewer', text: viewerSql('$1') }

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
  return rows[0] ? personalized(rows[0]) : null
}

/** Who somebody is as a transaction sees him, which may have waited since the request began. */
export async function findViewerIn(tx: Transaction, id: number): Promise<Viewer | null> {
  const [row] = await tx.$queryRaw<unknown[]>(new Prisma.Sql(VIEWER.text.split('$1'), [id]))
  return row ? viewerOf(row) : null
}

function personalized(row: unknown): { viewer: Viewer; overrides: Override[] } {
  const { overrides, ...person } = viewerRow.parse(row)
  return { viewer: withOverrides(person, overrides), overrides }
}

/** The person as he would be with these permissions on top of his role. */
export function withOverrides(person: Omit<Viewer, 'permissions'>, overrides: readonly Override[]): Viewer {
  return { ...person, permissions: effectivePermissions(person.role, overrides) }
}
