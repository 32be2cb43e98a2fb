import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { Client } from './support/client.ts'
import { type Copy, copyProject, killPostgres, postgresPid, type Started, start } from './support/packaged-app.ts'
import { refusesConnections } from './support/processes.ts'

const copy: Copy = copyProject()
const data = join(copy.folder, 'data')
const shared = join(copy.folder, 'data-shared')
const running: Started[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map(application => application.kill()))
})
afterAll(() => {
  for (const folder of [data, shared]) killPostgres(folder)
  copy.remove()
})

function run(environment: Record<string, string> = {}, command?: string[]): Started {
  const application = start(copy.folder, environment, command)
  running.push(application)
  return application
}

async function signIn(origin: string): Promise<Client> {
  const client = new Client(origin)
  const form = { correo: 'administrador@demo.test', clave: 'Demostracion-1', volver: '' }
  expect(await client.post('/ingresar', form)).toMatchObject({ status: 303 })
  return client
}

/** What the administrator sees once he has signed in; a stranger would be led to the sign-in page. */
async function readTickets(client: Client): Promise<string[]> {
  const page = await client.get('/tickets')
  expect(page.status).toBe(200)
  const numbers = [...page.body.matchAll(/href="\/tickets\/(\d+)"/g)].map(([, number = '']) => number)
  expect(numbers).not.toEqual([])
  return numbers
}

function continueWith(origin: string, client: Client): Client {
  const same = new Client(origin)
  for (const [name, value] of client.cookies) same.cookies.set(name, value)
  return same
}

const directly = [process.execPath, 'scripts/start.mjs']

describe('npm start', () => {
  let client: Client
  let tickets: string[]

  it('makes a fresh copy ready, fills it, prints its address and the accounts, and lets them sign in', async () => {
    const application = run()
    const origin = await application.origin()
    await expect.poll(application.output).toContain('Ctrl-C')
    expect(application.output()).toContain('Compilando…')
    for (const name of ['administrador', 'supervisor', 'agente', 'agente2', 'empleado', 'cliente']) {
      expect(application.output()).toContain(`${name}@demo.test`)
    }
    expect(application.output()).toContain('Demostracion-1')
    client = await signIn(origin)
    tickets = await readTickets(client)
    process.kill(postgresPid(data) ?? 0, 'SIGKILL')
    await application.kill()
  }, 120_000)

  it('starts again within 5 seconds after everything was killed, and finds the data and the sessions', async () => {
    const before = performance.now()
    const application = run()
    const origin = await application.origin()
    expect(performance.now() - before).toBeLessThan(5000)
    expect(application.output()).not.toContain('Compilando…')
    expect(await readTickets(continueWith(origin, client))).toEqual(tickets)
  })

  it('joins the PostgreSQL that runs on when only the application was killed', async () => {
    const left = postgresPid(data)
    const origin = await run().origin()
    expect(postgresPid(data)).toBe(left)
    expect(await readTickets(continueWith(origin, client))).toEqual(tickets)
  })

  it('finishes a request in flight at SIGTERM, then stops PostgreSQL and exits with 0', async () => {
    const application = run()
    const origin = await application.origin()
    const body = 'correo=administrador%40demo.test&clave=Demostracion-1&volver='
    const inFlight = await beginPost(`${origin}/ingresar`, body.length)
    application.process.kill('SIGTERM')
    await vi.waitFor(() => expect(refusesConnections(origin)).resolves.toBe(true), { timeout: 5000 })
    inFlight.end(body)
    const [answer] = await once(inFlight, 'response')
    expect(answer.statusCode).toBe(303)
    answer.resume()
    expect(await application.ended()).toBe(0)
    expect(postgresPid(data)).toBeUndefined()
  })

  it('serves by two processes on the included PostgreSQL, also after that was killed, and stops it at the end', async () => {
    const application = run({ WEB_CONCURRENCY: '2' }, directly)
    const origin = await application.origin()
    const again = continueWith(origin, client)
    for (let turn = 0; turn < 2; turn++) expect(await readTickets(again)).toEqual(tickets)
    process.kill(postgresPid(data) ?? 0, 'SIGKILL')
    const back = async () => {
      for (let turn = 0; turn < 4; turn++) expect((await again.get('/tickets')).status).toBe(200)
    }
    await vi.waitFor(back, { timeout: 30_000, interval: 200 })
    application.process.kill('SIGTERM')
    expect(await application.ended()).toBe(0)
    expect(postgresPid(data)).toBeUndefined()
  })

  it('starts twice at once on one new folder, and PostgreSQL stops with the last one', async () => {
    const both = [
      run({ DATA_DIR: shared }, directly),
      run({ DATA_DIR: shared, WEB_CONCURRENCY: '2' }, directly),
    ] as const
    const [first, second] = await Promise.all([both[0].origin(), both[1].origin()])
    const visitor = await signIn(first)
    expect(await readTickets(continueWith(second, visitor))).toEqual(tickets)
    both[0].process.kill('SIGTERM')
    expect(await both[0].ended()).toBe(0)
    expect(await readTickets(continueWith(second, visitor))).toEqual(tickets)
    both[1].process.kill('SIGINT')
    expect(await both[1].ended()).toBe(0)
    expect(postgresPid(shared)).toBeUndefined()
  }, 120_000)
})

/** Sends the head of a request and waits until the application has taken it. */
async function beginPost(url: string, length: number) {
  const headers = {
    origin: new URL(url).origin,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': length,
    expect: '100-continue',
  }
  const sent = request(url, { method: 'POST', headers, agent: false })
  sent.flushHeaders()
  await once(sent, 'continue')
  return sent
}
