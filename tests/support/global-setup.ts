import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/platform/migrate.ts'
import { startEmbeddedPostgres } from '../../src/platform/postgres.ts'
import { isAlive } from '../../src/platform/postgres-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the test run's own PostgreSQL, and the migrated database that tests clone. */
    postgres: { adminUrl: string; template: string }
  }
}

const prefix = 'tickets-pruebas-'
const template = 'plantilla'

/** One PostgreSQL per test run, in a folder of its own, so that two runs at once do not meet. */
export default async function startTestDatabase(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  // As root, PostgreSQL runs as another account, which has to pass.
  chmodSync(folder, 0o711)
  const postgres = await startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings: fastAndFleeting })
  await makeTemplate(postgres.adminUrl)
  project.provide('postgres', { adminUrl: postgres.adminUrl, template })
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, maxRetries: 5 })
  }
}

/** A test run's data need not survive anything. */
const fastAndFleeting = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  max_connections: '200',
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${template} OWNER tickets`)
  await admin.end()
  const url = new URL(adminUrl)
  url.username = 'tickets'
  url.pathname = template
  await migrate(url.href)
}

/** Stops and removes what killed test runs left behind. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    const folder = join(tmpdir(), name)
    try {
      const server = Number.parseInt(readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10)
      if (readFileSync(`/proc/${server}/cmdline`, 'utf8').includes(folder)) process.kill(server, 'SIGQUIT')
    } catch {
      // Nothing runs there.
    }
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    } catch {
      // Another account's; its next run removes it.
    }
  }
}
