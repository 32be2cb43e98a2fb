import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject, vi } from 'vitest'
import { connect, type Database } from '../../src/platform/db.ts'

/** A migrated database without any rows but those of the migrations, for one test file alone. */
export interface TestDatabase {
  url: string
  db: Database
  /** Closes the connections and removes the database. */
  drop(): Promise<void>
}

/** Call at the top of a test file; the database goes when the file is done. */
export async function useDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  afterAll(database.drop)
  return database
}

/** Clones the migrated template. Whoever calls it drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('postgres')
  const { url, drop } = await createDatabase(adminUrl, template)
  const db = connect(url)
  return {
    url,
    db,
    async drop() {
      await db.close()
      await drop()
    },
  }
}

/** A database with nothing in it, not even tables. */
export function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  return createDatabase(inject('postgres').adminUrl, 'template1')
}

async function createDatabase(adminUrl: string, template: string) {
  const name = `prueba_${randomBytes(8).toString('hex')}`
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER tickets`)
  const url = new URL(adminUrl)
  url.username = 'tickets'
  url.pathname = name
  return { url: url.href, drop: () => drop(adminUrl, name) }
}

/**
 * A pool is closed before the server has noticed; what is then cut off reports an error that nobody listens to any more.
 * So the connections get a moment to go by themselves, and only what a killed process left is cut off.
 */
async function drop(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    const connections = async () =>
      (await admin.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name])).rowCount
    await vi.waitUntil(async () => (await connections()) === 0, { timeout: 3000, interval: 10 }).catch(() => {})
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  } finally {
    await admin.end()
  }
}

async function runAsAdmin(adminUrl: string, sql: string): Promise<void> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    await admin.query(sql)
  } finally {
    await admin.end()
  }
}
