import {
  type BelongingQuery,
  belongingFilterForm,
  belongingFilters,
  belongingParameters,
} from '../../areas/belonging.ts'
import { priorityLabels } from '../../tickets/labels.ts'
import { byName, pageRequest, pagerLinks } from '../../web/listing.ts'
import { nothingMatches, stateCell, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { CategoryContext } from '../actions/locked.ts'
import type { KindTexts } from '../kinds.ts'
import { audienceLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { listCategories } from '../queries.ts'

export async function showCategories(
  { db }: CategoryContext,
  { query, res }: Call<unknown, BelongingQuery>,
  { kind, plural, lead, add, icon }: KindTexts,
) {
  const { categories: path, newCategory, category } = paths(kind)
  const [found, filters] = await Promise.all([
    listCategories(db, kind, belongingFilters(query), pageRequest(query)),
    belongingFilterForm(db, path, query),
  ])
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
    pager: pagerLinks(byName, found, path, belongingParameters(query)),
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
