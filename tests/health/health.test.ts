import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { examination } from '../../src/health/readiness.ts'
import { connect } from '../../src/platform/db.ts'
import { startApplication, useApplication } from '../support/application.ts'
import { Client } from '../support/client.ts'
import { useJobs } from '../support/jobs.ts'

const { anonymous, as, db } = await useApplication()
await useJobs(db)

const read = async (client: Client, path: string) => {
  const answer = await client.get(path)
  return { ...answer, state: JSON.parse(answer.body) }
}

const well = { 'base de datos': 'bien', migraciones: 'bien', tareas: 'bien' }
const failure = (changes: object) => ({
  estado: 'no listo',
  comprobaciones: { ...well, ...changes },
})

describe('a process that works', () => {
  it.each([
    ['/salud/vivo', { estado: 'vivo' }],
    ['/salud/listo', { estado: 'listo', comprobaciones: well }],
  ])('says so at %s, without a session', async (path, expected) => {
    const before = await db.prisma.session.count()
    for (const client of [anonymous(), await as('ana')]) {
      const answer = await read(client, path)
      expect(answer).toMatchObject({ status: 200, state: expected })
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    // Only Ana's sign-in has left one.
    expect((await db.prisma.session.count()) - before).toBeLessThanOrEqual(1)
  })
})

describe('a process that cannot work', () => {
  it('names a migration that is missing', async () => {
    const sql = 'UPDATE _prisma_migrations SET finished_at = $1 WHERE migration_name LIKE $2'
    await db.pool.query(sql, [null, '%create_help_desk'])
    expect(await read(anonymous(), '/salud/listo')).toMatchObject({
      status: 503,
      state: failure({ migraciones: 'falla' }),
    })
    expect((await anonymous().get('/salud/vivo')).status).toBe(200)
    await db.pool.query(sql, [new Date(), '%create_help_desk'])
    expect((await anonymous().get('/salud/listo')).status).toBe(200)
  })

  it.each([
    [
      'nobody has done for two minutes',
      "UPDATE jobs.version SET cron_on = now() - interval '121 seconds'",
      'UPDATE jobs.version SET cron_on = now()',
    ],
    ['were never begun', 'ALTER SCHEMA jobs RENAME TO other', 'ALTER SCHEMA other RENAME TO jobs'],
  ])('tells that the jobs %s', async (_what, spoil, mend) => {
    await db.pool.query(spoil)
    expect(await read(anonymous(), '/salud/listo')).toMatchObject({ status: 503, state: failure({ tareas: 'falla' }) })
    await db.pool.query(mend)
    expect((await anonymous().get('/salud/listo')).status).toBe(200)
  })

  it('says that the database is gone, and no secret of it', async () => {
    const gone = connect('postgresql://ana:secreta@127.0.0.1:1/tickets')
    const application = await startApplication(gone)
    const answer = await read(new Client(application.origin), '/salud/listo')
    const everything = { 'base de datos': 'falla', migraciones: 'falla', tareas: 'falla' }
    expect(answer).toMatchObject({ status: 503, state: failure(everything) })
    expect(answer.body).not.toMatch(/secreta|ana|127\.0\.0\.1|ECONN/)
    expect((await new Client(application.origin).get('/salud/vivo')).status).toBe(200)
    await application.close()
    await gone.close()
  })

  it('says so in time though the database hangs', async () => {
    const hanging = createServer(() => {}).listen(0, '127.0.0.1')
    await once(hanging, 'listening')
    const { port } = hanging.address() as { port: number }
    const db = connect(`postgresql://ana:secreta@127.0.0.1:${port}/tickets`)
    const application = await startApplication(db)
    const answers = await Promise.all([1, 2, 3].map(() => new Client(application.origin).get('/salud/listo')))
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
    // The pool has not even given up, and has one connection for each check, not for each question.
    expect(db.pool.totalCount).toBe(3)
    await application.close()
    hanging.close()
  })

  it('asked to end it wants no more work, but goes on answering', async () => {
    const stop = new AbortController()
    const application = await startApplication(db, { stop: stop.signal })
    const watcher = new Client(application.origin)
    expect((await watcher.get('/salud/listo')).status).toBe(200)
    stop.abort()
    const answer = await read(watcher, '/salud/listo')
    expect(answer).toMatchObject({ status: 503, state: { estado: 'terminando' } })
    expect((await watcher.get('/salud/vivo')).status).toBe(200)
    expect((await watcher.get('/ingresar')).status).toBe(200)
    await application.close()
  })
})

it('tells which of several checks failed, whether by saying no, failing or hanging', async () => {
  const examine = examination(
    {
      jobs: async () => true,
      no: async () => false,
      fails: () => Promise.reject(new Error('secret')),
      hangs: () => new Promise<boolean>(() => {}),
    },
    20,
  )
  expect(await examine()).toEqual({ jobs: 'bien', no: 'falla', fails: 'falla', hangs: 'falla' })
})
