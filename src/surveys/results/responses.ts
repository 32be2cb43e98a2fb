import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { type Database, select } from '../../platform/db.ts'
import { visibleSql, visibleTo } from '../../tickets/visibility.ts'
import type { Viewer } from '../../web/access.ts'
import { PAGE_SIZE, type PageRequest, type Slice, slice } from '../../web/listing.ts'
import { type Filters, responseSql } from './filters.ts'
import type { Cell } from './release.ts'
import type { Scope } from './scope.ts'

/** The place of a response in the order of time. */
export interface ResponseKey {
  answeredAt: Date
  id: string
}

const TIME_AND_ID = /^(\d{1,14})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export const newestResponse = {
  encode: ({ answeredAt, id }: ResponseKey) => `${answeredAt.getTime()}-${id}`,
  decode: (cursor: string): ResponseKey | undefined => {
    const [, time, id] = TIME_AND_ID.exec(cursor) ?? []
    return time && id ? { answeredAt: new Date(Number(time)), id } : undefined
  },
}

/** The place of a protected text: its id was drawn by lot. */
export interface TextKey {
  id: string
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const byLot = {
  encode: ({ id }: TextKey) => id,
  decode: (cursor: string): TextKey | undefined => (ID.test(cursor) ? { id: cursor } : undefined),
}

const whoseRow = z.object({
  id: z.string(),
  answeredAt: z.date(),
  ticketNumber: z.number(),
  /** Null when the ticket is out of the viewer's sight. */
  subject: z.string().nullable(),
  person: z.string(),
  agent: z.string().nullable(),
  area: z.string(),
  category: z.string(),
})

const textRow = whoseRow.extend({ text: z.string() })
const scoreRow = whoseRow.extend({ score: z.number() })

export type TextRow = z.infer<typeof textRow>
export type ScoreRow = z.infer<typeof scoreRow>

/** Responses of one version that may be told apart. */
export interface ResponsesRequest {
  viewer: Viewer
  versionId: number
  questionId: number
  scope: Scope
  filters: Filters
}

/** The free texts that answer a question, newest first. */
export async function listTexts(
  db: Pick<Database, 'pool'>,
  request: ResponsesRequest,
  pageRequest: PageRequest<ResponseKey>,
): Promise<Slice<TextRow>> {
  const rows = await listAnswers(db, request, pageRequest, Prisma.sql`a.text`, Prisma.sql`a.text IS NOT NULL`)
  return slice(
    rows.map(row => textRow.parse(row)),
    pageRequest,
  )
}

/** The responses whose main score is 1 or 2, newest first. */
export async function listLowScores(
  db: Pick<Database, 'pool'>,
  request: ResponsesRequest,
  pageRequest: PageRequest<ResponseKey>,
): Promise<Slice<ScoreRow>> {
  const rows = await listAnswers(db, request, pageRequest, Prisma.sql`a.scale AS score`, Prisma.sql`a.scale <= 2`)
  return slice(
    rows.map(row => scoreRow.parse(row)),
    pageRequest,
  )
}

/** One branch in the order of one index, left after a page. */
function listAnswers(
  db: Pick<Database, 'pool'>,
  { viewer, versionId, questionId, scope, filters }: ResponsesRequest,
  { from, direction }: PageRequest<ResponseKey>,
  column: Prisma.Sql,
  condition: Prisma.Sql,
): Promise<unknown[]> {
  const forward = direction === 'forward'
  const key = from && Prisma.sql`(${from.answeredAt}::timestamptz, ${from.id}::uuid)`
  const beyond = key && (forward ? Prisma.sql`(answered_at, id) < ${key}` : Prisma.sql`(answered_at, id) > ${key}`)
  const responses = Prisma.sql`SELECT id, answered_at, invitation_id, agent_id, area_id, category_id
    FROM survey_responses WHERE ${responseSql(versionId, scope, filters)} AND ${beyond ?? Prisma.sql`true`}`
  return select(
    db,
    Prisma.sql`SELECT found.*, i.ticket_number AS "ticketNumber", person.name AS person, agent.name AS agent,
        area.name AS area, category.name AS category,
        (SELECT t.subject FROM tickets t WHERE t.number = i.ticket_number AND ${visibleSql(visibleTo(viewer))}) AS subject
      FROM (SELECT r.id, r.answered_at AS "answeredAt", r.invitation_id, r.agent_id, r.area_id, r.category_id, ${column}
        FROM (${responses}) r JOIN survey_answers a ON a.response_id = r.id
        WHERE a.question_id = ${questionId} AND ${condition}
        ORDER BY ${forward ? Prisma.sql`r.answered_at DESC, r.id DESC` : Prisma.sql`r.answered_at, r.id`}
        LIMIT ${PAGE_SIZE + 1}) found
      JOIN survey_invitations i ON i.id = found.invitation_id
      JOIN users person ON person.id = i.person_id
      LEFT JOIN users agent ON agent.id = found.agent_id
      JOIN areas area ON area.id = found.area_id
      JOIN categories category ON category.id = found.category_id
      ORDER BY ${forward ? Prisma.sql`found."answeredAt" DESC, found.id DESC` : Prisma.sql`found."answeredAt", found.id`}`,
  )
}

const lotRow = z.object({ id: z.string(), text: z.string() })

/** Free texts of protected responses: of visible batches alone, in an order that tells nothing, without anything else. */
export async function listProtectedTexts(
  db: Pick<Database, 'pool'>,
  { questionId, scope, cells }: { questionId: number; scope: Scope; cells: readonly Cell[] },
  { from, direction }: PageRequest<TextKey>,
  limit = PAGE_SIZE + 1,
): Promise<z.infer<typeof lotRow>[]> {
  const forward = direction === 'forward'
  const beyond = from && (forward ? Prisma.sql`a.id > ${from.id}::uuid` : Prisma.sql`a.id < ${from.id}::uuid`)
  const whose = scope.by === 'agent' ? Prisma.sql`r.agent_id = ${scope.id}` : Prisma.sql`true`
  // IS TRUE keeps the cells a condition: as a join they would have all texts read and sorted for each page.
  const rows = await select(
    db,
    Prisma.sql`SELECT a.id, a.text FROM survey_answers a JOIN survey_responses r ON r.id = a.response_id
      WHERE a.question_id = ${questionId} AND a.text IS NOT NULL AND ${whose} AND ${beyond ?? Prisma.sql`true`}
        AND ((r.month, r.area_id, r.category_id, r.kind) IN (SELECT * FROM unnest(
          ${cells.map(({ month }) => `${month}-01`)}::date[], ${cells.map(({ areaId }) => areaId)}::int[],
          ${cells.map(({ categoryId }) => categoryId)}::int[], ${cells.map(({ kind }) => kind)}::category_kind[]))) IS TRUE
      ORDER BY ${forward ? Prisma.sql`a.id` : Prisma.sql`a.id DESC`} LIMIT ${limit}`,
  )
  return z.array(lotRow).parse(rows)
}
