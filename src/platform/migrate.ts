import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { projectRoot } from './root.ts'
import { StartFailure } from './start-failure.ts'

interface Migration {
  name: string
  sql: string
  checksum: string
}

const ownMigrations = join(projectRoot, 'prisma', 'migrations')

/** The key of `prisma migrate`, so that it and we wait for each other. */
const lockKey = 72_707_369

/**
 * Brings a database up to date, and records what it did where `prisma migrate status` looks for it. Safe to run from
 * several processes at once: one works, the others wait and then find nothing to do.
 * @param target connection URL, or a pool of which one connection is used
 * @param folder holds one folder per migration, applied in the order of their names, each in a transaction
 * @returns the names of the migrations that were applied
 * @throws StartFailure when a migration fails, or the database and the folder do not belong together
 */
export async function migrate(target: pg.Pool | string, folder = ownMigrations): Promise<string[]> {
  const pool = typeof target === 'string' ? new pg.Pool({ connectionString: target, max: 1 }) : target
  try {
    const client = await pool.connect()
    try {
      await client.query('SELECT pg_advisory_lock($1)', [lockKey])
      return await applyPending(client, readMigrations(folder))
    } finally {
      // Closes the connection, and so gives the lock back whatever state it is in.
      client.release(true)
    }
  } finally {
    if (pool !== target) await pool.end()
  }
}

/** The names of all migrations that a database needs, in their order. */
export function migrationNames(folder = ownMigrations): string[] {
  return readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'migration.sql')))
    .sort()
}

function readMigrations(folder: string): Migration[] {
  return migrationNames(folder).map(name => {
    const content = readFileSync(join(folder, name, 'migration.sql'))
    return { name, sql: content.toString(), checksum: createHash('sha256').update(content).digest('hex') }
  })
}

async function applyPending(client: pg.PoolClient, migrations: Migration[]): Promise<string[]> {
  await client.query(prismasTable)
  const applied = await readApplied(client)
  refuseStrangers(migrations, applied)
  const pending = migrations.filter(migration => !applied.has(migration.name))
  for (const migration of pending) await apply(client, migration)
  return pending.map(migration => migration.name)
}

const prismasTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

/** @returns checksums by name */
async function readApplied(client: pg.PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const failed = rows.find(row => row.finished_at === null)
  if (failed) {
    throw new StartFailure(
      `La migración ${failed.migration_name} quedó a medias; resuélvala con «prisma migrate resolve».`,
    )
  }
  return new Map(rows.map(row => [row.migration_name, row.checksum]))
}

function refuseStrangers(migrations: Migration[], applied: Map<string, string>): void {
  const known = new Map(migrations.map(migration => [migration.name, migration.checksum]))
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new StartFailure(
        `La base de datos tiene la migración ${name}, que este programa no conoce; use una versión más nueva del programa.`,
      )
    }
    if (known.get(name) !== checksum) {
      throw new StartFailure(
        `La migración ${name} ya está aplicada y su archivo cambió después; recupere el archivo y escriba otra migración.`,
      )
    }
  }
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartFailure(`La migración ${name} falló y no se aplicó: ${reason}`, { cause: error })
  }
}
