import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, SurveyScope } from '../generated/prisma/enums.ts'
import { type Database, select, type Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type Key, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { orderByTime } from '../web/listing-order.ts'
import { kindScopeLabels, type SurveyState } from './labels.ts'

const questionColumns = {
  select: {
    id: true,
    kind: true,
    text: true,
    required: true,
    mainScore: true,
    options: { select: { id: true, text: true }, orderBy: { position: 'asc' } },
  },
  orderBy: { position: 'asc' },
} satisfies Prisma.SurveyVersion$questionsArgs

/** What a version asks and says. */
export const versionColumns = {
  id: true,
  number: true,
  title: true,
  introduction: true,
  thanks: true,
  mode: true,
  publishedAt: true,
  questions: questionColumns,
} satisfies Prisma.SurveyVersionSelect

export type Version = Prisma.SurveyVersionGetPayload<{ select: typeof versionColumns }>
export type Question = Version['questions'][number]

type Reader = Pick<Transaction, 'survey' | 'area' | 'category'>

/** A survey with its draft and its last published version; at least one of the two is there. */
export async function getSurvey({ prisma }: { prisma: Reader }, id: number) {
  const found = await prisma.survey.findUnique({
    where: { id },
    include: {
      // The draft, if there is one, is the newest.
      versions: { select: versionColumns, orderBy: { number: 'desc' }, take: 2 },
    },
  })
  const [newest] = found?.versions ?? []
  if (!found || !newest) throw new NotFound()
  const { versions, ...survey } = found
  return {
    ...survey,
    ...(await scopeNames(prisma, survey)),
    /** What the page shows: the draft, else what is published. */
    newest,
    draft: newest.publishedAt === null ? newest : null,
    published: versions.find(({ publishedAt }) => publishedAt !== null) ?? null,
  }
}

/** One after the other, for a transaction has one connection. */
async function scopeNames(
  prisma: Reader,
  { areaId, categoryId }: { areaId: number | null; categoryId: number | null },
) {
  const named = { select: { name: true } }
  if (areaId !== null) {
    return { area: (await prisma.area.findUniqueOrThrow({ where: { id: areaId }, ...named })).name, category: null }
  }
  if (categoryId === null) return { area: null, category: null }
  const columns = { name: true, area: named }
  const { name, area } = await prisma.category.findUniqueOrThrow({ where: { id: categoryId }, select: columns })
  return { area: area.name, category: name }
}

export type Survey = Awaited<ReturnType<typeof getSurvey>>

/** Counts of answers stop here: "1000+". */
export const COUNT_LIMIT = 1000

const listRow = z.object({
  id: z.number(),
  createdAt: z.date(),
  title: z.string(),
  scope: z.enum(SurveyScope),
  kind: z.enum(CategoryKind).nullable(),
  area: z.string().nullable(),
  category: z.string().nullable(),
  active: z.boolean(),
  published: z.boolean(),
  changed: z.boolean(),
  answers: z.number(),
})

export type SurveyRow = z.infer<typeof listRow>

const STATES: Record<SurveyState, Prisma.Sql> = {
  borrador: Prisma.sql`NOT published`,
  publicada: Prisma.sql`published AND NOT active`,
  activa: Prisma.sql`active`,
}

/** A page of the surveys, newest first. @param state null for all */
export async function listSurveys(
  db: Pick<Database, 'pool'>,
  state: SurveyState | null,
  request: PageRequest<Key>,
): Promise<Slice<SurveyRow>> {
  const { beyond, end } = orderByTime(request, Prisma.sql`s.created_at`, Prisma.sql`s.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT s.id, s.created_at AS "createdAt", v.title, s.scope, s.kind, s.active, published,
      v.published_at IS NULL AS changed, coalesce(area.name, of_category.name) AS area, category.name AS category,
      (SELECT count(*)::int FROM (SELECT FROM survey_responses r JOIN survey_versions a ON a.id = r.version_id
        WHERE a.survey_id = s.id LIMIT ${COUNT_LIMIT + 1}) bounded) AS answers
    FROM surveys s
    CROSS JOIN LATERAL (SELECT title, published_at FROM survey_versions
      WHERE survey_id = s.id ORDER BY number DESC LIMIT 1) v
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM survey_versions
      WHERE survey_id = s.id AND published_at IS NOT NULL) AS published) p
    LEFT JOIN areas area ON area.id = s.area_id
    LEFT JOIN categories category ON category.id = s.category_id
    LEFT JOIN areas of_category ON of_category.id = category.area_id
    WHERE ${state ? STATES[state] : Prisma.sql`true`} AND ${beyond}
    ${end}`,
  )
  return slice(z.array(listRow).parse(rows), request)
}

/** How many people answered a survey, in all its versions, up to {@link COUNT_LIMIT} + 1. */
export async function countAnswers(db: Pick<Database, 'pool'>, id: number): Promise<number> {
  const rows = await select(
    db,
    Prisma.sql`SELECT count(*)::int AS count FROM (SELECT FROM survey_responses r JOIN survey_versions v
      ON v.id = r.version_id WHERE v.survey_id = ${id} LIMIT ${COUNT_LIMIT + 1}) bounded`,
  )
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count
}

/** A choice of what a survey is for; some stand under a heading. */
export type ScopeChoice =
  | { value: string; label: string }
  | { label: string; options: { value: string; label: string }[] }

/** Everything that a survey may be for: all, a kind, an area, a category. */
export async function listScopes({ prisma }: Pick<Database, 'prisma'>): Promise<ScopeChoice[]> {
  const areas = await prisma.area.findMany({
    where: { active: true },
    select: {
      id: true,
      name: true,
      categories: {
        where: { active: true },
        select: { id: true, name: true },
        orderBy: [{ kind: 'asc' }, { name: 'asc' }],
      },
    },
    orderBy: { name: 'asc' },
  })
  const kinds = Object.values(CategoryKind).map(kind => ({ value: `tipo:${kind}`, label: kindScopeLabels[kind] }))
  return [
    { value: 'todo', label: 'Todos los tickets' },
    { label: 'Un tipo', options: kinds },
    { label: 'Un área', options: areas.map(({ id, name }) => ({ value: `area:${id}`, label: name })) },
    ...areas
      .filter(({ categories }) => categories.length > 0)
      .map(({ name, categories }) => ({
        label: `Una categoría de ${name}`,
        options: categories.map(category => ({ value: `categoria:${category.id}`, label: category.name })),
      })),
  ]
}
