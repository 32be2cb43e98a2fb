import { formatNumber } from '../../../web/format.ts'
import { type Figures, meanOf, type Ranked } from '../figures.ts'
import type { Places } from '../queries.ts'

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
export function rankingModels({ areas, categories, agents }: Figures, places: Places, locale: string): RankingModel[] {
  const rankingOf = (heading: Heading, ranked: Ranked[], named: { id: number; name: string }[]) =>
    ranking(heading, rowsOf(ranked, named, locale))
  return [
    rankingOf({ title: 'Por área', column: 'Área' }, areas, places.areas),
    rankingOf({ title: 'Por categoría', column: 'Categoría' }, categories, places.categories),
    rankingOf({ title: 'Por responsable', column: 'Responsable' }, agents, places.agents),
  ].filter(({ rows }) => rows.length > 1)
}

type Heading = Pick<RankingModel, 'title' | 'column'>

const ranking = (heading: Heading, rows: RankingRow[]): RankingModel => ({
  ...heading,
  rows: rows.slice(0, IN_VIEW),
  rest: rows.slice(IN_VIEW),
})

function rowsOf(ranked: Ranked[], named: { id: number; name: string }[], locale: string): RankingRow[] {
  const names = new Map(named.map(({ id, name }) => [id, name]))
  return ranked
    .map(each => ({ ...each, name: names.get(each.id) ?? '', average: meanOf(each) ?? 0 }))
    .sort(
      (one, other) =>
        other.average - one.average || other.count - one.count || one.name.localeCompare(other.name, 'es'),
    )
    .map(({ name, average, count }) => ({
      name,
      mean: formatNumber(average, locale),
      count: formatNumber(count, locale),
      width: Math.round(average * 200) / 10,
    }))
}
