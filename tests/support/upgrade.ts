import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../src/platform/migrate.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { createEmptyDatabase } from './database.ts'

/**
 * A database as it was before a migration landed, for the time of a test.
 * @param migration the folder of the first migration that is left out
 * @param use fills it; `upgrade` applies the rest
 */
export async function withDatabaseBefore(
  migration: string,
  use: (pool: pg.Pool, upgrade: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const landed = join(projectRoot, 'prisma', 'migrations')
  const folder = mkdtempSync(join(tmpdir(), 'migraciones-'))
  const database = await createEmptyDatabase()
  const pool = new pg.Pool({ connectionString: database.url })
  try {
    for (const name of readdirSync(landed).filter(name => name < migration)) {
      cpSync(join(landed, name), join(folder, name), { recursive: true })
    }
    await migrate(pool, folder)
    await use(pool, () => migrate(pool, landed))
  } finally {
    await pool.end()
    await database.drop()
    rmSync(folder, { recursive: true })
  }
}
