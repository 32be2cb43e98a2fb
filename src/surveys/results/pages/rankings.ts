import { formatNumber } from '../../../web/format.ts'
import { type Figures, meanOf, type Ranked } from '../figures.ts'
import type { Places } from '../queries.ts'
import { formatMean } from './questions.ts'

/** Areas, categories or agents by their mean main score. */
export interface RankingModel {
  title: string
  column: string
  /** The best, in view. */
  rows: RankingRow[]
  /** The others, folded. */
  rest: RankingRow[]
}

export interface RankingRow {
  name: string
  mean: string
  count: string
  /** Percent of the whole width. */
  width: number
}

const IN_VIEW = 8

/** Only of what there are two of: one alone is no ranking. */
export function rankingModels({ areas, categories, agents }: Figures, places: Places): RankingModel[] {
  return [
    ranking('Por área', 'Área', areas, places.areas),
    ranking('Por categoría', 'Categoría', categories, places.categories),
    ranking('Por responsable', 'Responsable', agents, places.agents),
  ].filter(({ rows }) => rows.length > 1)
}

function ranking(title: string, column: string, ranked: Ranked[], named: { id: number; name: string }[]): RankingModel {
  const names = new Map(named.map(({ id, name }) => [id, name]))
  const rows = ranked
    .map(each => ({ ...each, name: names.get(each.id) ?? '', average: meanOf(each) ?? 0 }))
    .sort(
      (one, other) =>
        other.average - one.average || other.count - one.count || one.name.localeCompare(other.name, 'es'),
    )
    .map(({ name, average, count }) => ({
      name,
      mean: formatMean(average),
      count: formatNumber(count),
      width: Math.round(average * 200) / 10,
    }))
  return { title, column, rows: rows.slice(0, IN_VIEW), rest: rows.slice(IN_VIEW) }
}
