import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { signIn } from '../support/application.ts'
import { createCast, emailOf, type Person } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'
import type { Started } from '../support/packaged-app.ts'
import { useProcesses } from '../support/processes.ts'

// Two installations, each with a data folder of its own as on two machines, on one database.

const { run, folder, killAll } = useProcesses()
let database: TestDatabase
const secret = randomBytes(24).toString('hex')

beforeAll(async () => {
  database = await createTestDatabase()
  await createCast(database.db)
})
afterAll(() => database.drop())

const runHost = (name: string, environment: Record<string, string> = {}) =>
  run({ DATABASE_URL: database.url, DATA_DIR: join(folder, name), SESSION_SECRET: secret, ...environment })

async function expectComplaint(application: Started, sentence: RegExp): Promise<void> {
  expect(await application.ended()).toBe(1)
  expect(application.complaints().trim().split('\n')).toEqual([expect.stringMatching(sentence)])
}

it('a session and failed sign-ins of one count at the other', async () => {
  const [first, second] = await Promise.all([runHost('uno').origin(), runHost('dos').origin()])
  const { cookies } = await signIn(new Client(first), 'clara')
  const same = new Client(second)
  for (const [name, value] of cookies) same.cookies.set(name, value)
  expect((await same.get('/mis-tickets')).status).toBe(200)
  await same.post('/salir')
  expect((await same.get('/mis-tickets')).status).toBe(303)

  const statuses = []
  for (let turn = 0; turn < 7; turn++) {
    const visitor = new Client(turn % 2 ? first : second)
    statuses.push((await visitor.post('/ingresar', { correo: emailOf('carlos'), clave: 'equivocada' })).status)
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429])
})

it('each mail goes out once, whoever is awake', async () => {
  const server = await startMailServer()
  const mail = { SMTP_URL: server.url, MAIL_FROM: 'soporte@ejemplo.test' }
  const hosts = [runHost('uno', { ...mail, WEB_CONCURRENCY: '2' }), runHost('dos', mail)]
  const origins = await Promise.all(hosts.map(host => host.origin()))
  const people: Person[] = ['ana', 'sara', 'marta', 'luis', 'pedro', 'mario', 'clara', 'elena']
  const asked = people.map((person, index) =>
    new Client(origins[index % 2] ?? '').post('/clave-olvidada', { correo: emailOf(person) }),
  )
  for (const answer of await Promise.all(asked)) expect(answer.status).toBeLessThan(400)
  const waiting = () => database.db.prisma.mail.count({ where: { sentAt: null } })
  await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 20_000 })
  expect(server.delivered.map(({ to }) => to[0]).sort()).toEqual(people.map(emailOf).sort())
  await killAll()
  await server.close()
})

it('with another secret, or another place for the attachments, does not start beside the others', async () => {
  const first = runHost('uno')
  await first.origin()
  await expectComplaint(
    runHost('dos', { SESSION_SECRET: randomBytes(24).toString('hex') }),
    /^Otro proceso usa esta base de datos con otro SESSION_SECRET,/,
  )
  // None configured: each has one of its own.
  await expectComplaint(
    runHost('dos', { SESSION_SECRET: '' }),
    /^Otro proceso usa esta base de datos con otro SESSION_SECRET,/,
  )
  await expectComplaint(
    runHost('dos', { UPLOADS_DIR: join(folder, 'otros-adjuntos') }),
    /^Otro proceso usa esta base de datos y guarda los adjuntos en otro lugar;/,
  )
})

it('with a secret changed while nobody is there starts', async () => {
  const first = runHost('uno')
  await first.origin()
  first.process.kill('SIGTERM')
  expect(await first.ended()).toBe(0)
  const changed = runHost('uno', { SESSION_SECRET: randomBytes(24).toString('hex') })
  await changed.origin()
  // A crash gives up what it held, too.
  await changed.kill()
  await vi.waitFor(async () => expect(await runHost('uno').origin()).toMatch(/^http/), { timeout: 20_000 })
})
