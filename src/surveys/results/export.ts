import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { CategoryKind } from '../../generated/prisma/enums.ts'
import { type Database, select } from '../../platform/db.ts'
import { categoryKindLabels } from '../../tickets/labels.ts'
import { csvMoment } from '../../web/csv.ts'
import { choicesOf } from './choices.ts'
import type { Figures } from './figures.ts'
import { responseSql } from './filters.ts'
import { protectedTextCells } from './protected-figures.ts'
import type { QuestionRow } from './queries.ts'
import type { ResultsRequest } from './request.ts'
import { listProtectedTexts, type ResponseKey } from './responses.ts'

/** Rows that are read at a time. */
const BATCH = 1000

const responseRow = z.object({
  id: z.string(),
  answeredAt: z.date(),
  ticket: z.number(),
  area: z.string(),
  category: z.string(),
  kind: z.enum(CategoryKind),
  agent: z.string().nullable(),
  person: z.string(),
  /** By id of the question. */
  answers: z.record(z.string(), z.string()).nullable(),
})

/** One row for each response, oldest first, below the headings. For responses that may be told apart. */
export async function* responseRows(
  db: Pick<Database, 'pool'>,
  request: ResultsRequest,
  questions: readonly QuestionRow[],
): AsyncGenerator<string[]> {
  const about = ['Contestada', 'Ticket', 'Área', 'Categoría', 'Tipo', 'Responsable', 'Solicitante']
  yield [...about, ...questions.map(({ text }) => text)]
  let last: ResponseKey | null = null
  for (;;) {
    const rows: z.infer<typeof responseRow>[] = await nextResponses(db, request, last)
    for (const { answeredAt, ticket, area, category, kind, agent, person, answers } of rows) {
      const place = [area, category, categoryKindLabels[kind], agent ?? '', person]
      const said = questions.map(({ id }) => answers?.[id] ?? '')
      yield [csvMoment(answeredAt, request.region.zone), String(ticket), ...place, ...said]
    }
    last = rows.at(-1) ?? null
    if (rows.length < BATCH) return
  }
}

async function nextResponses(
  db: Pick<Database, 'pool'>,
  { version, scope, filters }: ResultsRequest,
  last: ResponseKey | null,
): Promise<z.infer<typeof responseRow>[]> {
  const beyond = last
    ? Prisma.sql`(answered_at, id) > (${last.answeredAt}::timestamptz, ${last.id}::uuid)`
    : Prisma.sql`true`
  const rows = await select(
    db,
    Prisma.sql`SELECT r.id, r.answered_at AS "answeredAt", i.ticket_number AS ticket, area.name AS area,
        category.name AS category, r.kind, agent.name AS agent, person.name AS person, ${ANSWERS} AS answers
      FROM (SELECT * FROM survey_responses WHERE ${responseSql(version.id, scope, filters)} AND ${beyond}
        ORDER BY answered_at, id LIMIT ${BATCH}) r
      JOIN survey_invitations i ON i.id = r.invitation_id
      JOIN users person ON person.id = i.person_id
      LEFT JOIN users agent ON agent.id = r.agent_id
      JOIN areas area ON area.id = r.area_id
      JOIN categories category ON category.id = r.category_id
      ORDER BY r.answered_at, r.id`,
  )
  return z.array(responseRow).parse(rows)
}

const ANSWERS = Prisma.sql`(SELECT json_object_agg(question_id, said) FROM (
  SELECT a.question_id, string_agg(coalesce(a.text, o.text, a.scale::text, CASE WHEN a.yes THEN 'Sí' ELSE 'No' END),
      ' | ' ORDER BY o.position) AS said
    FROM survey_answers a LEFT JOIN survey_options o ON o.id = a.option_id
    WHERE a.response_id = r.id GROUP BY a.question_id) given)`

/** The figures and texts that the pages show, for responses that must not be told apart. */
export async function* figureRows(
  db: Pick<Database, 'pool'>,
  request: ResultsRequest,
  questions: readonly QuestionRow[],
  figures: Figures,
): AsyncGenerator<string[]> {
  yield ['Pregunta', 'Respuesta', 'Cantidad']
  for (const question of questions) {
    const counts = figures.questions.get(question.id)?.counts
    for (const { value, label } of choicesOf(question)) yield [question.text, label, String(counts?.get(value) ?? 0)]
    if (question.kind === 'TEXTO') yield* textRows(db, request, question)
  }
}

async function* textRows(
  db: Pick<Database, 'pool'>,
  { version, scope, filters, currentMonth }: ResultsRequest,
  { id: questionId, text: heading }: QuestionRow,
): AsyncGenerator<string[]> {
  const cells = await protectedTextCells(db, { versionId: version.id, scope, filters, currentMonth }, questionId)
  let from: { id: string } | null = null
  for (;;) {
    const place = { direction: 'forward' as const, from }
    const rows: { id: string; text: string }[] = await listProtectedTexts(
      db,
      { questionId, scope, cells },
      place,
      BATCH,
    )
    for (const { text } of rows) yield [heading, text, '1']
    from = rows.at(-1) ?? null
    if (rows.length < BATCH) return
  }
}
