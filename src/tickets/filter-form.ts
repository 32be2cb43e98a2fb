import { formatDate } from '../web/format.ts'
import { withQuery } from '../web/listing.ts'
import type { FilterOptions } from './filter-options.ts'
import { type FilterQuery, filterParameters } from './filters.ts'
import { categoryKindLabels, priorityLabels } from './labels.ts'

interface Choice {
  value: string
  label: string
}

/** A choice of the filter row; some options stand under headings. */
export interface FilterSelect {
  name: string
  label: string
  /** What is chosen; '' for no filter. */
  value: string
  /** What '' is called. */
  all: string
  options: (Choice | { label: string; options: Choice[] })[]
}

export interface FilterForm {
  action: string
  /** Parameters that filtering keeps. */
  kept: { name: string; value: string }[]
  selects: FilterSelect[]
  days: { name: string; label: string; value: string }[]
  /** Active filters, each with the way to remove it. */
  chips: { label: string; removeHref: string }[]
  clearHref: string
}

/** @param kept what the filters leave as it is, such as the tab */
export function filterForm(
  path: string,
  kept: Record<string, string>,
  query: FilterQuery,
  options: FilterOptions,
): FilterForm {
  const parameters = filterParameters(query)
  const selects = selectsOf(parameters, options)
  const days = [
    { name: 'desde', label: 'Desde', value: query.desde ?? '' },
    { name: 'hasta', label: 'Hasta', value: query.hasta ?? '' },
  ]
  const chips = [
    ...selects.flatMap(select => {
      if (select.value === '') return []
      const options = select.options.flatMap(option => ('options' in option ? option.options : [option]))
      const chosen = options.find(option => option.value === select.value)
      return [{ name: select.name, label: `${select.label}: ${chosen?.label ?? 'no disponible'}` }]
    }),
    ...days.flatMap(day => (day.value ? [{ name: day.name, label: `${day.label} ${spokenDay(day.value)}` }] : [])),
  ].map(({ name, label }) => ({
    label,
    removeHref: withQuery(path, { ...kept, ...parameters, [name]: undefined }),
  }))
  return {
    action: path,
    kept: Object.entries(kept).map(([name, value]) => ({ name, value })),
    selects,
    days,
    chips,
    clearHref: withQuery(path, kept),
  }
}

function selectsOf(parameters: Record<string, string | undefined>, options: FilterOptions): FilterSelect[] {
  const value = (name: string) => parameters[name] ?? ''
  return [
    { name: 'area', label: 'Área', value: value('area'), all: 'Todas', options: named(options.areas) },
    {
      name: 'categoria',
      label: 'Categoría',
      value: value('categoria'),
      all: 'Todas',
      options: categoriesOf(parameters, options),
    },
    { name: 'tipo', label: 'Tipo', value: value('tipo'), all: 'Todos', options: codes(categoryKindLabels) },
    { name: 'prioridad', label: 'Prioridad', value: value('prioridad'), all: 'Todas', options: codes(priorityLabels) },
    {
      name: 'responsable',
      label: 'Responsable',
      value: value('responsable'),
      all: 'Todos',
      options: [
        { value: 'nadie', label: 'Sin responsable' },
        ...under('Personas', named(options.people, 'persona:')),
        ...under('Grupos', named(options.groups, 'grupo:')),
      ],
    },
  ]
}

/** Those of the chosen area, and one that was chosen before the area was: what filters is always shown. */
function categoriesOf(parameters: Record<string, string | undefined>, { areas, categories }: FilterOptions) {
  const { area, categoria } = parameters
  const shown = categories.filter(({ id, areaId }) => !area || area === String(areaId) || categoria === String(id))
  return areas.flatMap(({ id, name }) =>
    under(
      name,
      shown
        .filter(({ areaId }) => areaId === id)
        .map(each => ({
          value: String(each.id),
          label: `${each.name} (${categoryKindLabels[each.kind].toLowerCase()})`,
        })),
    ),
  )
}

/** Choices under a heading, which is left out when there are none. */
const under = (label: string, options: Choice[]) => (options.length > 0 ? [{ label, options }] : [])

const named = (rows: { id: number; name: string }[], prefix = ''): Choice[] =>
  rows.map(({ id, name }) => ({ value: `${prefix}${id}`, label: name }))

const codes = (labels: Record<string, string>) =>
  Object.entries(labels).map(([code, label]) => ({ value: code.toLowerCase(), label }))

const spokenDay = (day: string) => formatDate(new Date(`${day}T12:00:00Z`), 'UTC')
