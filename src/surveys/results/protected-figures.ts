import type { Database } from '../../platform/db.ts'
import { type AnsweredCell, cellsOf, RESPONSES } from './cells.ts'
import { type Figures, type MonthFigures, type QuestionFigures, type Ranked, scoreOf } from './figures.ts'
import type { Filters } from './filters.ts'
import type { FiguresRequest } from './open-figures.ts'
import { type Batch, batchesOf, type Cell } from './release.ts'
import type { Scope } from './scope.ts'

type Batches = Batch<AnsweredCell>[]

/** @param currentMonth YYYY-MM, of which nothing is shown yet */
export async function protectedFigures(
  db: Pick<Database, 'pool'>,
  { versionId, mainId, scope, filters }: FiguresRequest,
  currentMonth: string,
): Promise<Figures> {
  const questions = (await cellsOf(db, [versionId], scope)).get(versionId) ?? new Map<number, AnsweredCell[]>()
  const shown = new Map(
    [...questions].map(([id, cells]) => [id, visibleBatches(cells, { scope, filters, currentMonth })]),
  )
  const responses = shown.get(RESPONSES) ?? []
  const main = shown.get(mainId ?? Number.NaN) ?? []
  return {
    responses: figuresOf(responses).answered,
    questions: new Map([...shown].map(([id, batches]) => [id, figuresOf(batches)])),
    months: monthsOf(responses, main),
    areas: ranking(main, ({ areaId }) => areaId),
    categories: ranking(main, ({ categoryId }) => categoryId),
    agents: [],
  }
}

/** How many protected responses of each of these versions are shown. */
export async function protectedResponses(
  db: Pick<Database, 'pool'>,
  versionIds: readonly number[],
  scope: Scope,
  currentMonth: string,
): Promise<Map<number, number>> {
  const found = await cellsOf(db, versionIds, scope)
  const count = (id: number) => {
    const cells = found.get(id)?.get(RESPONSES) ?? []
    return figuresOf(visibleBatches(cells, { scope, filters: {}, currentMonth })).answered
  }
  return new Map(versionIds.map(id => [id, count(id)]))
}

/** The cells of which somebody sees the free texts that answer a question. */
export async function protectedTextCells(
  db: Pick<Database, 'pool'>,
  { versionId, questionId, scope, filters }: Omit<FiguresRequest, 'mainId'> & { questionId: number },
  currentMonth: string,
): Promise<Cell[]> {
  const cells = (await cellsOf(db, [versionId], scope)).get(versionId)?.get(questionId) ?? []
  return visibleBatches(cells, { scope, filters, currentMonth }).flatMap(batch => batch.cells)
}

interface Visible {
  scope: Scope
  filters: Filters
  currentMonth: string
}

/** A filter finds whole batches, by what they have in common. */
function visibleBatches(cells: AnsweredCell[], { scope, filters, currentMonth }: Visible): Batches {
  const { from = '', to = '9999-12', areaId, categoryId, kind } = filters
  return batchesOf(cells, currentMonth).filter(
    batch =>
      (scope.by !== 'area' || (batch.areaId !== null && scope.ids.includes(batch.areaId))) &&
      (areaId === undefined || batch.areaId === areaId) &&
      (categoryId === undefined || batch.categoryId === categoryId) &&
      (kind === undefined || batch.kind === kind) &&
      batch.month >= from &&
      batch.month <= to,
  )
}

function figuresOf(batches: Batches): QuestionFigures {
  const figures: QuestionFigures = { answered: 0, counts: new Map() }
  for (const { answered, counts } of batches.flatMap(({ cells }) => cells)) {
    figures.answered += answered
    for (const [answer, count] of counts) figures.counts.set(answer, (figures.counts.get(answer) ?? 0) + count)
  }
  return figures
}

function monthsOf(responses: Batches, main: Batches): MonthFigures[] {
  const months = [...new Set([...responses, ...main].map(({ month }) => month))].sort()
  const of = (batches: Batches, month: string) => figuresOf(batches.filter(batch => batch.month === month))
  return months.map(month => ({
    month,
    responses: of(responses, month).answered,
    score: scoreOf(of(main, month).counts),
  }))
}

function ranking(batches: Batches, key: (batch: Batch<AnsweredCell>) => number | null): Ranked[] {
  const ids = [...new Set(batches.map(key))].filter(id => id !== null)
  return ids.map(id => ({ id, ...scoreOf(figuresOf(batches.filter(batch => key(batch) === id)).counts) }))
}
