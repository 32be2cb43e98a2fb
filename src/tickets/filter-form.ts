import { type FilterForm, type FilterSelect, filterForm } from '../web/filter-form.ts'
import type { FilterOptions } from './filter-options.ts'
import { type FilterQuery, filterParameters } from './filters.ts'
import { categoryKindLabels, priorityLabels } from './labels.ts'

interface Choice {
  value: string
  label: string
}

/** @param kept what the filters leave as it is, such as the tab */
export function ticketFilterForm(
  path: string,
  kept: Record<string, string>,
  query: FilterQuery,
  options: FilterOptions,
  locale: string,
): FilterForm {
  return filterForm(path, kept, {
    selects: selectsOf(filterParameters(query), options),
    days: {
      locale,
      fields: [
        { name: 'desde', label: 'Desde', value: query.desde ?? '' },
        { name: 'hasta', label: 'Hasta', value: query.hasta ?? '' },
      ],
    },
  })
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
