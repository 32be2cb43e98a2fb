import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { Database } from '../../src/platform/db.ts'

interface Plan {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** The rows that all scans of a plan went through. */
function rowsRead(plan: Plan): number {
  const { 'Actual Rows': rows, 'Actual Loops': loops, 'Rows Removed by Filter': removed = 0, Plans = [] } = plan
  const own = plan['Node Type'].includes('Scan') ? (rows + removed) * loops : 0
  return Plans.reduce((sum, below) => sum + rowsRead(below), own)
}

/** Does a read while it counts the rows that the database goes through. */
export async function costOf(
  db: Pick<Database, 'pool'>,
  read: (db: Pick<Database, 'pool'>) => Promise<unknown>,
): Promise<number> {
  let rows = 0
  const query = async ({ text, values }: Prisma.Sql) => {
    const explained = await db.pool.query({ text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values })
    rows += rowsRead(explained.rows[0]['QUERY PLAN'][0].Plan)
    return db.pool.query({ text, values })
  }
  await read({ pool: { query, shared: { query } } as unknown as Database['pool'] })
  return rows
}
