import { z } from 'zod'
import { priorityLabels } from '../../tickets/labels.ts'
import { filterForm } from '../../web/filter-form.ts'
import { byName, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { isActive, nothingMatches, stateCell, stateQuery, stateSelect, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { CategoryContext } from '../actions/locked.ts'
import type { KindTexts } from '../kinds.ts'
import { audienceLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { listCategories } from '../queries.ts'

export const categoriesQuery = z.object({
  buscar: z.string().trim().max(100).default('').catch(''),
  area: z
    .string()
    .regex(/^([1-9]\d{0,8})?$/)
    .default('')
    .catch(''),
  estado: stateQuery,
  ...pageQuery(byName),
})

export async function showCategories(
  { db }: CategoryContext,
  { query, res }: Call<unknown, z.infer<typeof categoriesQuery>>,
  { kind, plural, lead, add, icon }: KindTexts,
) {
  const { buscar, area, estado } = query
  const { categories: path, newCategory, category } = paths(kind)
  const asked = { search: buscar, areaId: area ? Number(area) : null, active: isActive(estado) }
  const [found, areas] = await Promise.all([
    listCategories(db, kind, asked, pageRequest(query)),
    db.prisma.area.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }),
  ])
  const options = areas.map(({ id, name }) => ({ value: String(id), label: name }))
  const filters = filterForm(
    path,
    {},
    {
      search: { name: 'buscar', label: 'Buscar', value: buscar },
      selects: [{ name: 'area', label: 'Área', value: area, all: 'Todas', options }, stateSelect(estado, 'o')],
    },
  )
  const create = { label: add, href: newCategory }
  page(res, 'listing/index', {
    title: plural,
    lead,
    actions: [{ ...create, icon: 'plus', primary: true }],
    filters,
    caption: `${plural} por nombre`,
    columns: ['Nombre', 'Prioridad', 'Grupo', 'Visible para', 'Estado'],
    rows: found.rows.map(row => ({
      title: row.name,
      href: category(row.id),
      note: row.area,
      cells: [
        textCell(priorityLabels[row.priority]),
        textCell(row.group ?? 'Ninguno'),
        textCell(audienceLabels[row.audience]),
        stateCell(row.active, 'o'),
      ],
    })),
    pager: pagerLinks(byName, found, path, { buscar, area, estado }),
    empty:
      filters.chips.length > 0
        ? nothingMatches(`No hay ${plural.toLowerCase()} con estos filtros.`, filters)
        : {
            icon,
            title: `Todavía no hay ${plural.toLowerCase()}`,
            text: 'Sin ellos nadie puede pedir ayuda.',
            action: create,
          },
  })
}
