import PgBoss from 'pg-boss'
import { pino } from 'pino'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { mailSeal, queueMails } from '../../src/mail/queue.ts'
import { transaction } from '../../src/platform/db.ts'
import { type Duty, startJobs } from '../../src/platform/jobs.ts'
import { connectionPool } from '../../src/platform/pool.ts'
import { SECRET, signIn } from '../support/application.ts'
import { createCast } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { useDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'
import { logOf, useProcesses } from '../support/processes.ts'

// The work that nobody waits for, when connections are scarce and when several processes do it.

const { db, url } = await useDatabase()
const closers: (() => Promise<void>)[] = []
const log: Record<string, unknown>[] = []
const logger = pino({ level: 'trace' }, { write: line => log.push(JSON.parse(line)) })
const said = (text: string) => log.filter(({ msg }) => msg === text)

// Whatever nobody waits for would end a process. Vitest fails because of it, too, but not this test.
const unheard: unknown[] = []
const hear = (error: unknown) => unheard.push(error)
process.on('unhandledRejection', hear)
afterAll(() => void process.off('unhandledRejection', hear))

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  log.length = 0
})

/** Jobs as a process has them, on connections of their own. */
async function begin(duties: Duty[], { database = url, patience = 10_000 } = {}) {
  const pool = connectionPool(database, 3, patience)
  closers.push(() => pool.end())
  const stop = await startJobs({ pool }, logger, duties, 0.5)
  closers.push(stop)
  return { pool, stop }
}

const never = '0 0 1 1 *'
const boss = new PgBoss({ schema: 'jobs', db: { executeSql: (text, values) => db.pool.query(text, values) } })
const makeDue = (name: string) => boss.send(name, {})
const statesOf = async (name: string): Promise<string[]> => {
  const { rows } = await db.pool.query('SELECT state FROM jobs.job WHERE name = $1 ORDER BY created_on', [name])
  return rows.map(({ state }) => state)
}
const completed = async (name: string, count = 1) =>
  vi.waitFor(async () => expect(await statesOf(name)).toEqual(Array(count).fill('completed')), { timeout: 20_000 })

describe('while no connection is free', () => {
  it('a job that is done waits to be noted, nothing fails, and the next one is done afterwards', async () => {
    const held: { release(): void }[] = []
    let turns = 0
    const work = async () => {
      if (++turns > 1) return
      for (let turn = 0; turn < 3; turn++) held.push(await pool.connect())
    }
    const { pool } = await begin([{ name: 'acaparar', cron: never, work }], { patience: 100 })
    await makeDue('acaparar')
    // Noting the job's end, looking for the next one and looking at the clock have all been turned away by then.
    await vi.waitFor(() => expect(said('jobs wait for the database').length).toBeGreaterThan(5), { timeout: 20_000 })
    expect(await statesOf('acaparar')).toEqual(['active'])
    for (const client of held) client.release()
    await completed('acaparar')
    await makeDue('acaparar')
    await completed('acaparar', 2)
    expect(unheard).toEqual([])
  })

  it('an end comes all the same', async () => {
    const { pool, stop } = await begin([{ name: 'nada', cron: never, work: async () => {} }], { patience: 100 })
    const held = await Promise.all([1, 2, 3].map(() => pool.connect()))
    await vi.waitFor(() => expect(said('jobs wait for the database')).not.toEqual([]), { timeout: 20_000 })
    await stop()
    for (const client of held) client.release()
    expect(unheard).toEqual([])
  })
})

it('a connection that breaks while it is used fails only who uses it', async () => {
  const pool = connectionPool(url, 1)
  const client = await pool.connect()
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  const gone = new Promise(resolve => client.once('end', resolve))
  await db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
  await gone
  await expect(client.query('SELECT 1')).rejects.toThrow()
  client.release(true)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})

describe('of two processes', () => {
  it('one does a job that is due', async () => {
    const done: string[] = []
    const duty = (process: string): Duty[] => [
      { name: 'una-vez', cron: never, work: async () => void done.push(process) },
    ]
    await (await begin(duty('first'))).stop()
    await makeDue('una-vez')
    await Promise.all([begin(duty('second')), begin(duty('third'))])
    await completed('una-vez')
    expect(done).toHaveLength(1)
  })

  it('one at most does a job at a time', async () => {
    let [running, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++running)
      // Both have looked for work meanwhile, and more than once.
      const looked = said('looked').length
      await vi.waitFor(() => expect(said('looked').length).toBeGreaterThan(looked + 2), { timeout: 20_000 })
      running--
    }
    const looking = { name: 'mirar', cron: never, work: async () => void logger.info('looked'), quiet: true }
    await Promise.all([
      begin([{ name: 'de-uno', cron: never, work }, looking]),
      begin([{ name: 'de-uno', cron: never, work }, looking]),
    ])
    for (let turn = 0; turn < 2; turn++) await makeDue('de-uno')
    const feed = setInterval(() => makeDue('mirar'), 200)
    await completed('de-uno', 2).finally(() => clearInterval(feed))
    expect(most).toBe(1)
  })

  it('one sees to it that a duty of this minute is queued, once', async () => {
    const done: string[] = []
    const duty = (process: string): Duty[] => [
      { name: 'cada-minuto', cron: '* * * * *', work: async () => void done.push(process) },
    ]
    await (await begin(duty('nobody'))).stop()
    // Nobody has looked at the clock for a while, so both will at once.
    await db.pool.query("UPDATE jobs.version SET cron_on = now() - interval '1 minute'")
    const minute = () => new Date().getMinutes()
    const began = minute()
    await Promise.all([begin(duty('first')), begin(duty('second'))])
    await vi.waitFor(() => expect(done).not.toEqual([]), { timeout: 30_000 })
    // When a new minute begins meanwhile, it has a turn of its own.
    expect(done.length).toBeLessThanOrEqual(1 + (minute() === began ? 0 : 1))
    expect(await statesOf('cada-minuto')).toHaveLength(done.length)
  })
})

describe('the application', () => {
  const { run } = useProcesses()

  it('does a job that is due in one of its processes', async () => {
    // Nobody works here: who was stopped could still take what he was asking for.
    await (await begin([])).stop()
    await boss.createQueue('limpiar-archivos', { name: 'limpiar-archivos', policy: 'singleton' })
    await makeDue('limpiar-archivos')
    const application = run({ DATABASE_URL: url, WEB_CONCURRENCY: '2' })
    await application.origin()
    await completed('limpiar-archivos')
    application.process.kill('SIGTERM')
    expect(await application.ended()).toBe(0)
    expect(logOf(application).filter(({ msg, job }) => msg === 'job done' && job === 'limpiar-archivos')).toHaveLength(
      1,
    )
  })

  it('sends mails while no page gets an answer from the database, and turns away who waits too long', async () => {
    const { url: smtpUrl, delivered, close } = await startMailServer()
    closers.push(close)
    const mail = { SMTP_URL: smtpUrl, MAIL_FROM: 'soporte@ejemplo.test' }
    const application = run({ DATABASE_URL: url, ...mail, SESSION_SECRET: SECRET })
    const origin = await application.origin()
    await createCast(db)
    const clara = await signIn(new Client(origin), 'clara')
    const locker = await db.pool.connect()
    closers.push(async () => locker.release(true))
    await locker.query('BEGIN; LOCK TABLE session IN ACCESS EXCLUSIVE MODE')
    const answers = Array.from({ length: 12 }, () => clara.get('/mis-tickets'))
    await transaction(db, tx =>
      queueMails(tx, mailSeal(SECRET), new Date(), [{ recipient: 'ana@ejemplo.test', subject: 'Hola', body: 'Hola.' }]),
    )
    await vi.waitFor(() => expect(delivered).toHaveLength(1), { timeout: 9000 })
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(statuses).toEqual(Array(12).fill(503))
    await locker.query('ROLLBACK')
    expect((await clara.get('/mis-tickets')).status).toBe(200)
  })
})
