import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createChance } from '../../src/demo/chance.ts'
import type { Client } from '../support/client.ts'
import { checks } from './checks.ts'
import { Installation } from './installation.ts'
import { Journal } from './journal.ts'
import { planRounds, type Round } from './plan.ts'
import { type Staff, sendAgain, writeUntilCrash } from './writers.ts'

// kill -9 at random moments under a writing load: what was acknowledged is there, nothing is there twice, and the tickets
// are what their bitácora says. `npm run test:crash` does it twenty times; CRASH_SEED=… repeats a run.

const { seed, rounds } = planRounds(process.env)
const WRITERS = 6

const installation = new Installation()
const journal = new Journal()
let staff: Staff

beforeAll(async () => {
  process.stdout.write(`crash test: CRASH_SEED=${seed}, ${rounds.length} rounds\n`)
  await installation.bringUp()
  staff = await signInStaff()
})
afterAll(() => installation.remove())

async function signInStaff(): Promise<Staff> {
  const signIn = async (who: string) => {
    const client = installation.window()
    const form = { correo: `${who}@demo.test`, clave: 'Demostracion-1' }
    expect(await client.post('/ingresar', form)).toMatchObject({ status: 303 })
    return client
  }
  const [place] = await installation.inspect(async pool => (await pool.query(PLACE)).rows)
  const [client, supervisor, agent] = [await signIn('cliente'), await signIn('supervisor'), await signIn('agente')]
  return { client, supervisor, agent, ...place }
}

/** A category for everybody, in an area of both the supervisor and the agent. */
const PLACE = `
  SELECT c.id AS "categoryId", c.area_id AS "areaId", a.user_id AS "agentId" FROM categories c
  JOIN area_members a ON a.area_id = c.area_id AND a.user_id = (SELECT id FROM users WHERE email = 'agente@demo.test')
  JOIN area_members s ON s.area_id = c.area_id
    AND s.user_id = (SELECT id FROM users WHERE email = 'supervisor@demo.test')
  WHERE c.active AND c.audience = 'TODOS' ORDER BY c.id LIMIT 1`

it('runs PostgreSQL with every safeguard on', async () => {
  const safeguards = ['fsync', 'synchronous_commit', 'full_page_writes']
  const values = await installation.inspect(async pool =>
    Promise.all(safeguards.map(async name => (await pool.query(`SHOW ${name}`)).rows[0][name])),
  )
  expect(values).toEqual(['on', 'on', 'on'])
})

const titled = rounds.map(round => [`${round.number} of ${rounds.length}: ${round.victim}`, round] as const)

it.each(titled)(`survives kill -9, CRASH_SEED=${seed}, round %s`, { timeout: 180_000 }, async (_title, round) => {
  const before = journal.acknowledged().length
  await crashWhileWriting(round)
  await installation.bringUp()
  // Whoever was signed in still is, for a session was acknowledged too.
  for (const person of ['client', 'supervisor', 'agent'] as const) {
    staff[person] = installation.window(staff[person].cookies)
  }
  expect(journal.surprises).toEqual([])
  expect(journal.acknowledged().length - before).toBeGreaterThan(0)
  expect(await whatIsWrong()).toEqual([])
  const refused = await Promise.all(journal.uncertain().map(write => sendAgain(staff, write)))
  expect(refused.flat()).toEqual([])
  expect(await whatIsWrong()).toEqual([])
  expect(await missingPages(staff.client)).toEqual([])
})

const whatIsWrong = () =>
  installation.inspect(async pool => {
    const wrong: string[] = []
    for (const check of Object.values(checks)) wrong.push(...(await check(pool, journal, installation.files)))
    return wrong
  })

async function crashWhileWriting({ victim, answers, milliseconds, seed }: Round): Promise<void> {
  const crash = new AbortController()
  const enough = journal.answers + answers
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    writeUntilCrash({ staff, journal, chance: createChance(seed + index), crash: crash.signal }),
  )
  const reached = () => expect(journal.answers >= enough || journal.surprises.length > 0).toBe(true)
  await vi.waitFor(reached, { timeout: 60_000, interval: 5 })
  await wait(milliseconds)
  crash.abort()
  await installation.crash(victim)
  await Promise.all(writers)
}

/** Of the last acknowledged tickets, those that their requester does not find with what he wrote. */
async function missingPages(client: Client): Promise<string[]> {
  const written = journal.acknowledged().filter(({ kind }) => kind === 'CREACION')
  const missing: string[] = []
  for (const { ticket, text } of written.slice(-5)) {
    const page = await client.get(`/mis-tickets/${ticket}`)
    if (page.status !== 200 || !page.body.includes(text)) missing.push(`/mis-tickets/${ticket}: ${page.status}`)
  }
  return missing
}

it('stops in good order after all of that', async () => {
  expect(await installation.stop()).toBe(0)
})
