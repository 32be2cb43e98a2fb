import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { hashPassword } from '../../src/auth/password.ts'
import { migrate, migrationNames } from '../../src/platform/migrate.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { inBulk } from './bulk.ts'
import { checkTickets } from './checks.ts'
import { writeEntries } from './entries.ts'
import { fillOrganization } from './organization.ts'
import { planTickets } from './plan.ts'
import { writeTickets } from './tickets.ts'

/** Grows whenever the same call would make another database. */
export const BUILDER_VERSION = 2

/** Everybody's. */
export const PASSWORD = 'Banco-de-pruebas-1'

/** The newest migration whose tables the builder knows; those after it find a full database, as at an upgrade. */
const KNOWN_MIGRATION = '20261122203000_tally_survey_results'

/**
 * Fills an empty database with an organisation and its tickets.
 * @param url of its owner
 * @param say is told what is done, with the seconds that it took
 */
export async function buildDatabase(
  url: string,
  tickets: number,
  say: (what: string, seconds: number) => void = () => {},
): Promise<void> {
  await migrateTo(KNOWN_MIGRATION, url)
  const client = new pg.Client(url)
  await client.connect()
  const step = async (what: string, work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    say(what, (performance.now() - start) / 1000)
  }
  try {
    await client.query("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
    await step('people', async () => fillOrganization(client, await hashPassword(PASSWORD)))
    await step('plan', () => planTickets(client, tickets))
    await inBulk(client, async () => {
      await step('tickets', () => writeTickets(client, tickets))
      await step('entries', () => writeEntries(client, tickets))
    })
    await step('statistics', () => client.query('VACUUM ANALYZE'))
    await step('checks', () => checkTickets(client, tickets))
  } finally {
    await client.end()
  }
  await step('later migrations', () => migrate(url))
}

/** @param last the name of the last migration that is applied */
async function migrateTo(last: string, url: string): Promise<void> {
  const landed = join(projectRoot, 'prisma', 'migrations')
  const folder = mkdtempSync(join(tmpdir(), 'banco-migraciones-'))
  try {
    for (const name of migrationNames().filter(name => name <= last)) {
      cpSync(join(landed, name), join(folder, name), { recursive: true })
    }
    await migrate(url, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
