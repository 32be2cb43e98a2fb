import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isAlive } from '../../src/platform/postgres-process.ts'
import { signIn } from '../support/application.ts'
import { type Cast, createCast, emailOf, PASSWORD } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts'
import { putUnderLoad } from '../support/load.ts'
import type { Started } from '../support/packaged-app.ts'
import { logOf, refusesConnections, useProcesses } from '../support/processes.ts'

// One application whose pages are served by two processes.

const { run, folder } = useProcesses()
let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await createCast(database.db)
})
afterAll(() => database.drop())

const runTwo = (environment: Record<string, string> = {}) =>
  run({ DATABASE_URL: database.url, WEB_CONCURRENCY: '2', ...environment })

/**
 * Asks until `count` processes that are alive have answered; each request comes on a connection of its own. What one wrote
 * before its end may be read after it.
 */
async function pidsOf(application: Started, count = 2): Promise<number[]> {
  const before = logOf(application).length
  const client = new Client(await application.origin())
  const pids = () =>
    logOf(application)
      .slice(before)
      .flatMap(({ msg, pid }) => (msg === 'request' ? [Number(pid)] : []))
      .filter(isAlive)
  await vi.waitFor(
    async () => {
      expect((await client.get('/ingresar')).status).toBe(200)
      expect(new Set(pids()).size).toBe(count)
    },
    { timeout: 30_000 },
  )
  return [...new Set(pids())].sort()
}

describe('two processes behind one address', () => {
  it('both serve, with one session and one count of failed sign-ins', async () => {
    const application = runTwo()
    const origin = await application.origin()
    const workers = await pidsOf(application)
    expect(workers).not.toContain(application.process.pid)

    const client = await signIn(new Client(origin), 'clara')
    for (let turn = 0; turn < 4; turn++) expect((await client.get('/mis-tickets')).status).toBe(200)
    // Lines of the log come a moment later.
    const served = () => logOf(application).filter(({ route, status }) => route === '/mis-tickets' && status === 200)
    await expect.poll(() => new Set(served().map(({ pid }) => pid))).toEqual(new Set(workers))

    const wrong = { correo: emailOf('carlos'), clave: 'equivocada' }
    const statuses = []
    for (let turn = 0; turn < 8; turn++) statuses.push((await new Client(origin).post('/ingresar', wrong)).status)
    // As many tries as in one process, and then nobody may try, with the right password either.
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429])
    const right = { correo: emailOf('carlos'), clave: PASSWORD }
    for (let turn = 0; turn < 2; turn++) expect((await new Client(origin).post('/ingresar', right)).status).toBe(429)
  })

  it('greet once, with one code for the first visit, which both know', async () => {
    const empty = await createEmptyDatabase()
    const application = run({ DATABASE_URL: empty.url, WEB_CONCURRENCY: '2' })
    const origin = await application.origin()
    await expect.poll(application.output).toContain('Ctrl-C')
    expect(application.output().match(/Tickets de Soporte está en/g)).toHaveLength(1)
    expect(application.output().match(/escriba este código/g)).toHaveLength(1)
    const codigo = /24 horas: ([0-9a-f-]{39})$/m.exec(application.output())?.[1] ?? ''
    for (let turn = 0; turn < 2; turn++) {
      const answer = await new Client(origin).post('/instalacion', { codigo, clave: 'corta', repeticion: 'otra' })
      expect(answer.status).toBe(422)
      expect(answer.body).not.toContain('código no es válido')
    }
    await application.kill()
    await empty.drop()
  })

  it('have their metrics at one address, told apart', async () => {
    const application = runTwo({ METRICS_PORT: '0' })
    await pidsOf(application)
    const [, origin = ''] = /métricas están en (http:\/\/127\.0\.0\.1:\d+)\/metrics$/m.exec(application.output()) ?? []
    const { body, headers } = await new Client(origin).get('/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    for (const number of [1, 2]) {
      expect(body).toMatch(
        new RegExp(`^http_request_duration_seconds_count{.*status="200",process="${number}"} [1-9]`, 'm'),
      )
      expect(body).toMatch(new RegExp(`^process_start_time_seconds{process="${number}"} `, 'm'))
    }
    expect(body.match(/^# TYPE http_request_duration_seconds /gm)).toHaveLength(1)
  })
})

describe('the end', () => {
  it('of all by SIGTERM under load answers every request in full, and loses nothing', async () => {
    const application = runTwo()
    const origin = await application.origin()
    const { cookies } = await signIn(new Client(origin), 'clara')
    const ticket = { area: cast.areas.sistemas, categoria: cast.categories.red }
    const load = putUnderLoad(origin, { cookies, clients: 8, ticket })
    await vi.waitFor(() => expect(load.answered()).toBeGreaterThan(40), { timeout: 20_000 })
    load.mark()
    application.process.kill('SIGTERM')
    const result = await load.done
    expect(await application.ended()).toBe(0)
    expect(result.failures).toEqual([])
    expect(result.refused).toBe(8)
    expect(result.closing).toBe(8)
    const rows = await database.db.prisma.ticket.findMany({ select: { subject: true } })
    expect(rows.map(({ subject }) => subject).sort()).toEqual(result.created.sort())
  })

  it('of all by Ctrl-C, which a terminal says to every process, is as orderly', async () => {
    const application = runTwo()
    await application.origin()
    const workers = await pidsOf(application)
    process.kill(-(application.process.pid ?? 0), 'SIGINT')
    expect(await application.ended()).toBe(0)
    expect(application.output()).toContain('Terminando…')
    expect(application.complaints()).toBe('')
    expect(workers.filter(isAlive)).toEqual([])
  })

  it('of the first process by a crash ends the others, and the port is free', async () => {
    const application = runTwo()
    const origin = await application.origin()
    const workers = await pidsOf(application)
    application.process.kill('SIGKILL')
    await once(application.process, 'exit')
    expect(await refusesConnections(origin)).toBe(true)
    await vi.waitFor(() => expect(workers.filter(isAlive)).toEqual([]), { timeout: 15_000 })
    const next = runTwo({ PORT: new URL(origin).port })
    expect(await next.origin()).toBe(origin)
  })

  it('of one is the beginning of another, and whoever comes meanwhile is served', async () => {
    const application = runTwo()
    await application.origin()
    const [victim = 0, other] = await pidsOf(application)
    process.kill(victim, 'SIGKILL')
    const now = await pidsOf(application)
    expect(now).toContain(other)
    expect(now).not.toContain(victim)
  })

  it('of both at once leaves nobody without an answer', async () => {
    const application = runTwo()
    const origin = await application.origin()
    for (const worker of await pidsOf(application)) process.kill(worker, 'SIGKILL')
    await expect.poll(() => logOf(application).filter(({ msg }) => msg === 'worker ended')).toHaveLength(2)
    expect((await new Client(origin).get('/ingresar')).status).toBe(200)
  })

  it('of one that dies again and again comes after ever longer pauses', async () => {
    const application = runTwo()
    await application.origin()
    const [victim = 0] = await pidsOf(application)
    const program = join(folder, 'dist', 'src', 'worker.js')
    const source = readFileSync(program)
    try {
      writeFileSync(program, 'process.exit(3)')
      process.kill(victim, 'SIGKILL')
      const ends = () => logOf(application).filter(({ msg }) => msg === 'worker ended')
      await vi.waitFor(() => expect(ends().length).toBeGreaterThanOrEqual(4), { timeout: 30_000 })
      const times = ends().map(({ time }) => Date.parse(String(time)))
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
      expect(pauses[2]).toBeGreaterThan(1.5 * (pauses[1] ?? 0))
      expect(ends()[3]).toMatchObject({ code: 3 })
    } finally {
      writeFileSync(program, source)
    }
    expect(await pidsOf(application)).toHaveLength(2)
  })
})

describe('a start that cannot succeed says why once and exits with 1', () => {
  const expectComplaint = async (application: Started, sentence: RegExp) => {
    expect(await application.ended()).toBe(1)
    expect(application.complaints().trim().split('\n')).toEqual([expect.stringMatching(sentence)])
  }

  it('when the port is taken', async () => {
    const { port } = new URL(await runTwo().origin())
    await expectComplaint(runTwo({ PORT: port }), /^El puerto \d+ de 127\.0\.0\.1 está ocupado;/)
  })

  it('when a process that should serve pages ends', async () => {
    const program = join(folder, 'dist', 'src', 'worker.js')
    const source = readFileSync(program)
    try {
      writeFileSync(program, 'process.exit(3)')
      await expectComplaint(runTwo(), /^Un proceso de los que atienden páginas terminó al arrancar \(3\)\.$/)
    } finally {
      writeFileSync(program, source)
    }
  })

  it('when the database does not let in so many', () =>
    expectComplaint(
      runTwo({ WEB_CONCURRENCY: '64' }),
      /^WEB_CONCURRENCY=64 necesita 1039 conexiones con la base de datos/,
    ))
})
