import {
  type BelongingQuery,
  belongingFilterForm,
  belongingFilters,
  belongingParameters,
} from '../../areas/belonging.ts'
import { formatNumber } from '../../web/format.ts'
import { byName, pageRequest, pagerLinks } from '../../web/listing.ts'
import { nothingMatches, stateCell, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { GroupContext } from '../actions/locked.ts'
import { paths } from '../paths.ts'
import { listGroups } from '../queries.ts'

export async function showGroups({ db }: GroupContext, { region, query, res }: Call<unknown, BelongingQuery>) {
  const [found, filters] = await Promise.all([
    listGroups(db, belongingFilters(query), pageRequest(query)),
    belongingFilterForm(db, paths.groups, query),
  ])
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
    pager: pagerLinks(byName, found, paths.groups, belongingParameters(query)),
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
