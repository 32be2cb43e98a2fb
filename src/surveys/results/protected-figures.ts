import type { Database } from '../../platform/db.ts'
import { type AnsweredCell, answersTo, listCells, RESPONSES } from './cells.ts'
import { choicesOf } from './choices.ts'
import { type Figures, type MonthFigures, type QuestionFigures, type Ranked, type Score, scoreOf } from './figures.ts'
import type { Filters } from './filters.ts'
import type { FiguresRequest } from './open-figures.ts'
import type { QuestionRow } from './queries.ts'
import { type Batch, batchesOf, type Cell, grouped } from './release.ts'
import type { Scope } from './scope.ts'

type Batches = Batch<AnsweredCell>[]

/** What somebody asks for, and the month (YYYY-MM) of which nothing is shown yet. */
export interface ProtectedRequest extends FiguresRequest {
  currentMonth: string
}

/** @param questions of the version */
export async function protectedFigures(
  db: Pick<Database, 'pool'>,
  request: ProtectedRequest,
  questions: readonly QuestionRow[],
): Promise<Figures> {
  const rows = await listCells(db, [request.versionId], request.scope)
  const shown = (question: number) => visibleBatches(answersTo(question, rows), request)
  const responses = shown(RESPONSES)
  const byQuestion = new Map(questions.map(question => [question, shown(question.id)]))
  const main = questions.find(({ id }) => id === request.mainId)
  const scored = main ? (byQuestion.get(main) ?? []) : []
  const scoresIn = (batches: Batches) => (main ? scoreOf(figuresOf(main, batches).counts) : NO_SCORE)
  return {
    responses: answeredIn(responses),
    questions: new Map([...byQuestion].map(([question, batches]) => [question.id, figuresOf(question, batches)])),
    months: monthsOf(responses, scored, scoresIn),
    areas: ranking(scored, ({ areaId }) => areaId, scoresIn),
    categories: ranking(scored, ({ categoryId }) => categoryId, scoresIn),
    agents: [],
  }
}

const NO_SCORE: Score = { count: 0, total: 0 }

/** How many protected responses of each of these versions are shown. */
export async function protectedResponses(
  db: Pick<Database, 'pool'>,
  versionIds: readonly number[],
  { scope, currentMonth }: Pick<ProtectedRequest, 'scope' | 'currentMonth'>,
): Promise<Map<number, number>> {
  const rows = await listCells(db, versionIds, scope, RESPONSES)
  const count = (id: number) => {
    const own = rows.filter(({ versionId }) => versionId === id)
    return answeredIn(visibleBatches(answersTo(RESPONSES, own), { scope, filters: {}, currentMonth }))
  }
  return new Map(versionIds.map(id => [id, count(id)]))
}

/** The cells of which somebody sees the free texts that answer a question. */
export async function protectedTextCells(
  db: Pick<Database, 'pool'>,
  request: Omit<ProtectedRequest, 'mainId'>,
  questionId: number,
): Promise<Cell[]> {
  const rows = await listCells(db, [request.versionId], request.scope, questionId)
  return visibleBatches(answersTo(questionId, rows), request).flatMap(batch => batch.cells)
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

function answeredIn(batches: Batches): number {
  let answered = 0
  for (const { cells } of batches) for (const cell of cells) answered += cell.answered
  return answered
}

function figuresOf(question: QuestionRow, batches: Batches): QuestionFigures {
  const counts = new Map<number, number>()
  for (const { value } of choicesOf(question)) {
    const key = `${question.id}:${value}`
    let count = 0
    for (const { cells } of batches) for (const cell of cells) count += cell.counts[key] ?? 0
    counts.set(value, count)
  }
  return { answered: answeredIn(batches), counts }
}

function monthsOf(responses: Batches, scored: Batches, scoresIn: (batches: Batches) => Score): MonthFigures[] {
  const [answers, scores] = [grouped(responses, ({ month }) => month), grouped(scored, ({ month }) => month)]
  const months = [...new Set([...answers.keys(), ...scores.keys()])].sort()
  return months.map(month => ({
    month,
    responses: answeredIn(answers.get(month) ?? []),
    score: scoresIn(scores.get(month) ?? []),
  }))
}

function ranking(
  batches: Batches,
  key: (batch: Batch<AnsweredCell>) => number | null,
  scoresIn: (batches: Batches) => Score,
): Ranked[] {
  const groups = grouped(batches, key)
  return [...groups].flatMap(([id, group]) => (id === null ? [] : [{ id, ...scoresIn(group) }]))
}
