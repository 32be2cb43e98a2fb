import { afterAll, describe, expect, it } from 'vitest'
import { connect } from '../src/platform/db.ts'
import { SharedConnections } from '../src/platform/shared-connections.ts'
import { useDatabase } from './support/database.ts'

// Quick reads of many people go over a few connections, and nobody gets another's answer.

const { url, db } = await useDatabase()
const opened: SharedConnections[] = []
afterAll(() => Promise.all(opened.map(each => each.end())))

function shared(most: number, settings: object = {}) {
  const connections = new SharedConnections({ connectionString: url, ...settings }, most)
  opened.push(connections)
  return connections
}

const answer = (text: string, values: unknown[] = []) => ({ text, values })

/** The processes of PostgreSQL that answer so many questions that are asked at once. */
async function backendsOf(connections: SharedConnections, questions: number): Promise<Set<number>> {
  const asked = Array.from({ length: questions }, () => connections.query(answer('SELECT pg_backend_pid() AS pid')))
  return new Set((await Promise.all(asked)).map(({ rows }) => rows[0].pid))
}

describe('connections that reads share', () => {
  it('are no more than allowed, however many ask at once, and only one for who asks alone', async () => {
    const connections = shared(3)
    const [alone] = await backendsOf(connections, 1)
    expect(await backendsOf(connections, 1)).toEqual(new Set([alone]))
    expect((await backendsOf(connections, 50)).size).toBe(3)
  })

  it('give everybody his own answer', async () => {
    const connections = shared(2)
    const asked = Array.from({ length: 200 }, async (_, value) => {
      const named = value % 3 === 0 ? { name: 'doubled' } : {}
      const { rows } = await connections.query({ ...answer('SELECT $1::int * 2 AS twice', [value]), ...named })
      return rows[0].twice
    })
    expect(await Promise.all(asked)).toEqual(asked.map((_, value) => value * 2))
  })

  it('tell only whoever asked that something failed', async () => {
    const connections = shared(1)
    const settled = await Promise.allSettled([
      connections.query(answer('SELECT 1 AS one')),
      connections.query(answer('SELECT 1 / $1::int', [0])),
      connections.query(answer('SELECT nothing FROM nowhere')),
      connections.query(answer('SELECT 2 AS two')),
    ])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(settled[1]).toMatchObject({ reason: { code: '22012' } })
  })

  it('ask again what one that was cut off has not answered', async () => {
    const connections = shared(1)
    const [before] = await backendsOf(connections, 1)
    const sleep = 'SELECT pg_backend_pid() AS pid, CASE WHEN pg_backend_pid() = $1 THEN pg_sleep(60) END AS long'
    const waiting = connections.query(answer(sleep, [before]))
    const sleeping = "SELECT FROM pg_stat_activity WHERE query LIKE '%AS long' AND datname = current_database()"
    await expect.poll(async () => (await db.pool.query(sleeping)).rowCount).toBe(1)
    await db.pool.query('SELECT pg_terminate_backend($1)', [before])
    const { pid } = (await waiting).rows[0]
    expect(pid).not.toBe(before)
    expect(await backendsOf(connections, 1)).toEqual(new Set([pid]))
  })

  it('fail what is asked while there is no server', async () => {
    const connections = shared(1, { connectionString: undefined, host: '127.0.0.1', port: 1 })
    for (const _ of [1, 2]) {
      await expect(connections.query(answer('SELECT 1'))).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
  })

  it('give up one that does not answer, and all that waits on it', async () => {
    const connections = shared(1, { query_timeout: 300 })
    const asked = ['SELECT pg_sleep(60)', 'SELECT 1', 'SELECT 2'].map(text => connections.query(answer(text)))
    for (const each of await Promise.allSettled(asked)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { message: 'Query read timeout' } })
    }
    expect((await connections.query(answer('SELECT 3 AS three'))).rows).toEqual([{ three: 3 }])
  })

  it('finish what is under way when they are closed, and take nothing more', async () => {
    const connections = new SharedConnections({ connectionString: url }, 1)
    const asked = [1, 2, 3].map(each => connections.query(answer('SELECT $1::int AS n, pg_sleep(0.05)', [each])))
    await connections.end()
    expect((await Promise.all(asked)).map(({ rows }) => rows[0].n)).toEqual([1, 2, 3])
    await expect(connections.query(answer('SELECT 1'))).rejects.toThrow('closed')
  })

  it('are closed with the database', async () => {
    const own = connect(url)
    await own.pool.shared.query(answer("SELECT set_config('application_name', 'closing', false)"))
    const open = async () =>
      (await db.pool.query("SELECT FROM pg_stat_activity WHERE application_name = 'closing'")).rowCount
    expect(await open()).toBe(1)
    await own.close()
    await expect.poll(open).toBe(0)
  })
})
