import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { type FilterForm, filterForm } from '../web/filter-form.ts'
import { byName, pageQuery } from '../web/listing.ts'
import { isActive, stateQuery, stateSelect } from '../web/listing-page.ts'

// Lists of what belongs to areas (categories, groups): by name, narrowed by words, area and state.

export const belongingQuery = z.object({
  buscar: z.string().trim().max(100).default('').catch(''),
  area: z
    .string()
    .regex(/^([1-9]\d{0,8})?$/)
    .default('')
    .catch(''),
  estado: stateQuery,
  ...pageQuery(byName),
})

export type BelongingQuery = z.infer<typeof belongingQuery>

/** What a list of what belongs to areas is narrowed to. */
export interface BelongingFilters {
  search: string
  /** Null for all areas. */
  areaId: number | null
  /** Null for both. */
  active: boolean | null
}

export const belongingFilters = ({ buscar, area, estado }: BelongingQuery): BelongingFilters => ({
  search: buscar,
  areaId: area ? Number(area) : null,
  active: isActive(estado),
})

/** The query parameters again, for the links to the other pages. */
export const belongingParameters = ({ buscar, area, estado }: BelongingQuery) => ({ buscar, area, estado })

/** The filter row of such a list, whose things are masculine in Spanish. */
export async function belongingFilterForm(
  db: Pick<Database, 'prisma'>,
  path: string,
  { buscar, area, estado }: BelongingQuery,
): Promise<FilterForm> {
  const areas = await db.prisma.area.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } })
  const options = areas.map(({ id, name }) => ({ value: String(id), label: name }))
  const search = { name: 'buscar', label: 'Buscar', value: buscar }
  const selects = [{ name: 'area', label: 'Área', value: area, all: 'Todas', options }, stateSelect(estado, 'o')]
  return filterForm(path, {}, { search, selects })
}
