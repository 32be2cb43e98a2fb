import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isAlive } from '../../src/platform/postgres-process.ts'
import { signIn } from '../support/application.ts'
import { createCast } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import type { Started } from '../support/packaged-app.ts'
import { logOf, useProcesses } from '../support/processes.ts'
import { untilWaiting } from '../support/waiting.ts'

// What becomes of a process when something fails that nobody was prepared for: here at a signal, which no code of ours uses.

const failing = `process.on('SIGUSR2', () => { Promise.reject(new Error('unheard')) })
  process.on('SIGWINCH', () => { throw new Error('uncaught') })`
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(failing)}`

const { run } = useProcesses()
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await createCast(database.db)
})
afterAll(() => database.drop())

const start = (environment: Record<string, string> = {}) =>
  run({ DATABASE_URL: database.url, NODE_OPTIONS, ...environment })
const failures = (application: Started) => logOf(application).filter(({ failure }) => failure !== undefined)
const pidOf = (application: Started) => application.process.pid ?? 0

describe('a promise that fails and that nobody waits for', () => {
  it('is logged with an id, and the process goes on', async () => {
    const application = start()
    const origin = await application.origin()
    process.kill(pidOf(application), 'SIGUSR2')
    await vi.waitFor(() => expect(failures(application)).toHaveLength(1), { timeout: 10_000 })
    expect(failures(application)[0]).toMatchObject({
      level: 50,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      failure: { type: 'Error', message: 'unheard' },
    })
    expect((await new Client(origin).get('/ingresar')).status).toBe(200)
    application.process.kill('SIGTERM')
    expect(await application.ended()).toBe(0)
  })
})

/** Requests that wait in the database until they are let go, each on a connection of its own. */
async function startWaiting(origin: string, count = 1) {
  const client = await signIn(new Client(origin), 'clara')
  const locker = await database.db.pool.connect()
  await locker.query('BEGIN; LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE')
  const answers = Array.from({ length: count }, () => client.get('/mis-tickets'))
  await untilWaiting(database.db, count)
  const letGo = async () => {
    await locker.query('ROLLBACK')
    locker.release()
    for (const { status, body } of await Promise.all(answers)) {
      expect(status).toBe(200)
      expect(body).toContain('</html>')
    }
  }
  return { letGo }
}

describe('an exception that nobody catches', () => {
  it('is logged, what is under way is finished, and the process ends with 1', async () => {
    const application = start()
    const { letGo } = await startWaiting(await application.origin())
    process.kill(pidOf(application), 'SIGWINCH')
    await vi.waitFor(() => expect(failures(application)).toHaveLength(1), { timeout: 10_000 })
    await letGo()
    expect(await application.ended()).toBe(1)
    expect(failures(application)[0]).toMatchObject({ failure: { message: 'uncaught' } })
    expect(application.complaints()).toBe('')
  })

  it('in one of two processes costs no request, and another takes its place', async () => {
    const application = start({ WEB_CONCURRENCY: '2' })
    const origin = await application.origin()
    // Whichever is the victim, it has one to finish.
    const { letGo } = await startWaiting(origin, 2)
    const victim = Number(logOf(application).find(({ msg }) => msg === 'request')?.pid)
    process.kill(victim, 'SIGWINCH')
    await vi.waitFor(() => expect(failures(application)).toHaveLength(1), { timeout: 10_000 })
    // While it finishes what it does, whoever comes is served by the other one.
    const requests = () => logOf(application).filter(({ msg }) => msg === 'request')
    const before = requests().length
    for (let turn = 0; turn < 4; turn++) expect((await new Client(origin).get('/ingresar')).status).toBe(200)
    await expect.poll(() => requests().length).toBeGreaterThanOrEqual(before + 4)
    expect(
      requests()
        .slice(-3)
        .map(({ pid }) => pid),
    ).not.toContain(victim)
    await letGo()
    await vi.waitFor(() => expect(isAlive(victim)).toBe(false), { timeout: 20_000 })
    await expect
      .poll(() => logOf(application))
      .toContainEqual(expect.objectContaining({ msg: 'worker ended', code: 1 }))
    expect((await new Client(origin).get('/ingresar')).status).toBe(200)
  })
})
