import { formatNumber } from '../../../web/format.ts'
import { type MonthFigures, meanOf } from '../figures.ts'
import { monthsBetween, shortMonth, spokenMonth } from '../period.ts'

/** Month by month: a line for the mean of the main score, columns for the responses. In units of a drawing of 100 by 100. */
export interface EvolutionModel {
  /** Null without a main score. */
  line: { path: string; dots: string } | null
  columns: { x: number; y: number; width: number; height: number }[]
  /** The most responses of a month. */
  most: string
  first: string
  last: string
  /** The same in numbers, newest first. */
  rows: { month: string; responses: string; mean: string }[]
}

const NONE: Omit<MonthFigures, 'month'> = { responses: 0, score: { count: 0, total: 0 } }

/** @returns null when there is but one month, which is no evolution */
export function evolutionModel(found: MonthFigures[], hasScore: boolean, locale: string): EvolutionModel | null {
  const [first, last] = [found[0]?.month, found.at(-1)?.month]
  if (!first || !last || first === last) return null
  const byMonth = new Map(found.map(each => [each.month, each]))
  const months = monthsBetween(first, last).map(month => byMonth.get(month) ?? { month, ...NONE })
  const most = Math.max(1, ...months.map(({ responses }) => responses))
  return {
    line: hasScore ? lineOf(months) : null,
    columns: months.map(({ responses }, index) => columnOf(index, months.length, responses / most)),
    most: formatNumber(most, locale),
    first: shortMonth(first, locale),
    last: shortMonth(last, locale),
    rows: months.map(month => rowOf(month, locale)).reverse(),
  }
}

function rowOf({ month, responses, score }: MonthFigures, locale: string) {
  const mean = meanOf(score)
  return {
    month: spokenMonth(month, locale),
    responses: formatNumber(responses, locale),
    mean: mean === null ? '–' : formatNumber(mean, locale),
  }
}

/** A month without scores has no dot; the line goes on to the next that has. */
function lineOf(months: MonthFigures[]) {
  const points = months.flatMap(({ score }, index) => {
    const mean = meanOf(score)
    return mean === null ? [] : [`${rounded((100 * (index + 0.5)) / months.length)} ${rounded(25 * (5 - mean))}`]
  })
  return {
    path: points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point}`).join(''),
    dots: points.map(point => `M${point}h0`).join(''),
  }
}

function columnOf(index: number, months: number, share: number) {
  const slot = 100 / months
  const height = rounded(100 * share)
  return { x: rounded(slot * (index + 0.15)), width: rounded(slot * 0.7), y: rounded(100 - height), height }
}

const rounded = (value: number) => Math.round(value * 100) / 100
