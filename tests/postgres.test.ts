import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/postgres.ts'
import { killPostgres, postgresPid } from './support/packaged-app.ts'

let installed: string
let data: string
const started: EmbeddedPostgres[] = []

beforeAll(async () => {
  installed = makeFolder()
  const postgres = await startEmbeddedPostgres({ directory: join(installed, 'postgres') })
  await postgres.stop()
})
afterAll(() => rmSync(installed, { recursive: true }))

beforeEach(() => {
  data = makeFolder()
  // Making an installation takes a second, copying one does not.
  execFileSync('cp', ['-a', join(installed, 'postgres'), data])
})

afterEach(async () => {
  await Promise.all(started.splice(0).map(postgres => postgres.stop()))
  killPostgres(data)
  rmSync(data, { recursive: true, maxRetries: 5 })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-postgres-'))
  // As root, PostgreSQL runs as another account, which has to pass.
  chmodSync(folder, 0o711)
  return folder
}

async function begin(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory: join(data, 'postgres') })
  started.push(postgres)
  return postgres
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query({ text: sql, rowMode: 'array' }).finally(() => client.end())
  return rows[0] ?? []
}

const portOf = (url: string) => new URL(url).port

const writePidFile = (pid: number) =>
  writeFileSync(
    join(data, 'postgres', 'cluster', 'postmaster.pid'),
    `${pid}\n/nowhere\n1\n1\n\n127.0.0.1\n1 1\nready\n`,
  )

describe('the embedded PostgreSQL', () => {
  it('is durable, listens on this machine only, speaks UTF-8, and gives the application no superuser', async () => {
    const { url, adminUrl } = await begin()
    const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories']
    const shown = settings.map(name => `current_setting('${name}')`).join(', ')
    expect(await ask(adminUrl, `SELECT ${shown}`)).toEqual(['on', 'on', 'on', '127.0.0.1', ''])
    expect(
      await ask(url, "SELECT lower('ÁÑÜ'), current_setting('server_encoding'), current_setting('is_superuser')"),
    ).toEqual(['áñü', 'UTF8', 'off'])
  })

  it('keeps its data and its password from others', async () => {
    const { url } = await begin()
    expect(statSync(join(data, 'postgres', 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(data, 'postgres')).mode & 0o777).toBe(0o700)
    const stranger = new URL(url)
    stranger.password = 'guessed'
    await expect(ask(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  it('is shared by all who start it, and stops with the last of them', async () => {
    const [first, second] = await Promise.all([begin(), begin()])
    expect(portOf(second.url)).toBe(portOf(first.url))
    await first.stop()
    expect(await ask(second.url, 'SELECT 1')).toEqual([1])
    await second.stop()
    expect(postgresPid(data)).toBeUndefined()
    started.length = 0
  })

  it('is not fooled by a pid that belongs to somebody else by now', async () => {
    // A process of the same account: PostgreSQL itself sees through the others.
    const { uid, gid } = statSync(join(data, 'postgres'))
    const somebody = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore' })
    writePidFile(somebody.pid ?? 0)
    const { url } = await begin()
    expect(await ask(url, 'SELECT 1')).toEqual([1])
    expect(somebody.kill()).toBe(true)
  })

  it('comes back on its port, with all that was committed, when it dies under a running application', async () => {
    const { url } = await begin()
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS n')
    const before = postgresPid(data) ?? 0
    process.kill(before, 'SIGKILL')
    await vi.waitFor(async () => expect(await ask(url, 'SELECT n FROM kept')).toEqual([7]), {
      timeout: 20_000,
      interval: 100,
    })
    expect(postgresPid(data)).not.toBe(before)
  })

  it('removes what an interrupted installation left, and nothing of a living one', async () => {
    const dead = join(data, 'postgres.draft-4194305-abcd')
    const living = join(data, `postgres.draft-${process.pid}-abcd`)
    rmSync(join(data, 'postgres'), { recursive: true })
    for (const folder of [dead, living]) mkdirSync(join(folder, 'cluster'), { recursive: true })
    await begin()
    expect([dead, living].map(folder => existsSync(folder))).toEqual([false, true])
    expect(readdirSync(data).sort()).toEqual(['postgres', `postgres.draft-${process.pid}-abcd`])
  })

  it('says which folder it cannot write to', async () => {
    writeFileSync(join(data, 'file'), '')
    const directory = join(data, 'file', 'postgres')
    await expect(startEmbeddedPostgres({ directory })).rejects.toThrow('No se puede escribir en la carpeta de datos')
  })

  it('does not touch the files of another PostgreSQL version', async () => {
    writeFileSync(join(data, 'postgres', 'cluster', 'PG_VERSION'), '17\n')
    await expect(begin()).rejects.toThrow('es de PostgreSQL 17')
  })

  it('says why it cannot start, in the words of PostgreSQL', async () => {
    const settings = { shared_buffers: 'much' }
    await expect(startEmbeddedPostgres({ directory: join(data, 'postgres'), settings })).rejects.toThrow(
      /^PostgreSQL no pudo arrancar en .*shared_buffers/,
    )
    expect(readFileSync(join(data, 'postgres', 'start.log'), 'utf8')).toContain('shared_buffers')
  })
})
