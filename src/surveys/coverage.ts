import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, SurveyScope } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { type NameKey, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { orderByName } from '../web/listing-order.ts'

// Which survey a category gets is decided in one place, the function survey_version_for() of the database, which the
// invitations use too.

const coverageRow = z.object({
  id: z.number(),
  category: z.string(),
  sortName: z.string(),
  area: z.string(),
  kind: z.enum(CategoryKind),
  /** What a ticket that is finished now would be asked; null for nothing. */
  surveyId: z.number().nullable(),
  title: z.string().nullable(),
})

export type CoverageRow = z.infer<typeof coverageRow>

const columns = Prisma.sql`c.id, c.name AS category, normalized_name(c.name) AS "sortName", a.name AS area, c.kind,
  s.id AS "surveyId", v.title`
const sources = Prisma.sql`categories c JOIN areas a ON a.id = c.area_id
  LEFT JOIN survey_versions v ON v.id = survey_version_for(c.id) LEFT JOIN surveys s ON s.id = v.survey_id`

/** The active categories by name, each with the survey that it gets. */
export async function listCoverage(
  db: Pick<Database, 'pool'>,
  request: PageRequest<NameKey>,
): Promise<Slice<CoverageRow>> {
  const { beyond, end } = orderByName(request, Prisma.sql`c.name`, Prisma.sql`c.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT ${columns} FROM ${sources} WHERE c.active AND a.active AND ${beyond} ${end}`,
  )
  return slice(z.array(coverageRow).parse(rows), request)
}

const reachRow = coverageRow.extend({ scope: z.enum(SurveyScope).nullable(), own: z.enum(SurveyScope) })

/** A category that a survey is meant for, and the more specific survey that it gets instead; null when it gets this one. */
export interface Reached {
  category: string
  area: string
  instead: { id: number; title: string } | null
}

/** The active categories that a survey is meant for, as they are, or would be if it were active. At most a thousand. */
export async function reachOf(db: Pick<Database, 'pool'>, surveyId: number): Promise<Reached[]> {
  const rows = await select(
    db,
    Prisma.sql`SELECT ${columns}, s.scope, own.scope AS own FROM surveys own, ${sources}
      WHERE own.id = ${surveyId} AND c.active AND a.active
        AND (own.scope = 'TODO' OR own.kind = c.kind OR own.area_id = c.area_id OR own.category_id = c.id)
      ORDER BY a.name, c.name, c.id LIMIT 1000`,
  )
  return z
    .array(reachRow)
    .parse(rows)
    .map(({ category, area, surveyId: winner, title, scope, own }) => ({
      category,
      area,
      instead:
        winner !== null && title !== null && winner !== surveyId && isNarrower(scope, own)
          ? { id: winner, title }
          : null,
    }))
}

const ORDER: Record<SurveyScope, number> = { TODO: 0, TIPO: 1, AREA: 2, CATEGORIA: 3 }

const isNarrower = (scope: SurveyScope | null, own: SurveyScope) => scope !== null && ORDER[scope] > ORDER[own]
