import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { CategoryKind } from '../../generated/prisma/enums.ts'
import { type Database, select } from '../../platform/db.ts'
import { type Figures, type MonthFigures, type QuestionFigures, type Ranked, scoreOf } from './figures.ts'
import type { Filters } from './filters.ts'
import type { FiguresRequest } from './open-figures.ts'
import { type Batch, batchesOf, type Cell } from './release.ts'
import type { Scope } from './scope.ts'

/** The answers to one question (null: the responses themselves) of one month and category. */
interface AnsweredCell extends Cell {
  questionId: number | null
  counts: Record<string, number>
}

const cellRow = z.tuple([
  z.number(),
  z.number().nullable(),
  z.string(),
  z.number(),
  z.number(),
  z.enum(CategoryKind),
  z.number(),
  z.record(z.string(), z.number()).nullable(),
])

/** @param currentMonth YYYY-MM, of which nothing is shown yet */
export async function protectedFigures(
  db: Pick<Database, 'pool'>,
  { versionId, mainId, scope, filters }: FiguresRequest,
  currentMonth: string,
): Promise<Figures> {
  const cells = (await cellsOf(db, [versionId], scope)).map(({ cell }) => cell)
  const byQuestion = new Map<number | null, AnsweredCell[]>()
  for (const cell of cells) byQuestion.set(cell.questionId, [...(byQuestion.get(cell.questionId) ?? []), cell])
  const shown = (question: number | null) =>
    visibleBatches(byQuestion.get(question) ?? [], { scope, filters, currentMonth })
  const questions = [...byQuestion.keys()].filter(id => id !== null)
  const main = shown(mainId ?? Number.NaN)
  return {
    responses: figuresOf(shown(null)).answered,
    questions: new Map(questions.map(id => [id, figuresOf(shown(id))])),
    months: monthsOf(shown(null), main),
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
  const found = await cellsOf(db, versionIds, scope, Prisma.sql`question_id IS NULL`)
  const count = (id: number) => {
    const cells = found.filter(({ versionId }) => versionId === id).map(({ cell }) => cell)
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
  const found = await cellsOf(db, [versionId], scope, Prisma.sql`question_id = ${questionId}`)
  const cells = found.map(({ cell }) => cell)
  return visibleBatches(cells, { scope, filters, currentMonth }).flatMap(batch => batch.cells)
}

/** All cells: batches are made before anything is filtered, or the filters would decide which answers go together. */
async function cellsOf(
  db: Pick<Database, 'pool'>,
  versionIds: readonly number[],
  scope: Scope,
  questions = Prisma.sql`true`,
): Promise<{ versionId: number; cell: AnsweredCell }[]> {
  const whose = scope.by === 'agent' ? Prisma.sql`agent_id = ${scope.id}` : Prisma.sql`agent_id IS NULL`
  const [row] = await select(
    db,
    Prisma.sql`SELECT coalesce(json_agg(json_build_array(
        version_id, question_id, to_char(month, 'YYYY-MM'), area_id, category_id, kind, answered, counts)), '[]') AS cells
      FROM (SELECT version_id, question_id, month, area_id, category_id, kind,
          coalesce(sum(count) FILTER (WHERE answer IS NULL), 0) AS answered,
          json_object_agg(answer, count) FILTER (WHERE answer IS NOT NULL) AS counts
        FROM survey_tallies WHERE version_id = ANY(${[...versionIds]}::int[]) AND ${whose} AND ${questions}
        GROUP BY 1, 2, 3, 4, 5, 6) cell`,
  )
  const { cells } = z.object({ cells: z.array(cellRow) }).parse(row)
  return cells.map(([versionId, questionId, month, areaId, categoryId, kind, answered, counts]) => ({
    versionId,
    cell: { questionId, month, areaId, categoryId, kind, answered, counts: counts ?? {} },
  }))
}

interface Visible {
  scope: Scope
  filters: Filters
  currentMonth: string
}

function visibleBatches(cells: AnsweredCell[], { scope, filters, currentMonth }: Visible): Batch<AnsweredCell>[] {
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

function figuresOf(batches: Batch<AnsweredCell>[]): QuestionFigures {
  const figures: QuestionFigures = { answered: 0, counts: new Map() }
  for (const { answered, counts } of batches.flatMap(({ cells }) => cells)) {
    figures.answered += answered
    for (const [answer, count] of Object.entries(counts)) {
      figures.counts.set(Number(answer), (figures.counts.get(Number(answer)) ?? 0) + count)
    }
  }
  return figures
}

function monthsOf(responses: Batch<AnsweredCell>[], main: Batch<AnsweredCell>[]): MonthFigures[] {
  const months = [...new Set([...responses, ...main].map(({ month }) => month))].sort()
  const of = (batches: Batch<AnsweredCell>[], month: string) => batches.filter(batch => batch.month === month)
  return months.map(month => ({
    month,
    responses: figuresOf(of(responses, month)).answered,
    score: scoreOf(figuresOf(of(main, month)).counts),
  }))
}

function ranking(batches: Batch<AnsweredCell>[], key: (batch: Batch<AnsweredCell>) => number | null): Ranked[] {
  const ids = [...new Set(batches.map(key))].filter(id => id !== null)
  return ids.map(id => ({ id, ...scoreOf(figuresOf(batches.filter(batch => key(batch) === id)).counts) }))
}
