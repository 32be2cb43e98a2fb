import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { CategoryKind } from '../../generated/prisma/enums.ts'
import { type Database, select } from '../../platform/db.ts'
import type { QuestionFigures } from './figures.ts'
import type { Cell } from './release.ts'
import type { Scope } from './scope.ts'

/** The answers to one question, of one month and category. */
export interface AnsweredCell extends Cell {
  counts: QuestionFigures['counts']
}

/** Stands for the responses themselves. */
export const RESPONSES = 0

const row = z.object({
  versionId: z.number(),
  month: z.string(),
  areaId: z.number(),
  categoryId: z.number(),
  kind: z.enum(CategoryKind),
  /** See the table survey_anonymous_tallies. */
  counts: z.record(z.string(), z.number()),
})

/**
 * All cells of protected versions, by version and question. Of all areas, months and categories, whatever is asked for: batches are
 * made before anything is filtered, or the filters would decide which answers go together.
 */
export async function cellsOf(
  db: Pick<Database, 'pool'>,
  versionIds: readonly number[],
  scope: Scope,
): Promise<Map<number, Map<number, AnsweredCell[]>>> {
  if (versionIds.length === 0) return new Map()
  const versions = Prisma.sql`version_id = ANY(${[...versionIds]}::int[])`
  const rows = await select(db, scope.by === 'agent' ? ownCells(versions, scope.id) : anonymousCells(versions))
  const found = new Map<number, Map<number, AnsweredCell[]>>()
  for (const { versionId, ...each } of z.array(row).parse(rows)) {
    const questions = found.get(versionId) ?? new Map<number, AnsweredCell[]>()
    found.set(versionId, questions)
    for (const [question, cell] of split(each)) {
      const cells = questions.get(question)
      if (cells) cells.push(cell)
      else questions.set(question, [cell])
    }
  }
  return found
}

const PLACE = Prisma.sql`version_id AS "versionId", to_char(month, 'YYYY-MM') AS month, area_id AS "areaId",
  category_id AS "categoryId", kind`

const anonymousCells = (versions: Prisma.Sql) =>
  Prisma.sql`SELECT ${PLACE}, counts FROM survey_anonymous_tallies WHERE ${versions}`

const ownCells = (versions: Prisma.Sql, agentId: number) =>
  Prisma.sql`SELECT ${PLACE},
      json_object_agg(concat_ws(':', coalesce(question_id, ${RESPONSES}::int), answer), count) AS counts
    FROM survey_tallies WHERE ${versions} AND agent_id = ${agentId}
    GROUP BY version_id, survey_tallies.month, area_id, category_id, kind`

function split({ counts, ...place }: Omit<z.infer<typeof row>, 'versionId'>): Map<number, AnsweredCell> {
  const cells = new Map<number, AnsweredCell>()
  for (const [key, count] of Object.entries(counts)) {
    const [question = '', answer] = key.split(':')
    const cell = cells.get(Number(question)) ?? { ...place, answered: 0, counts: new Map() }
    cells.set(Number(question), cell)
    if (answer === undefined) cell.answered = count
    else cell.counts.set(Number(answer), count)
  }
  return cells
}
