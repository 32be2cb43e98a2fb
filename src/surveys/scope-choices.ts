import { CategoryKind } from '../generated/prisma/enums.ts'
import type { Database } from '../platform/db.ts'
import { kindScopeLabels } from './labels.ts'
import type { Scope } from './scope.ts'

/** A choice of what a survey is for; some stand under a heading. */
export type ScopeChoice =
  | { value: string; label: string }
  | { label: string; options: { value: string; label: string }[] }

/**
 * Everything that a survey may be for: all, a kind, an area, a category.
 * @param kept what it is for now, offered even when that is archived
 */
export async function listScopes(
  { prisma }: Pick<Database, 'prisma'>,
  kept?: Pick<Scope, 'areaId' | 'categoryId'>,
): Promise<ScopeChoice[]> {
  const { areaId, categoryId } = kept ?? { areaId: null, categoryId: null }
  const areas = await prisma.area.findMany({
    where: { OR: [{ active: true }, { id: areaId ?? 0 }, { categories: { some: { id: categoryId ?? 0 } } }] },
    select: {
      id: true,
      name: true,
      categories: {
        where: { OR: [{ active: true }, { id: categoryId ?? 0 }] },
        select: { id: true, name: true },
        orderBy: [{ kind: 'asc' }, { name: 'asc' }],
      },
    },
    orderBy: { name: 'asc' },
  })
  const kinds = Object.values(CategoryKind).map(kind => ({ value: `tipo:${kind}`, label: kindScopeLabels[kind] }))
  return [
    { value: 'todo', label: 'Todos los tickets' },
    { label: 'Un tipo', options: kinds },
    { label: 'Un área', options: areas.map(({ id, name }) => ({ value: `area:${id}`, label: name })) },
    ...areas
      .filter(({ categories }) => categories.length > 0)
      .map(({ name, categories }) => ({
        label: `Una categoría de ${name}`,
        options: categories.map(category => ({ value: `categoria:${category.id}`, label: category.name })),
      })),
  ]
}
