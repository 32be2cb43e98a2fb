import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../src/platform/migrate.ts'
import { projectRoot } from '../src/platform/root.ts'
import { createEmptyDatabase } from './support/database.ts'

const landed = join(projectRoot, 'prisma', 'migrations')
let folder: string
let database: Awaited<ReturnType<typeof createEmptyDatabase>>
let pool: pg.Pool

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migraciones-'))
  database = await createEmptyDatabase()
  pool = new pg.Pool({ connectionString: database.url })
})

afterEach(async () => {
  await pool.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}

const tablesLike = async (pattern: string) =>
  (await pool.query('SELECT tablename FROM pg_tables WHERE tablename LIKE $1 ORDER BY 1', [pattern])).rows.map(
    row => row.tablename,
  )

describe('migrate', () => {
  it('applies what is pending in the order of the names, and nothing the second time', async () => {
    write('2_second', 'CREATE TABLE step_b (LIKE step_a)')
    write('1_first', 'CREATE TABLE step_a (id integer)')
    expect(await migrate(pool, folder)).toEqual(['1_first', '2_second'])
    expect(await migrate(pool, folder)).toEqual([])
    write('3_third', 'CREATE TABLE step_c (LIKE step_b)')
    expect(await migrate(database.url, folder)).toEqual(['3_third'])
    expect(await tablesLike('step%')).toEqual(['step_a', 'step_b', 'step_c'])
  })

  it('records each migration as Prisma does', async () => {
    cpSync(landed, folder, { recursive: true })
    const names = await migrate(pool, folder)
    const { rows } = await pool.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')
    expect(rows.map(row => row.migration_name)).toEqual(names)
    for (const row of rows) {
      const file = readFileSync(join(folder, row.migration_name, 'migration.sql'))
      expect(row).toMatchObject({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash('sha256').update(file).digest('hex'),
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      })
    }
  })

  it('lets one of several work while the others wait', async () => {
    cpSync(landed, folder, { recursive: true })
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, folder)))
    const names = readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? entry.name : []))
    expect(applied.flat()).toEqual(names.sort())
    expect(applied.filter(mine => mine.length > 0)).toHaveLength(1)
  })

  it('applies all of a migration or nothing, and goes on after it was corrected', async () => {
    write('1_first', 'CREATE TABLE step_a (id integer)')
    write('2_second', 'CREATE TABLE step_b (id integer); SELECT nothing_such()')
    await expect(migrate(pool, folder)).rejects.toThrow(/^La migración 2_second falló y no se aplicó: .*nothing_such/)
    expect(await tablesLike('step%')).toEqual(['step_a'])
    writeFileSync(join(folder, '2_second', 'migration.sql'), 'CREATE TABLE step_b (id integer)')
    expect(await migrate(pool, folder)).toEqual(['2_second'])
  })

  it('applies a migration and records it together, or neither', async () => {
    write('1_first', "CREATE TABLE step_a (); ALTER TABLE _prisma_migrations ADD CHECK (migration_name <> '1_first')")
    await expect(migrate(pool, folder)).rejects.toThrow('La migración 1_first falló y no se aplicó')
    expect(await tablesLike('step%')).toEqual([])
  })

  it('refuses a migration that was edited after it had landed', async () => {
    write('1_first', 'CREATE TABLE step_a (id integer)')
    await migrate(pool, folder)
    write('2_second', 'CREATE TABLE step_b (id integer)')
    appendFileSync(join(folder, '1_first', 'migration.sql'), '\n-- one more thought')
    await expect(migrate(pool, folder)).rejects.toThrow('La migración 1_first ya está aplicada y su archivo cambió')
    expect(await tablesLike('step%')).toEqual(['step_a'])
  })

  it('refuses a database that is newer than the program', async () => {
    write('1_first', 'SELECT 1')
    await migrate(pool, folder)
    rmSync(join(folder, '1_first'), { recursive: true })
    await expect(migrate(pool, folder)).rejects.toThrow('tiene la migración 1_first, que este programa no conoce')
  })

  it('refuses a migration that another tool left half-way', async () => {
    write('1_first', 'SELECT 1')
    await migrate(pool, folder)
    await pool.query('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrate(pool, folder)).rejects.toThrow('La migración 1_first quedó a medias')
  })
})
