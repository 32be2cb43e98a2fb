import type { Database } from '../platform/db.ts'
import { jobsAlive } from '../platform/jobs.ts'
import { migrationNames } from '../platform/migrate.ts'

/** Something without which no page can be answered; throws, or settles with false, when it is missing. */
type Check = () => Promise<boolean>

/** What one check found. */
export type Finding = 'bien' | 'falla'

/** Longer than this no check may take: who asks has a limit of his own. */
const PATIENCE_MS = 3000

/** The checks by the Spanish name under which the answer shows them. */
export function checksOf(pool: Database['pool']): Record<string, Check> {
  const expected = migrationNames()
  return {
    'base de datos': async () => (await pool.query('SELECT 1')).rowCount === 1,
    migraciones: async () => {
      const { rows } = await pool.query<{ migration_name: string }>(
        'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      )
      const applied = new Set(rows.map(row => row.migration_name))
      return expected.every(name => applied.has(name))
    },
    tareas: () => jobsAlive(pool),
  }
}

/**
 * Runs checks at the same time. One that is still running when the next asks is waited for, not repeated: a database
 * that hangs must not take one more connection with each question.
 */
export function examination(checks: Record<string, Check>, patience = PATIENCE_MS) {
  const running = new Map<string, Promise<boolean>>()
  const run = (name: string, check: Check) => {
    const started = running.get(name) ?? check().finally(() => running.delete(name))
    running.set(name, started)
    return started
  }
  return async (): Promise<Record<string, Finding>> => {
    const findings = Object.entries(checks).map(async ([name, check]): Promise<[string, Finding]> => {
      const passed = await Promise.race([run(name, check).catch(() => false), elapsed(patience)])
      return [name, passed ? 'bien' : 'falla']
    })
    return Object.fromEntries(await Promise.all(findings))
  }
}

const elapsed = (ms: number) => new Promise<false>(resolve => setTimeout(resolve, ms, false).unref())
