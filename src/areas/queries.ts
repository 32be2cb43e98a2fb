import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { Role } from '../generated/prisma/enums.ts'
import { type Database, select, type Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type NameKey, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { contains, orderByName } from '../web/listing-order.ts'

type Pool = Pick<Database, 'pool'>

const areaRow = z.object({
  id: z.number(),
  name: z.string(),
  sortName: z.string(),
  active: z.boolean(),
  members: z.number(),
  categories: z.number(),
  groups: z.number(),
})

export interface AreaFilters {
  search: string
  /** Null for both. */
  active: boolean | null
}

/** A page of areas, by name, each with how many active people, categories and groups it has. */
export async function listAreas(db: Pool, { search, active }: AreaFilters, request: PageRequest<NameKey>) {
  const { beyond, end } = orderByName(request, Prisma.sql`a.name`, Prisma.sql`a.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT a.id, a.name, normalized_name(a.name) AS "sortName", a.active,
      (SELECT count(*)::int FROM area_members m JOIN users u ON u.id = m.user_id
        WHERE m.area_id = a.id AND u.active) AS members,
      (SELECT count(*)::int FROM categories c WHERE c.area_id = a.id AND c.active) AS categories,
      (SELECT count(*)::int FROM groups g WHERE g.area_id = a.id AND g.active) AS groups
      FROM areas a WHERE (${active}::boolean IS NULL OR a.active = ${active}) AND ${contains(Prisma.sql`a.name`, search)}
        AND ${beyond} ${end}`,
  )
  return slice(z.array(areaRow).parse(rows), request)
}

export type Area = { id: number; name: string; active: boolean; version: number }

/** @throws NotFound */
export async function getArea(tx: Pick<Transaction, 'area'>, id: number): Promise<Area> {
  const select = { id: true, name: true, active: true, version: true }
  const area = await tx.area.findUnique({ where: { id }, select })
  if (!area) throw new NotFound()
  return area
}

const employeeRow = z.object({
  id: z.number(),
  name: z.string(),
  sortName: z.string(),
  email: z.string().nullable(),
  role: z.enum(Role),
  active: z.boolean(),
})

export type Employee = z.infer<typeof employeeRow>

const memberRow = employeeRow.extend({ groups: z.array(z.string()) })

export type Member = z.infer<typeof memberRow>

const EMPLOYEE = Prisma.sql`u.id, u.name, normalized_name(u.name) AS "sortName", u.email, u.role, u.active`

const memberColumns = Prisma.sql`${EMPLOYEE}, ARRAY(SELECT g.name FROM group_members gm JOIN groups g ON g.id = gm.group_id
  WHERE gm.area_id = m.area_id AND gm.user_id = m.user_id ORDER BY g.name) AS groups`

/** A page of the people of an area, by name. */
export async function listMembers(
  db: Pool,
  areaId: number,
  search: string,
  request: PageRequest<NameKey>,
): Promise<Slice<Member>> {
  const { beyond, end } = orderByName(request, Prisma.sql`u.name`, Prisma.sql`u.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT ${memberColumns} FROM area_members m JOIN users u ON u.id = m.user_id
      WHERE m.area_id = ${areaId} AND ${contains(Prisma.sql`u.name`, search)} AND ${beyond} ${end}`,
  )
  return slice(z.array(memberRow).parse(rows), request)
}

/** @throws NotFound for somebody who is not of the area */
export async function getMember(db: Pool, areaId: number, userId: number): Promise<Member> {
  const [row] = await select(
    db,
    Prisma.sql`SELECT ${memberColumns} FROM area_members m JOIN users u ON u.id = m.user_id
      WHERE m.area_id = ${areaId} AND m.user_id = ${userId}`,
  )
  if (!row) throw new NotFound()
  return memberRow.parse(row)
}

/** No more than this many people are offered at a time. */
export const MOST_CANDIDATES = 20

/**
 * Active employees who are not of the area yet and have each of the words in their name or mail; without words the first ones.
 * @param exceptId who is not offered to himself
 * @returns at most {@link MOST_CANDIDATES}, by name, and whether there are more
 */
export async function findCandidates(
  db: Pool,
  areaId: number,
  search: string,
  exceptId: number | null,
): Promise<{ people: Employee[]; more: boolean }> {
  const words = search.replaceAll('\0', '').trim().slice(0, 100).split(/\s+/).slice(0, 5)
  const named = Prisma.sql`u.name || ' ' || coalesce(u.email, '')`
  const matching = Prisma.join(
    words.map(word => contains(Prisma.sql`(${named})`, word)),
    ' AND ',
  )
  const rows = await select(
    db,
    Prisma.sql`SELECT ${EMPLOYEE} FROM users u WHERE u.active AND u.role <> 'USUARIO' AND u.id IS DISTINCT FROM ${exceptId}::int
      AND ${matching}
        AND NOT EXISTS (SELECT FROM area_members m WHERE m.area_id = ${areaId} AND m.user_id = u.id)
      ORDER BY normalized_name(u.name), u.id LIMIT ${MOST_CANDIDATES + 1}`,
  )
  const people = z.array(employeeRow).parse(rows)
  return { people: people.slice(0, MOST_CANDIDATES), more: people.length > MOST_CANDIDATES }
}
