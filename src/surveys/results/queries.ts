import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { CategoryKind, QuestionKind, SurveyMode } from '../../generated/prisma/enums.ts'
import { type Database, select } from '../../platform/db.ts'
import { NotFound } from '../../web/errors.ts'
import { type Key, PAGE_SIZE, type PageRequest, type Slice, slice } from '../../web/listing.ts'
import { type Filters, invitationSql } from './filters.ts'
import { type Scope, scopeSql } from './scope.ts'

const versionRow = z.object({
  id: z.number(),
  surveyId: z.number(),
  number: z.number(),
  title: z.string(),
  mode: z.enum(SurveyMode),
  publishedAt: z.date(),
})

/** A published version of a survey. */
export type VersionRow = z.infer<typeof versionRow>

const VERSION = Prisma.sql`v.id, v.survey_id AS "surveyId", v.number, v.title, v.mode, v.published_at AS "publishedAt"`

const listedRow = versionRow.extend({ invited: z.number(), answered: z.number() })

export type ListedVersion = z.infer<typeof listedRow> & Key

/** The versions of which somebody may see results, newest first, with all invitations that are in his scope. */
export async function listVersions(
  db: Pick<Database, 'pool'>,
  scope: Scope,
  request: PageRequest,
): Promise<Slice<ListedVersion>> {
  const { from, direction } = request
  const key = from && Prisma.sql`(${from.createdAt}::timestamptz, ${from.number}::int)`
  const forward = direction === 'forward'
  const rows = await select(
    db,
    Prisma.sql`SELECT ${VERSION}, invitations.invited, invitations.answered FROM survey_versions v
      CROSS JOIN LATERAL (SELECT coalesce(sum(invited), 0)::int AS invited, coalesce(sum(answered), 0)::int AS answered
        FROM survey_invitation_tallies WHERE version_id = v.id AND ${scopeSql(scope)}) invitations
      WHERE ${seenSql(scope)}
        AND ${key ? (forward ? Prisma.sql`(v.published_at, v.id) < ${key}` : Prisma.sql`(v.published_at, v.id) > ${key}`) : Prisma.sql`true`}
      ORDER BY ${forward ? Prisma.sql`v.published_at DESC, v.id DESC` : Prisma.sql`v.published_at, v.id`}
      LIMIT ${PAGE_SIZE + 1}`,
  )
  const found = z.array(listedRow).parse(rows)
  return slice(
    found.map(row => ({ ...row, createdAt: row.publishedAt, number: row.number })),
    request,
  )
}

/** The versions of a survey of which somebody may see results, newest first. @throws {NotFound} when there is none */
export async function getVersions(db: Pick<Database, 'pool'>, scope: Scope, surveyId: number) {
  const rows = await select(
    db,
    Prisma.sql`SELECT ${VERSION} FROM survey_versions v WHERE v.survey_id = ${surveyId} AND ${seenSql(scope)}
      ORDER BY v.number DESC`,
  )
  const [latest, ...older] = z.array(versionRow).parse(rows)
  if (!latest) throw new NotFound()
  return { latest, all: [latest, ...older] }
}

/** A survey exists for whoever supervises all, and for whose tickets it was sent; anonymous responses are no agent's own. */
function seenSql(scope: Scope): Prisma.Sql {
  const mode = scope.by === 'agent' ? Prisma.sql`v.mode <> 'ANONIMA'` : Prisma.sql`true`
  if (scope.by === 'all') return Prisma.sql`v.published_at IS NOT NULL`
  return Prisma.sql`v.published_at IS NOT NULL AND ${mode}
    AND EXISTS (SELECT FROM survey_invitation_tallies WHERE version_id = v.id AND ${scopeSql(scope)})`
}

const questionRow = z.object({
  id: z.number(),
  kind: z.enum(QuestionKind),
  text: z.string(),
  mainScore: z.boolean(),
  options: z.array(z.object({ id: z.number(), text: z.string() })),
})

export type QuestionRow = z.infer<typeof questionRow>

/** The questions of a version, in order. */
export async function questionsOf(db: Pick<Database, 'pool'>, versionId: number): Promise<QuestionRow[]> {
  return z.array(questionRow).parse(await select(db, questionsSql(versionId)))
}

const questionsSql = (versionId: number) => Prisma.sql`SELECT q.id, q.kind, q.text, q.main_score AS "mainScore",
    coalesce((SELECT json_agg(json_build_object('id', o.id, 'text', o.text) ORDER BY o.position)
      FROM survey_options o WHERE o.question_id = q.id), '[]') AS options
  FROM survey_questions q WHERE q.version_id = ${versionId} ORDER BY q.position`

const rateRow = z.object({ invited: z.number(), answered: z.number() })

/** How many were invited, but for those whose invitation was cancelled, and how many of them have answered. */
export async function invitationsOf(
  db: Pick<Database, 'pool'>,
  { versionId, scope, filters, zone }: { versionId: number; scope: Scope; filters: Filters; zone: string },
): Promise<z.infer<typeof rateRow>> {
  const [row] = await select(
    db,
    Prisma.sql`SELECT coalesce(sum(invited), 0)::int AS invited, coalesce(sum(answered), 0)::int AS answered
      FROM survey_invitation_tallies WHERE ${invitationSql(versionId, scope, filters, zone)}`,
  )
  return rateRow.parse(row)
}

const named = z.object({ id: z.number(), name: z.string() })
const placesRow = z.object({
  areas: z.array(named),
  categories: z.array(named.extend({ areaId: z.number(), kind: z.enum(CategoryKind) })),
  agents: z.array(named),
})

/** Areas, categories and agents for whose tickets people were asked, by their names of today. */
export type Places = z.infer<typeof placesRow>

export async function placesOf(db: Pick<Database, 'pool'>, versionId: number, scope: Scope): Promise<Places> {
  const [row] = await select(db, placesSql(versionId, scope))
  return placesRow.parse(row)
}

const placesSql = (
  versionId: number,
  scope: Scope,
) => Prisma.sql`WITH place AS (SELECT DISTINCT area_id, category_id, agent_id, kind FROM survey_invitation_tallies
    WHERE version_id = ${versionId} AND ${scopeSql(scope)})
  SELECT
    (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY name, id), '[]')
      FROM areas WHERE id IN (SELECT area_id FROM place)) AS areas,
    (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'areaId', p.area_id, 'kind', p.kind)
        ORDER BY c.name, c.id), '[]')
      FROM (SELECT DISTINCT area_id, category_id, kind FROM place) p JOIN categories c ON c.id = p.category_id) AS categories,
    (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY name, id), '[]')
      FROM users WHERE id IN (SELECT agent_id FROM place)) AS agents`

/** What a version asks, and of what it was asked, in one statement. */
export async function questionsAndPlaces(db: Pick<Database, 'pool'>, versionId: number, scope: Scope) {
  const [row] = await select(
    db,
    Prisma.sql`SELECT
      (SELECT coalesce(json_agg(question), '[]') FROM (${questionsSql(versionId)}) question) AS questions,
      (SELECT row_to_json(place) FROM (${placesSql(versionId, scope)}) place) AS places`,
  )
  return z.object({ questions: z.array(questionRow), places: placesRow }).parse(row)
}
