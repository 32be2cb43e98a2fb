import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { signIn } from '../support/application.ts'
import { createCast } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { createEmptyDatabase, createTestDatabase } from '../support/database.ts'
import { type LoadResult, putUnderLoad } from '../support/load.ts'
import type { Started } from '../support/packaged-app.ts'
import { useProcesses } from '../support/processes.ts'

// The real process on a database of the test run's own PostgreSQL.

const { run, killAll } = useProcesses()

const codeIn = (application: Started) => /24 horas: ([0-9a-f-]{39})$/m.exec(application.output())?.[1] ?? ''
const password = 'siete gatos cruzan el puente'
const form = (codigo: string) => ({
  codigo,
  organizacion: 'Servicios Unidos',
  nombre: 'Nora Vidal',
  correo: 'nora@ejemplo.test',
  clave: password,
  repeticion: password,
})

describe('a real installation', () => {
  it('starts empty, with a code of each process on its console, and without one once it was used', async () => {
    const database = await createEmptyDatabase()
    const settings = { DATABASE_URL: database.url, SESSION_SECRET: randomBytes(24).toString('hex') }
    const both = [run(settings), run(settings)] as const
    const [first, second] = await Promise.all([both[0].origin(), both[1].origin()])
    for (const application of both) await expect.poll(application.output).toContain('Ctrl-C')
    expect(codeIn(both[0])).not.toBe(codeIn(both[1]))
    expect(both[0].output()).toContain(`${first}/instalacion`)
    expect(both[0].output()).not.toContain('demo.test')
    // The code of one process, at the other.
    expect((await new Client(second).post('/instalacion', form(codeIn(both[0])))).status).toBe(303)
    for (const origin of [first, second]) expect((await new Client(origin).get('/instalacion')).status).toBe(404)

    const third = run({ ...settings, NODE_ENV: 'production' })
    await third.origin()
    await expect.poll(third.output).toContain('Ctrl-C')
    expect(codeIn(third)).toBe('')
    await killAll()
    await database.drop()
  }, 120_000)

  it('never runs on a database that holds the demonstration', async () => {
    const database = await createTestDatabase()
    await database.db.prisma.settings.updateMany({ data: { demonstration: true } })
    const application = run({ DATABASE_URL: database.url })
    expect(await application.ended()).toBe(1)
    expect(application.complaints().trim().split('\n')).toEqual([
      expect.stringMatching(/^La base de datos contiene la demostración,.*; indique en DATABASE_URL otra base/),
    ])
    await database.drop()
  })
})

describe('the metrics', () => {
  it('are on a port of their own, on this machine only, and nothing else is there', async () => {
    const database = await createTestDatabase()
    const application = run({ DATABASE_URL: database.url, HOST: '0.0.0.0', METRICS_PORT: '0' })
    const pages = await application.origin()
    const [, origin = ''] = /métricas están en (http:\/\/127\.0\.0\.1:\d+)\/metrics$/m.exec(application.output()) ?? []
    await new Client(pages.replace('0.0.0.0', '127.0.0.1')).get('/salud/vivo')
    const metrics = await new Client(origin).get('/metrics')
    expect(metrics.status).toBe(200)
    expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(metrics.body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/salud/vivo",status="200"} 1',
    )
    expect((await new Client(origin).get('/')).status).toBe(404)
    expect((await new Client(origin).get('/ingresar')).status).toBe(404)
    // On the port of the pages there are none.
    expect((await new Client(pages.replace('0.0.0.0', '127.0.0.1')).get('/metrics')).status).toBe(303)
    await application.kill()
    await database.drop()
  })

  it('on a port that is taken keep the process from starting', async () => {
    const database = await createTestDatabase()
    const first = run({ DATABASE_URL: database.url })
    const { port } = new URL(await first.origin())
    const second = run({ DATABASE_URL: database.url, METRICS_PORT: port })
    expect(await second.ended()).toBe(1)
    expect(second.complaints()).toMatch(
      /^El puerto \d+ de 127\.0\.0\.1 está ocupado; .* elija otro con METRICS_PORT\.$/m,
    )
    await first.kill()
    await database.drop()
  })
})

describe('a stop under load', () => {
  it('answers every request in full, the last ones with Connection: close, and loses nothing', async () => {
    const database = await createTestDatabase()
    const cast = await createCast(database.db)
    const application = run({ DATABASE_URL: database.url })
    const origin = await application.origin()
    const cookies = (await signIn(new Client(origin), 'clara')).cookies
    const load = putUnderLoad(origin, {
      cookies,
      clients: 8,
      ticket: { area: cast.areas.sistemas, categoria: cast.categories.red },
    })
    await vi.waitFor(() => expect(load.answered()).toBeGreaterThan(40), { timeout: 20_000 })
    load.mark()
    application.process.kill('SIGTERM')
    const result = await load.done
    expect(await application.ended()).toBe(0)
    expectNothingFailed(result)
    const subjects = await database.db.prisma.ticket.findMany({ select: { subject: true } })
    expect(subjects.map(({ subject }) => subject).sort()).toEqual(result.created.sort())
    await database.drop()
  }, 120_000)
})

function expectNothingFailed({ failures, afterMark, closing, refused }: LoadResult): void {
  expect(failures).toEqual([])
  // Each client was told once that its connection ends, and found the door closed when it came again.
  expect(closing).toBe(8)
  expect(refused).toBe(8)
  expect(afterMark).toBeGreaterThanOrEqual(8)
}
