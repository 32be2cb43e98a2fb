import { z } from 'zod'
import { filterForm } from '../../web/filter-form.ts'
import { formatNumber } from '../../web/format.ts'
import { byName, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { isActive, nothingMatches, stateCell, stateQuery, stateSelect, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { AreaContext } from '../actions/locked.ts'
import { paths } from '../paths.ts'
import { listAreas } from '../queries.ts'

export const areasQuery = z.object({
  buscar: z.string().trim().max(100).default('').catch(''),
  estado: stateQuery,
  ...pageQuery(byName),
})

export async function showAreas(
  { db }: AreaContext,
  { region, query, res }: Call<unknown, z.infer<typeof areasQuery>>,
) {
  const { buscar, estado } = query
  const found = await listAreas(db, { search: buscar, active: isActive(estado) }, pageRequest(query))
  const filters = filterForm(
    paths.areas,
    {},
    {
      search: { name: 'buscar', label: 'Buscar', value: buscar },
      selects: [stateSelect(estado, 'a')],
    },
  )
  page(res, 'listing/index', {
    title: 'Áreas',
    lead: 'Las partes de la organización que atienden tickets.',
    actions: [{ label: 'Nueva área', href: paths.newArea, icon: 'plus', primary: true }],
    filters,
    caption: 'Áreas por nombre',
    columns: ['Área', 'Personas', 'Categorías', 'Grupos', 'Estado'],
    rows: found.rows.map(area => ({
      title: area.name,
      href: paths.area(area.id),
      note: '',
      cells: [
        textCell(formatNumber(area.members, region.locale)),
        textCell(formatNumber(area.categories, region.locale)),
        textCell(formatNumber(area.groups, region.locale)),
        stateCell(area.active, 'a'),
      ],
    })),
    pager: pagerLinks(byName, found, paths.areas, { buscar, estado }),
    empty:
      filters.chips.length > 0
        ? nothingMatches('No hay áreas con estos filtros.', filters)
        : {
            icon: 'building',
            title: 'Todavía no hay áreas',
            text: 'Cree la primera: después tendrá personas, problemas y requerimientos.',
            action: { label: 'Nueva área', href: paths.newArea },
          },
  })
}
