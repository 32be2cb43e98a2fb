import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { connect, type Database } from '../../src/platform/db.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { SECRETS } from '../../src/web/recovered-form.ts'
import { signIn, startApplication } from '../support/application.ts'
import { createCast, emailOf, PASSWORD } from '../support/cast.ts'
import { type Answer, Client } from '../support/client.ts'
import { useDatabase } from '../support/database.ts'
import { databaseDoor } from '../support/database-door.ts'
import { fieldsSentAgain } from '../support/html.ts'
import { postFiles } from '../support/multipart.ts'
import { untilWaiting } from '../support/waiting.ts'

// What a person gets when every connection to the database is in use for longer than anybody waits for one, or none leads there.

const { db, url } = await useDatabase()
const cast = await createCast(db)
const patient = await startApplication(db)
const clara = await signIn(new Client(patient.origin), 'clara')
const door = await databaseDoor(url)

// A loaded machine takes its time to answer: what has to succeed gets enough of it, what has to fail next to none.
const enough = await scarceApplication(url, 2_000)
const little = await scarceApplication(url, 100)
const behindDoor = await scarceApplication(door.url, 5_000)
const silenced = await scarceApplication(door.url, 100)
const held: pg.PoolClient[] = []
const lockers: pg.PoolClient[] = []

afterEach(release)
afterAll(async () => {
  await patient.close()
  for (const application of [enough, little, behindDoor, silenced]) await application.close()
  await door.close()
})

/** @returns an application with two connections, and clara in it */
async function scarceApplication(url: string, patience: number) {
  const scarce = connect(url, { connections: 2, patience })
  const application = await startApplication(scarce)
  return {
    ...application,
    clara: clara.at(application.origin),
    db: scarce,
    async close() {
      await application.close()
      await scarce.close()
    },
  }
}

async function takeAll({ pool }: Database): Promise<void> {
  while (held.length < 2) held.push(await vi.waitFor(() => pool.connect(), { timeout: 20_000 }))
}

/** Holds a table up, for whoever only reads it as well. */
async function lock(table: 'session' | 'tickets'): Promise<void> {
  const locker = await db.pool.connect()
  await locker.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
  lockers.push(locker)
}

async function release(): Promise<void> {
  for (const client of held.splice(0)) client.release()
  for (const locker of lockers.splice(0)) {
    await locker.query('ROLLBACK')
    locker.release()
  }
  await door.open()
}

let sent = 0
/** A form that nobody has sent yet. */
const written = () => ({
  envio: `1b4e28ba-2fa1-4d2e-883f-${String(sent++).padStart(12, '0')}`,
  area: String(cast.areas.sistemas),
  categoria: String(cast.categories.red),
  asunto: `La <b>red</b> se cae ${sent}`,
  descripcion: 'Desde las nueve.\n"Nadie" puede entrar & es urgente.',
  solicitante: '',
  buscar: '',
})

const BUSY = '<h1>El sistema está muy ocupado</h1>'
const OUT_OF_REACH = '<h1>El sistema no está disponible en este momento</h1>'

/** The page tells why it was not done, and has the whole form. */
function expectGivenBack(answer: Answer, heading: string, form: ReturnType<typeof written>): void {
  expect(answer.status).toBe(503)
  expect(answer.body).toContain(heading)
  expect(fieldsSentAgain(answer.body)).toEqual(form)
}

/** Sends again, from the page, what could not be done, twice: it becomes one ticket. */
async function expectSentOnce(client: Client, page: string, subject: string): Promise<void> {
  const places = []
  for (let turn = 0; turn < 2; turn++) places.push(await client.post('/tickets', fieldsSentAgain(page)))
  expect(places.map(({ status }) => status)).toEqual([303, 303])
  expect(places[1]?.location).toBe(places[0]?.location)
  expect(await db.prisma.ticket.count({ where: { subject } })).toBe(1)
}

describe('while everything is in use, who reads', () => {
  it('is asked to come again, and can once there is a connection', async () => {
    // What is asked once and kept is asked over the pool.
    expect((await enough.clara.get('/mis-tickets')).status).toBe(200)
    await takeAll(enough.db)
    // What is quick has connections of its own.
    expect((await enough.clara.get('/mis-tickets')).status).toBe(200)
    const answer = await enough.clara.get('/mis-tickets?buscar=red')
    expect(answer.status).toBe(503)
    expect(answer.headers).toMatchObject({ 'retry-after': '10', 'cache-control': 'no-store' })
    expect(answer.body).toContain(BUSY)
    expect(answer.body).toContain('<a class="btn btn-primary" href="/mis-tickets?buscar=red">Intentar de nuevo</a>')
    expect(answer.body).not.toMatch(/timeout|number|número/)
    expect(enough.log.at(-1)).toMatchObject({
      level: 50,
      status: 503,
      failure: { message: expect.stringContaining('timeout exceeded') },
    })
    await release()
    expect((await enough.clara.get('/mis-tickets?buscar=red')).status).toBe(200)
  })

  it('is asked so, too, when what all requests begin with takes too long', async () => {
    await lock('session')
    const answer = await enough.clara.get('/mis-tickets')
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10'])
    await release()
    expect((await enough.clara.get('/mis-tickets')).status).toBe(200)
  })
})

describe('while everything is in use, who sends a form', () => {
  it('finds it on the page and sends it again from there, once', async () => {
    const form = written()
    await takeAll(enough.db)
    const answer = await enough.clara.post('/tickets', form)
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('10')
    expect(answer.body).toMatch(/<dt>Asunto<\/dt>\s*<dd>La &lt;b&gt;red&lt;\/b&gt; se cae/)
    expect(answer.body).toContain('<form class="form-actions" method="post" action="/tickets">')
    expect(fieldsSentAgain(answer.body)).toEqual(form)
    await release()
    await expectSentOnce(enough.clara, answer.body, form.asunto)
  })

  it('finds it also when the connections ran out only once it had been read', async () => {
    // Reads as ever, and writes where no connection is free.
    const half = await startApplication({ ...little.db, pool: db.pool })
    await takeAll(little.db)
    const form = written()
    const answer = await clara.at(half.origin).post('/tickets', form)
    expectGivenBack(answer, BUSY, form)
    await half.close()
  })

  it('finds it also when the server lets nobody else in, before it was read or after', async () => {
    const limit = (connections: number) =>
      db.pool.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} CONNECTION LIMIT ${connections}`)
    const outside = await scarceApplication(url, 5_000)
    const half = await startApplication({ ...outside.db, pool: db.pool })
    await limit(0)
    for (const { origin } of [outside, half]) {
      const form = written()
      const answer = await clara.at(origin).post('/tickets', form)
      expectGivenBack(answer, BUSY, form)
    }
    await limit(-1)
    await half.close()
    await outside.close()
  })

  it('with files gets his texts back and is told that the files are gone', async () => {
    await takeAll(little.db)
    const file = { name: 'foto.png', bytes: Buffer.alloc(300_000, 7) }
    const answer = await postFiles(little.clara, '/tickets', written(), [file])
    expect(answer.status).toBe(503)
    expect(answer.body).toMatch(/<dt>Asunto<\/dt>\s*<dd>La &lt;b&gt;red/)
    expect(answer.body).toContain('adjúntelos otra vez')
    expect(answer.body).not.toContain('Enviar otra vez</button>')
  })

  it('in parts without a file can send it again as well', async () => {
    await takeAll(little.db)
    const form = written()
    const answer = await postFiles(little.clara, '/tickets', form, [])
    expect(answer.status).toBe(503)
    expect(fieldsSentAgain(answer.body)).toEqual(form)
  })

  it('never finds a password on it', async () => {
    await takeAll(little.db)
    const answer = await new Client(little.origin).post('/ingresar', { correo: emailOf('ana'), clave: PASSWORD })
    expect(answer.status).toBe(503)
    expect(answer.body).not.toContain(PASSWORD)
    expect(answer.body).not.toContain('<form')
    expect(answer.body).toContain('vuelva a la página anterior')
  })

  it('of which no page exists, or that is broken, gets the same page', async () => {
    await lock('session')
    for (const [path, body] of [
      ['/no-existe', 'a=1'],
      ['/tickets', `a=${'x'.repeat(300_000)}`],
    ] as const) {
      const answer = await little.clara.postBody(path, Buffer.from(body), {
        'content-type': 'application/x-www-form-urlencoded',
      })
      expect(answer.status).toBe(503)
      expect(answer.body).toContain(BUSY)
    }
  })
})

describe('while the database is out of reach', () => {
  it('who reads is asked to come again, and can once it is back', async () => {
    await door.close()
    const answer = await behindDoor.clara.get('/mis-tickets')
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10'])
    expect(answer.body).toContain(OUT_OF_REACH)
    expect(answer.body).toContain('href="/mis-tickets">Intentar de nuevo</a>')
    await release()
    expect((await behindDoor.clara.get('/mis-tickets')).status).toBe(200)
  })

  it('who sends a form finds it on the page and sends it again from there, once', async () => {
    await door.close()
    const form = written()
    const answer = await behindDoor.clara.post('/tickets', form)
    expect(answer.status).toBe(503)
    expect(fieldsSentAgain(answer.body)).toEqual(form)
    await release()
    await expectSentOnce(behindDoor.clara, answer.body, form.asunto)
  })

  it('who sends a form finds it also when only the writing met no database', async () => {
    const half = await startApplication({ ...behindDoor.db, pool: db.pool })
    await door.close()
    const form = written()
    const answer = await clara.at(half.origin).post('/tickets', form)
    expectGivenBack(answer, OUT_OF_REACH, form)
    await half.close()
  })

  it('who was being served when it went finds his form as well', async () => {
    const form = written()
    await lock('tickets')
    const answering = behindDoor.clara.post('/tickets', form)
    await untilWaiting(db)
    await door.close()
    const answer = await answering
    expectGivenBack(answer, OUT_OF_REACH, form)
    await release()
    await expectSentOnce(behindDoor.clara, answer.body, form.asunto)
  })

  it('who reaches a server that says nothing is not kept waiting', async () => {
    door.silence()
    const form = written()
    const answer = await silenced.clara.post('/tickets', form)
    expect(answer.status).toBe(503)
    expect(fieldsSentAgain(answer.body)).toEqual(form)
  })
})

it('all fields that are typed unseen are known as secrets', () => {
  const folder = join(projectRoot, 'views')
  const views = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ejs'))
  const fields = views.flatMap(path =>
    [
      ...readFileSync(join(folder, path), 'utf8').matchAll(/include\('\/partials\/_field', \{[^}]*type: 'password'/g),
    ].map(([call]) => /name: '(\w+)'/.exec(call)?.[1]),
  )
  expect(new Set(fields)).toEqual(new Set(SECRETS))
})
