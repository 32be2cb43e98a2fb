import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { CategoryKind } from '../../generated/prisma/enums.ts'
import { type Database, select } from '../../platform/db.ts'
import type { Cell } from './release.ts'
import type { Scope } from './scope.ts'

const row = z.object({
  versionId: z.number(),
  month: z.string(),
  areaId: z.number(),
  categoryId: z.number(),
  kind: z.enum(CategoryKind),
  /** See the table survey_anonymous_tallies. */
  counts: z.record(z.string(), z.number()),
})

/** Everything that was answered in one month and category. */
export type CellRow = z.infer<typeof row>

/** The same, as the answers to one question. */
export interface AnsweredCell extends Cell {
  counts: CellRow['counts']
}

/** Stands for the responses themselves where a question is asked for. */
export const RESPONSES = 0

/**
 * All cells of protected versions. Of all areas, months and categories, whatever is asked for: batches are made before anything is
 * filtered, or the filters would decide which answers go together.
 * @param only the question whose number of answers is needed, and nothing else
 */
export async function listCells(
  db: Pick<Database, 'pool'>,
  versionIds: readonly number[],
  scope: Scope,
  only?: number,
): Promise<CellRow[]> {
  if (versionIds.length === 0) return []
  const versions = Prisma.sql`version_id = ANY(${[...versionIds]}::int[])`
  const cells = scope.by === 'agent' ? ownCells(versions, scope.id) : anonymousCells(versions)
  const counts =
    only === undefined
      ? Prisma.sql`counts`
      : Prisma.sql`jsonb_build_object(${String(only)}::text, counts->${String(only)})`
  const rows = await select(
    db,
    Prisma.sql`SELECT version_id AS "versionId", to_char(month, 'YYYY-MM') AS month, area_id AS "areaId",
        category_id AS "categoryId", kind, ${counts} AS counts
      FROM (${cells}) cell WHERE ${only === undefined ? Prisma.sql`true` : Prisma.sql`counts->${String(only)} IS NOT NULL`}`,
  )
  return z.array(row).parse(rows)
}

const anonymousCells = (versions: Prisma.Sql) => Prisma.sql`SELECT * FROM survey_anonymous_tallies WHERE ${versions}`

const ownCells = (versions: Prisma.Sql, agentId: number) =>
  Prisma.sql`SELECT version_id, month, area_id, category_id, kind,
      jsonb_object_agg(concat_ws(':', coalesce(question_id, ${RESPONSES}::int), answer), count) AS counts
    FROM survey_tallies WHERE ${versions} AND agent_id = ${agentId} GROUP BY 1, 2, 3, 4, 5`

/** The cells in which somebody answered a question. */
export const answersTo = (question: number, rows: readonly CellRow[]): AnsweredCell[] =>
  rows.flatMap(({ month, areaId, categoryId, kind, counts }) => {
    const answered = counts[question]
    return answered ? [{ month, areaId, categoryId, kind, answered, counts }] : []
  })
