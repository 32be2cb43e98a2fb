import type { Prisma } from '../generated/prisma/client.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'

/** For whom a ticket is. */
export type Requester = Pick<Viewer, 'kind'>

/** The categories that a person may choose for his ticket: active, of an active area, and meant for him. */
export function choosable(requester: Requester): Prisma.CategoryWhereInput {
  return {
    active: true,
    area: { active: true },
    ...(requester.kind === 'CLIENTE' && { audience: 'TODOS' as const }),
  }
}

/** The areas with at least one category for this person, by name. */
export function listAreasFor(db: Pick<Database, 'prisma'>, requester: Requester) {
  return db.prisma.area.findMany({
    where: { active: true, categories: { some: choosable(requester) } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

/** The categories of an area for this person: problems first, then requirements, by name. */
export function listCategoriesFor(db: Pick<Database, 'prisma'>, requester: Requester, areaId: number) {
  return db.prisma.category.findMany({
    where: { ...choosable(requester), areaId },
    select: { id: true, name: true, kind: true },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  })
}
