import { TicketStatus } from '../generated/prisma/enums.ts'
import { type Choice, type FilterForm, type FilterSelect, filterForm } from '../web/filter-form.ts'
import { formatNumber } from '../web/format.ts'
import type { Choices, FilterOptions } from './filter-options.ts'
import { statusSlugs } from './filters.ts'
import { categoryKindLabels, priorityLabels, statusLabels } from './labels.ts'
import { sorts } from './list-order.ts'
import { isByTime, MOST_ORDERED } from './list-places.ts'
import { type Chosen, chosenParameters, type TicketListing } from './lists.ts'

/**
 * The filters of a list.
 * @param options the areas, categories and people to choose from; null where a list is not narrowed to them
 */
export function ticketFilterForm(
  listing: TicketListing,
  chosen: Chosen,
  options: FilterOptions | null,
  locale: string,
): FilterForm {
  const { estado, orden, ...parameters } = chosenParameters(listing, chosen)
  const kept = { ...(listing.tabbed && estado && { estado }), ...(orden && { orden }) }
  const value = (name: string) => ({ estado, ...parameters })[name] ?? ''
  return filterForm(listing.path, kept, {
    search: { name: 'buscar', label: searchLabel(chosen, locale), value: value('buscar') },
    selects: [
      ...(listing.tabbed || listing.impeded ? [] : [statusSelect(listing, value('estado'))]),
      ...(options ? placeSelects(parameters, options) : []),
      { name: 'tipo', label: 'Tipo', value: value('tipo'), all: 'Todos', options: codes(categoryKindLabels) },
      {
        name: 'prioridad',
        label: 'Prioridad',
        value: value('prioridad'),
        all: 'Todas',
        options: codes(priorityLabels),
      },
      ...(options ? [ownerSelect(value('responsable'), options)] : []),
    ],
    days: {
      locale,
      fields: [
        { name: 'desde', label: 'Desde', value: value('desde') },
        { name: 'hasta', label: 'Hasta', value: value('hasta') },
      ],
    },
  })
}

const searchLabel = ({ filters, order }: Chosen, locale: string) =>
  !filters.buscar || isByTime(sorts[order])
    ? 'Buscar'
    : `Buscar (los ${formatNumber(MOST_ORDERED, locale)} más recientes que coinciden)`

const statusSelect = ({ statuses }: TicketListing, value: string): FilterSelect => ({
  name: 'estado',
  label: 'Estado',
  value,
  all: 'Todos',
  options: (statuses ?? Object.values(TicketStatus)).map(status => ({
    value: statusSlugs[status],
    label: statusLabels[status],
  })),
})

type Parameters = Record<string, string | undefined>

const placeSelects = (parameters: Parameters, options: FilterOptions): FilterSelect[] => [
  { name: 'area', label: 'Área', value: parameters.area ?? '', all: 'Todas', options: named(options.areas) },
  {
    name: 'categoria',
    label: 'Categoría',
    value: parameters.categoria ?? '',
    all: 'Todas',
    options: categoriesOf(options),
  },
]

const ownerSelect = (value: string, { people, groups }: FilterOptions): FilterSelect => ({
  name: 'responsable',
  label: 'Responsable',
  value,
  all: 'Todos',
  options: [
    { value: 'nadie', label: 'Sin responsable' },
    ...under('Personas', [...named(people.shown, 'persona:'), ...afterAnArea(people)]),
    ...under('Grupos', [...named(groups.shown, 'grupo:'), ...afterAnArea(groups)]),
  ],
})

const categoriesOf = ({ areas, categories }: FilterOptions) => [
  ...areas.flatMap(({ id, name }) =>
    under(
      name,
      categories.shown
        .filter(({ areaId }) => areaId === id)
        .map(each => ({
          value: String(each.id),
          label: `${each.name} (${categoryKindLabels[each.kind].toLowerCase()})`,
        })),
    ),
  ),
  ...afterAnArea(categories),
]

/** Says why there is nothing to choose from, where there would be too much. */
const afterAnArea = ({ more }: Choices<unknown>) =>
  more ? [{ value: 'area', label: 'Elija antes un área', disabled: true }] : []

/** Choices under a heading, which is left out when there are none. */
const under = (label: string, options: Choice[]) => (options.length > 0 ? [{ label, options }] : [])

const named = (rows: readonly { id: number; name: string }[], prefix = ''): Choice[] =>
  rows.map(({ id, name }) => ({ value: `${prefix}${id}`, label: name }))

const codes = (labels: Record<string, string>) =>
  Object.entries(labels).map(([code, label]) => ({ value: code.toLowerCase(), label }))
