import { categoryKindLabels } from '../../../tickets/labels.ts'
import { type FilterForm, type FilterSelect, filterForm } from '../../../web/filter-form.ts'
import { modeLabels } from '../../labels.ts'
import { paths } from '../paths.ts'
import { monthOf, monthsBetween, spokenMonth } from '../period.ts'
import type { Places, VersionRow } from '../queries.ts'
import type { ResultsRequest } from '../request.ts'

export function resultsFilterForm(
  request: ResultsRequest,
  places: Places,
  path = paths.survey(request.version.surveyId),
): FilterForm {
  const { parameters, guarded, scope } = request
  const agents = guarded || scope.by === 'agent' ? [] : [agentSelect(places, parameters.responsable)]
  return filterForm(
    path,
    {},
    {
      selects: [versionSelect(request), ...monthSelects(request), ...placeSelects(places, parameters), ...agents],
    },
  )
}

function versionSelect({ versions, parameters }: ResultsRequest): FilterSelect {
  const [latest, ...older] = versions
  return {
    name: 'version',
    label: 'Versión',
    value: parameters.version ?? '',
    all: latest ? spoken(latest) : '',
    options: older.map(each => ({ value: String(each.number), label: spoken(each) })),
  }
}

const spoken = ({ number, mode }: VersionRow) => `${number} (${modeLabels[mode].toLowerCase()})`

function monthSelects({ version, region, parameters, now }: ResultsRequest): FilterSelect[] {
  const options = monthsBetween(monthOf(version.publishedAt, region.zone), monthOf(now, region.zone))
    .reverse()
    .map(month => ({ value: month, label: spokenMonth(month, region.locale) }))
  return [
    { name: 'desde', label: 'Desde', value: parameters.desde ?? '', all: 'El principio', options },
    { name: 'hasta', label: 'Hasta', value: parameters.hasta ?? '', all: 'Hoy', options },
  ]
}

function placeSelects({ areas, categories }: Places, parameters: Record<string, string | undefined>): FilterSelect[] {
  const { area, categoria, tipo } = parameters
  return [
    { name: 'area', label: 'Área', value: area ?? '', all: 'Todas', options: named(areas) },
    {
      name: 'categoria',
      label: 'Categoría',
      value: categoria ?? '',
      all: 'Todas',
      options: areas.flatMap(({ id, name }) => categoriesOf(categories, id, name)),
    },
    {
      name: 'tipo',
      label: 'Tipo',
      value: tipo ?? '',
      all: 'Todos',
      options: Object.entries(categoryKindLabels).map(([code, label]) => ({ value: code.toLowerCase(), label })),
    },
  ]
}

/** Under the area where they were when somebody answered. */
function categoriesOf(categories: Places['categories'], areaId: number, label: string) {
  const options = named([
    ...new Map(categories.filter(each => each.areaId === areaId).map(each => [each.id, each])).values(),
  ])
  return options.length > 0 ? [{ label, options }] : []
}

const agentSelect = ({ agents }: Places, value = ''): FilterSelect => ({
  name: 'responsable',
  label: 'Responsable',
  value,
  all: 'Todos',
  options: named(agents),
})

const named = (rows: { id: number; name: string }[]) => rows.map(({ id, name }) => ({ value: String(id), label: name }))
