import { afterEach, beforeEach, expect, it } from 'vitest'
import { fillDemonstration } from '../src/start/demonstration.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'

const now = new Date('2026-03-02T15:00:00Z')
let database: TestDatabase

beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

const emails = async () => {
  const users = await database.db.prisma.user.findMany({ where: { email: { not: null } }, orderBy: { id: 'asc' } })
  return users.map(user => user.email)
}
const someone = (email: string) =>
  database.db.prisma.user.create({ data: { name: 'Somebody', email, role: 'ADMINISTRADOR' } })

/** What a start that was killed while it filled the database leaves behind. */
async function leaveHalfFilled(): Promise<void> {
  await database.db.pool.query(
    "DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'Se está llenando con datos de demostración.'); END $$",
  )
  await someone('half@demo.test')
}

it('never touches a database in which there is somebody', async () => {
  await someone('ana@example.org')
  await fillDemonstration(database.db, now)
  expect(await emails()).toEqual(['ana@example.org'])
  expect((await database.db.prisma.settings.findFirstOrThrow()).demonstration).toBe(false)
})

it('fills a database without people once, though two processes start', async () => {
  await Promise.all([fillDemonstration(database.db, now), fillDemonstration(database.db, now)])
  const filled = await emails()
  expect(filled).toContain('administrador@demo.test')
  expect(filled).toEqual([...new Set(filled)])
  expect((await database.db.prisma.settings.findFirstOrThrow()).demonstration).toBe(true)
})

it('empties and fills anew what an interrupted start left, and only then', async () => {
  await leaveHalfFilled()
  await fillDemonstration(database.db, now)
  expect(await emails()).toContain('administrador@demo.test')
  expect(await emails()).not.toContain('half@demo.test')
  await someone('ana@example.org')
  await fillDemonstration(database.db, now)
  expect(await emails()).toContain('ana@example.org')
})
