import type { CategoryKind } from '../../generated/prisma/enums.ts'

// How protected answers become visible: in batches that are never taken apart. Every figure and every list of texts, with whatever
// filters, is made of whole batches, and so is every difference of two of them, also of two days: nobody can single out fewer
// than five answers. A batch is made when a month is over, for single answers must not be told by watching a page.

/** Answers that are never shown apart from each other. */
export const SMALLEST_GROUP = 5

/** How many answered a question, of one month and category. */
export interface Cell {
  /** YYYY-MM */
  month: string
  areaId: number
  categoryId: number
  kind: CategoryKind
  answered: number
}

/** Answers that became visible together. What they do not have in common is null: that filter never finds them. */
export interface Batch<C extends Cell> {
  /** The month at whose end it came together. */
  month: string
  areaId: number | null
  categoryId: number | null
  kind: CategoryKind | null
  cells: C[]
}

type Place = Omit<Batch<Cell>, 'month' | 'cells'>

/** From the most exact on: what is too few for one waits for nothing, it joins the rest of the next. */
const LEVELS: ((cell: Cell) => Place)[] = [
  ({ areaId, categoryId, kind }) => ({ areaId, categoryId, kind }),
  ({ areaId, kind }) => ({ areaId, categoryId: null, kind }),
  ({ areaId }) => ({ areaId, categoryId: null, kind: null }),
  () => ({ areaId: null, categoryId: null, kind: null }),
]

/**
 * @param cells of one question, of all that it was ever asked; a month that is over gets no more of them
 * @param currentMonth not yet over, and none after it
 * @returns what is visible; with more months it grows, and what is in it already stays as it is
 */
export function batchesOf<C extends Cell>(cells: readonly C[], currentMonth: string): Batch<C>[] {
  const over = cells.filter(({ month }) => month < currentMonth)
  const batches: Batch<C>[] = []
  let waiting: C[] = []
  for (const [month, fresh] of [...grouped(over, cell => cell.month)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    waiting.push(...fresh)
    for (const level of LEVELS) {
      const groups = [...grouped(waiting, cell => keyOf(level(cell))).values()]
      const enough = groups.filter(group => answeredIn(group) >= SMALLEST_GROUP)
      batches.push(
        ...enough.flatMap(([first, ...rest]) => (first ? [{ month, ...level(first), cells: [first, ...rest] }] : [])),
      )
      waiting = groups.filter(group => answeredIn(group) < SMALLEST_GROUP).flat()
    }
  }
  return batches
}

const keyOf = ({ areaId, categoryId, kind }: Place) => `${areaId} ${categoryId} ${kind}`

const answeredIn = (cells: readonly Cell[]) => cells.reduce((sum, { answered }) => sum + answered, 0)

/** Values that have something in common. */
export function grouped<T, K>(values: readonly T[], key: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values) {
    const name = key(value)
    const group = groups.get(name)
    if (group) group.push(value)
    else groups.set(name, [value])
  }
  return groups
}
