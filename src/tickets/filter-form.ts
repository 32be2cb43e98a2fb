import { formatDate } from '../web/format.ts'
import { withQuery } from '../web/listing.ts'
import type { FilterOptions } from './filter-options.ts'
import { type FilterQuery, filterParameters } from './filters.ts'
import { categoryKindLabels, priorityLabels } from './labels.ts'

/** A choice of the filter row; `options` with a `group` are shown under that heading. */
export interface FilterSelect {
  name: string
  label: string
  /** What is chosen; '' for no filter. */
  value: string
  /** What '' is called. */
  all: string
  options: { value: string; label: string; group?: string }[]
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
      const chosen = select.options.find(option => option.value === select.value)
      return chosen ? [{ name: select.name, label: `${select.label}: ${chosen.label}` }] : []
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
  const areaNames = new Map(options.areas.map(({ id, name }) => [id, name]))
  const categories = options.categories
    .filter(({ areaId }) => !parameters.area || areaId === Number(parameters.area))
    .map(({ id, name, kind, areaId }) => ({
      value: String(id),
      label: `${name} (${categoryKindLabels[kind].toLowerCase()})`,
      group: areaNames.get(areaId) ?? '',
    }))
  return [
    { name: 'area', label: 'Área', value: value('area'), all: 'Todas', options: choices(options.areas) },
    { name: 'categoria', label: 'Categoría', value: value('categoria'), all: 'Todas', options: categories },
    { name: 'tipo', label: 'Tipo', value: value('tipo'), all: 'Todos', options: codes(categoryKindLabels) },
    { name: 'prioridad', label: 'Prioridad', value: value('prioridad'), all: 'Todas', options: codes(priorityLabels) },
    {
      name: 'responsable',
      label: 'Responsable',
      value: value('responsable'),
      all: 'Todos',
      options: [
        { value: 'nadie', label: 'Sin responsable' },
        ...choices(options.people, 'persona:', 'Personas'),
        ...choices(options.groups, 'grupo:', 'Grupos'),
      ],
    },
  ]
}

const choices = (rows: { id: number; name: string }[], prefix = '', group?: string) =>
  rows.map(({ id, name }) => ({ value: `${prefix}${id}`, label: name, ...(group && { group }) }))

const codes = (labels: Record<string, string>) =>
  Object.entries(labels).map(([code, label]) => ({ value: code.toLowerCase(), label }))

const spokenDay = (day: string) => formatDate(new Date(`${day}T12:00:00Z`), 'UTC')
