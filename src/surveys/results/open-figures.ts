import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { type Database, select } from '../../platform/db.ts'
import type { Figures, QuestionFigures, Ranked } from './figures.ts'
import { agentTallySql, type Filters, tallySql } from './filters.ts'
import type { Scope } from './scope.ts'

/** What is asked for the figures of. */
export interface FiguresRequest {
  versionId: number
  /** The question with the main score. */
  mainId: number | null
  scope: Scope
  filters: Filters
}

const answerRow = z.object({ question: z.number().nullable(), answer: z.number().nullable(), count: z.number() })
const monthRow = z.object({ month: z.string(), responses: z.number(), count: z.number(), total: z.number() })
const rankedRow = z.object({
  area: z.number().nullable(),
  category: z.number().nullable(),
  count: z.number(),
  total: z.number(),
})
const agentRow = z.object({ id: z.number(), count: z.number(), total: z.number() })
const figuresRow = z.object({
  answers: z.array(answerRow),
  months: z.array(monthRow),
  places: z.array(rankedRow),
  agents: z.array(agentRow),
})

/** The figures of responses that need no protection, added up by the database. */
export async function openFigures(db: Pick<Database, 'pool'>, request: FiguresRequest): Promise<Figures> {
  const [row] = await select(
    db,
    Prisma.sql`SELECT ${listSql(answersSql(request))} AS answers, ${listSql(monthsSql(request))} AS months,
      ${listSql(rankedSql(request))} AS places, ${listSql(agentsSql(request))} AS agents`,
  )
  const { answers, months, places, agents } = figuresRow.parse(row)
  return {
    ...byQuestion(answers),
    months: months.map(({ month, responses, ...score }) => ({ month, responses, score })),
    areas: places.flatMap(({ area, count, total }) => (area === null ? [] : [{ id: area, count, total }])),
    categories: places.flatMap(({ category, count, total }) =>
      category === null ? [] : [{ id: category, count, total }],
    ),
    agents: agents satisfies Ranked[],
  }
}

function byQuestion(rows: z.infer<typeof answerRow>[]): Pick<Figures, 'responses' | 'questions'> {
  const questions = new Map<number, QuestionFigures>()
  let responses = 0
  for (const { question, answer, count } of rows) {
    if (question === null) {
      responses = count
      continue
    }
    const figures = questions.get(question) ?? { answered: 0, counts: new Map() }
    if (answer === null) figures.answered = count
    else figures.counts.set(answer, count)
    questions.set(question, figures)
  }
  return { responses, questions }
}

const listSql = (rows: Prisma.Sql) => Prisma.sql`(SELECT coalesce(json_agg(listed), '[]') FROM (${rows}) listed)`

const answersSql = ({ versionId, scope, filters }: FiguresRequest) =>
  Prisma.sql`SELECT question_id AS question, answer, sum(count)::int AS count
    FROM survey_tallies WHERE ${tallySql(versionId, scope, filters)} GROUP BY 1, 2`

const monthsSql = ({ versionId, mainId, scope, filters }: FiguresRequest) =>
  Prisma.sql`SELECT to_char(month, 'YYYY-MM') AS month,
      coalesce(sum(count) FILTER (WHERE question_id IS NULL), 0)::int AS responses,
      coalesce(sum(count) FILTER (WHERE answer IS NOT NULL), 0)::int AS count,
      coalesce(sum(count * answer), 0)::int AS total
    FROM survey_tallies
    WHERE ${tallySql(versionId, scope, filters)} AND (question_id IS NULL OR question_id = ${mainId})
    GROUP BY survey_tallies.month ORDER BY 1`

const rankedSql = ({ versionId, mainId, scope, filters }: FiguresRequest) =>
  Prisma.sql`SELECT area_id AS area, category_id AS category, sum(count)::int AS count, sum(count * answer)::int AS total
    FROM survey_tallies
    WHERE ${tallySql(versionId, scope, filters)} AND question_id = ${mainId} AND answer IS NOT NULL
    GROUP BY GROUPING SETS ((area_id), (category_id))`

const agentsSql = ({ versionId, mainId, scope, filters }: FiguresRequest) =>
  Prisma.sql`SELECT agent_id AS id, sum(count)::int AS count, sum(count * answer)::int AS total
    FROM survey_tallies
    WHERE ${agentTallySql(versionId, scope, filters)} AND question_id = ${mainId} AND answer IS NOT NULL
    GROUP BY 1`
