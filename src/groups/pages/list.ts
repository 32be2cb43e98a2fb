import { z } from 'zod'
import { filterForm } from '../../web/filter-form.ts'
import { formatNumber } from '../../web/format.ts'
import { byName, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { isActive, nothingMatches, stateCell, stateQuery, stateSelect, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { GroupContext } from '../actions/locked.ts'
import { paths } from '../paths.ts'
import { listGroups } from '../queries.ts'

export const groupsQuery = z.object({
  buscar: z.string().trim().max(100).default('').catch(''),
  area: z
    .string()
    .regex(/^([1-9]\d{0,8})?$/)
    .default('')
    .catch(''),
  estado: stateQuery,
  ...pageQuery(byName),
})

export async function showGroups(
  { db }: GroupContext,
  { region, query, res }: Call<unknown, z.infer<typeof groupsQuery>>,
) {
  const { buscar, area, estado } = query
  const asked = { search: buscar, areaId: area ? Number(area) : null, active: isActive(estado) }
  const [found, areas] = await Promise.all([
    listGroups(db, asked, pageRequest(query)),
    db.prisma.area.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }),
  ])
  const options = areas.map(({ id, name }) => ({ value: String(id), label: name }))
  const filters = filterForm(
    paths.groups,
    {},
    {
      search: { name: 'buscar', label: 'Buscar', value: buscar },
      selects: [{ name: 'area', label: 'Área', value: area, all: 'Todas', options }, stateSelect(estado, 'o')],
    },
  )
  const create = { label: 'Nuevo grupo', href: paths.newGroup }
  page(res, 'listing/index', {
    title: 'Grupos',
    lead: 'Varias personas de un área que pueden atender un ticket juntas.',
    actions: [{ ...create, icon: 'plus', primary: true }],
    filters,
    caption: 'Grupos por nombre',
    columns: ['Grupo', 'Personas', 'Estado'],
    rows: found.rows.map(group => ({
      title: group.name,
      href: paths.group(group.id),
      note: group.area,
      cells: [textCell(formatNumber(group.members, region.locale)), stateCell(group.active, 'o')],
    })),
    pager: pagerLinks(byName, found, paths.groups, { buscar, area, estado }),
    empty:
      filters.chips.length > 0
        ? nothingMatches('No hay grupos con estos filtros.', filters)
        : {
            icon: 'users-group',
            title: 'Todavía no hay grupos',
            text: 'Con un grupo, un ticket espera a quien de sus personas lo tome primero.',
            action: create,
          },
  })
}
