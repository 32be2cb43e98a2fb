import { z } from 'zod'
import type { BelongingFilters } from '../areas/belonging.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { Audience, type CategoryKind, Priority } from '../generated/prisma/enums.ts'
import { type Database, select, type Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type NameKey, type PageRequest, slice } from '../web/listing.ts'
import { contains, orderByName } from '../web/listing-order.ts'

const categoryRow = z.object({
  id: z.number(),
  name: z.string(),
  sortName: z.string(),
  area: z.string(),
  priority: z.enum(Priority),
  group: z.string().nullable(),
  audience: z.enum(Audience),
  active: z.boolean(),
})

/** A page of the categories of a kind, by name. */
export async function listCategories(
  db: Pick<Database, 'pool'>,
  kind: CategoryKind,
  { search, areaId, active }: BelongingFilters,
  request: PageRequest<NameKey>,
) {
  const { beyond, end } = orderByName(request, Prisma.sql`c.name`, Prisma.sql`c.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT c.id, c.name, normalized_name(c.name) AS "sortName", a.name AS area, c.default_priority AS priority,
        g.name AS "group", c.audience, c.active
      FROM categories c JOIN areas a ON a.id = c.area_id LEFT JOIN groups g ON g.id = c.default_group_id
      WHERE c.kind = ${kind}::category_kind AND (${areaId}::int IS NULL OR c.area_id = ${areaId})
        AND (${active}::boolean IS NULL OR c.active = ${active}) AND ${contains(Prisma.sql`c.name`, search)}
        AND ${beyond} ${end}`,
  )
  return slice(z.array(categoryRow).parse(rows), request)
}

/** One category with what its form and its audit show. */
const whole = {
  id: true,
  name: true,
  kind: true,
  active: true,
  version: true,
  areaId: true,
  audience: true,
  defaultPriority: true,
  defaultGroupId: true,
  area: { select: { name: true } },
  defaultGroup: { select: { name: true } },
} as const

export type Category = Prisma.CategoryGetPayload<{ select: typeof whole }>

/** @throws NotFound, also for a category of the other kind */
export async function getCategory(
  tx: Pick<Transaction, 'category'>,
  kind: CategoryKind,
  id: number,
): Promise<Category> {
  const category = await tx.category.findFirst({ where: { id, kind }, select: whole })
  if (!category) throw new NotFound()
  return category
}

/** What still needs a category. */
export interface Uses {
  /** A ticket has it, or once had it: then bitácoras name it, and it must not go or move. */
  byTickets: boolean
  /** A survey is for this category alone: it would be for nothing without it. */
  bySurvey: boolean
}

export async function usesOf(tx: Pick<Transaction, '$queryRaw'>, id: number): Promise<Uses> {
  const [row] = await tx.$queryRaw<Uses[]>`SELECT (EXISTS (SELECT FROM tickets WHERE category_id = ${id})
    OR EXISTS (SELECT FROM log_entries WHERE kind = 'RECLASIFICACION'
      AND (changes -> 'categoryId' ->> 0)::integer = ${id})) AS "byTickets",
    EXISTS (SELECT FROM surveys WHERE category_id = ${id}) AS "bySurvey"`
  return { byTickets: row?.byTickets === true, bySurvey: row?.bySurvey === true }
}

/** The areas that a category may belong to: those in use and the present one, or the present one alone. */
export function listAreasToChoose(
  { prisma }: Pick<Database, 'prisma'>,
  { presentId, stays }: { presentId: number | null; stays: boolean },
) {
  return prisma.area.findMany({
    where: { OR: [...(stays ? [] : [{ active: true }]), { id: presentId ?? 0 }] },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

/** The groups in use of some areas, each with its area, by area and name. */
export function listGroupsToChoose({ prisma }: Pick<Database, 'prisma'>, areaIds: readonly number[]) {
  return prisma.group.findMany({
    where: { active: true, areaId: { in: [...areaIds] } },
    select: { id: true, name: true, area: { select: { name: true } } },
    orderBy: [{ area: { name: 'asc' } }, { name: 'asc' }],
  })
}
