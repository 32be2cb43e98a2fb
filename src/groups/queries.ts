import { z } from 'zod'
import type { BelongingFilters } from '../areas/belonging.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type Database, select, type Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type NameKey, type PageRequest, slice } from '../web/listing.ts'
import { contains, orderByName } from '../web/listing-order.ts'

const groupRow = z.object({
  id: z.number(),
  name: z.string(),
  sortName: z.string(),
  area: z.string(),
  members: z.number(),
  active: z.boolean(),
})

/** A page of groups, by name, each with how many people it has. */
export async function listGroups(
  db: Pick<Database, 'pool'>,
  { search, areaId, active }: BelongingFilters,
  request: PageRequest<NameKey>,
) {
  const { beyond, end } = orderByName(request, Prisma.sql`g.name`, Prisma.sql`g.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT g.id, g.name, normalized_name(g.name) AS "sortName", a.name AS area, g.active,
        (SELECT count(*)::int FROM group_members m WHERE m.group_id = g.id) AS members
      FROM groups g JOIN areas a ON a.id = g.area_id
      WHERE (${areaId}::int IS NULL OR g.area_id = ${areaId}) AND (${active}::boolean IS NULL OR g.active = ${active})
        AND ${contains(Prisma.sql`g.name`, search)} AND ${beyond} ${end}`,
  )
  return slice(z.array(groupRow).parse(rows), request)
}

const whole = {
  id: true,
  name: true,
  active: true,
  version: true,
  areaId: true,
  area: { select: { name: true } },
  members: { select: { userId: true } },
} as const

export type Group = Prisma.GroupGetPayload<{ select: typeof whole }>

/** @throws NotFound */
export async function getGroup(tx: Pick<Transaction, 'group'>, id: number): Promise<Group> {
  const group = await tx.group.findUnique({ where: { id }, select: whole })
  if (!group) throw new NotFound()
  return group
}

const personRow = z.object({ id: z.number(), name: z.string(), active: z.boolean() })

/** The people of an area, by name: those with an account in use, and those who are of the group already. */
export async function listPeopleToChoose(
  db: Pick<Database, 'pool'>,
  areaId: number,
  memberIds: readonly number[],
): Promise<z.infer<typeof personRow>[]> {
  const rows = await select(
    db,
    Prisma.sql`SELECT u.id, u.name, u.active FROM area_members m JOIN users u ON u.id = m.user_id
      WHERE m.area_id = ${areaId} AND (u.active OR u.id = ANY(${[...memberIds]}::int[]))
      ORDER BY normalized_name(u.name), u.id`,
  )
  return z.array(personRow).parse(rows)
}

/** The categories whose tickets are proposed to a group, in the order of their ids. */
export function listCategoriesOf(tx: Pick<Transaction, 'category'>, groupId: number) {
  return tx.category.findMany({
    where: { defaultGroupId: groupId },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })
}
