import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { Role } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { type Clause, visibleSql } from '../tickets/visibility.ts'
import { NotFound } from '../web/errors.ts'
import { type NameKey, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { contains, orderByName } from '../web/listing-order.ts'

const employeeRow = z.object({
  id: z.number(),
  sortName: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(Role),
  areas: z.array(z.string()),
  granted: z.number(),
  denied: z.number(),
})

export type EmployeeRow = z.infer<typeof employeeRow>

export interface EmployeeFilters {
  /** In the name or the mail; '' for everybody. */
  search: string
  role: Role | undefined
  areaId: number | undefined
  /** Only those with something granted or denied to themselves. */
  personalized: boolean
}

/** Active employees by name, with how much was granted and denied to each. */
export async function listEmployees(
  db: Pick<Database, 'pool'>,
  { search, role, areaId, personalized }: EmployeeFilters,
  request: PageRequest<NameKey>,
): Promise<Slice<EmployeeRow>> {
  const { beyond, end } = orderByName(request, Prisma.sql`u.name`, Prisma.sql`u.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT u.id, normalized_name(u.name) AS "sortName", u.name, coalesce(u.email, '') AS email, u.role,
      ARRAY(SELECT a.name FROM area_members m JOIN areas a ON a.id = m.area_id WHERE m.user_id = u.id ORDER BY 1) AS areas,
      (SELECT count(*)::int FROM user_permissions p WHERE p.user_id = u.id AND effect = 'CONCEDER') AS granted,
      (SELECT count(*)::int FROM user_permissions p WHERE p.user_id = u.id AND effect = 'DENEGAR') AS denied
    FROM users u
    WHERE u.active AND u.role <> 'USUARIO' AND u.role <> 'ADMINISTRADOR'
      AND (${contains(Prisma.sql`u.name`, search)} OR ${contains(Prisma.sql`coalesce(u.email, '')`, search)})
      AND ${role ? Prisma.sql`u.role = ${role}::role` : Prisma.sql`true`}
      AND ${areaId ? Prisma.sql`EXISTS (SELECT FROM area_members m WHERE m.user_id = u.id AND m.area_id = ${areaId})` : Prisma.sql`true`}
      AND ${personalized ? Prisma.sql`EXISTS (SELECT FROM user_permissions p WHERE p.user_id = u.id)` : Prisma.sql`true`}
      AND ${beyond} ${end}`,
  )
  return slice(z.array(employeeRow).parse(rows), request)
}

/** What the list can be narrowed to. */
export const listAreas = ({ prisma }: Pick<Database, 'prisma'>) =>
  prisma.area.findMany({ select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })

/** Which of the clauses show a ticket, in their order. @throws NotFound when there is no such ticket */
export async function whichShow(
  db: Pick<Database, 'pool'>,
  number: number,
  clauses: readonly Clause[],
): Promise<boolean[]> {
  const shown = clauses.map(clause => Prisma.sql`${visibleSql([clause])} IS TRUE`)
  const columns = Prisma.join([Prisma.sql`true`, ...shown])
  const rows = await select(db, Prisma.sql`SELECT ARRAY[${columns}] AS shown FROM tickets t WHERE t.number = ${number}`)
  if (!rows[0]) throw new NotFound()
  return z
    .object({ shown: z.array(z.boolean()) })
    .parse(rows[0])
    .shown.slice(1)
}
