import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { connect } from '../../src/platform/db.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { SECRETS } from '../../src/web/crowded.ts'
import { signIn, startApplication } from '../support/application.ts'
import { createCast, emailOf, PASSWORD } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { useDatabase } from '../support/database.ts'
import { postFiles } from '../support/multipart.ts'

// What a person gets when every connection to the database is in use for longer than anybody waits for one.

const { db, url } = await useDatabase()
const cast = await createCast(db)
const scarce = connect(url, { connections: 2, patience: 100 })
const application = await startApplication(scarce)
const clara = await signIn(new Client(application.origin), 'clara')
const held: pg.PoolClient[] = []
const lockers: pg.PoolClient[] = []

afterEach(release)
afterAll(async () => {
  await application.close()
  await scarce.close()
})

async function takeAll(): Promise<void> {
  while (held.length < 2) held.push(await scarce.pool.connect())
}

/** Every request begins with its session, over connections that all share. */
async function lockSessions(): Promise<void> {
  const locker = await db.pool.connect()
  await locker.query('BEGIN; LOCK TABLE session IN ACCESS EXCLUSIVE MODE')
  lockers.push(locker)
}

async function release(): Promise<void> {
  for (const client of held.splice(0)) client.release()
  for (const locker of lockers.splice(0)) {
    await locker.query('ROLLBACK')
    locker.release()
  }
}

const ENVIO = '1b4e28ba-2fa1-4d2e-883f-0016d3cca427'
const written = {
  envio: ENVIO,
  area: String(cast.areas.sistemas),
  categoria: String(cast.categories.red),
  asunto: 'La <b>red</b> se cae',
  descripcion: 'Desde las nueve.\n"Nadie" puede entrar & es urgente.',
  solicitante: '',
  buscar: '',
}

/** The fields of the form that the page offers to send again, as a browser reads them. */
function hiddenFields(html: string): Record<string, string> {
  const fields = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)" autocomplete="off">/g)
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, unescaped(value)]))
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', '#34': '"', '#39': "'" }
  return text.replace(/&(lt|gt|amp|#34|#39);/g, (_, name) => signs[name] ?? '')
}

describe('who reads', () => {
  it('is asked to come again, and can once there is a connection', async () => {
    await takeAll()
    // What is quick has connections of its own.
    expect((await clara.get('/mis-tickets')).status).toBe(200)
    const answer = await clara.get('/mis-tickets?buscar=red')
    expect(answer.status).toBe(503)
    expect(answer.headers).toMatchObject({ 'retry-after': '10', 'cache-control': 'no-store' })
    expect(answer.body).toContain('<h1>El sistema está muy ocupado</h1>')
    expect(answer.body).toContain('<a class="btn btn-primary" href="/mis-tickets?buscar=red">Intentar de nuevo</a>')
    expect(answer.body).not.toMatch(/timeout|number|número/)
    const line = application.log.at(-1)
    expect(line).toMatchObject({
      level: 50,
      status: 503,
      failure: { message: expect.stringContaining('timeout exceeded') },
    })
    await release()
    expect((await clara.get('/mis-tickets?buscar=red')).status).toBe(200)
  })

  it('is asked so, too, when what all requests begin with takes too long', async () => {
    await lockSessions()
    const answer = await clara.get('/mis-tickets')
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10'])
    await release()
    expect((await clara.get('/mis-tickets')).status).toBe(200)
  })
})

describe('who sends a form', () => {
  it('finds it on the page and sends it again from there, once', async () => {
    await takeAll()
    const answer = await clara.post('/tickets', written)
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('10')
    expect(answer.body).toMatch(/<dt>Asunto<\/dt>\s*<dd>La &lt;b&gt;red&lt;\/b&gt; se cae<\/dd>/)
    expect(answer.body).toContain('<form class="form-actions" method="post" action="/tickets">')
    expect(hiddenFields(answer.body)).toEqual(written)
    await release()
    const places = []
    for (let turn = 0; turn < 2; turn++) {
      places.push(await clara.post('/tickets', hiddenFields(answer.body)))
    }
    expect(places.map(({ status }) => status)).toEqual([303, 303])
    expect(places[1]?.location).toBe(places[0]?.location)
    expect(await db.prisma.ticket.findMany({ select: { subject: true } })).toEqual([{ subject: written.asunto }])
  })

  it('finds it also when the connections ran out only once it had been read', async () => {
    const late = connect(url, { connections: 1, patience: 100 })
    // Reads as ever, and writes where no connection is free.
    const half = await startApplication({ ...late, pool: db.pool })
    const client = await signIn(new Client(half.origin), 'clara')
    const only = await late.pool.connect()
    const answer = await client.post('/tickets', { ...written, envio: ENVIO.replace('1', '2') })
    expect(answer.status).toBe(503)
    expect(hiddenFields(answer.body)).toMatchObject({ asunto: written.asunto, descripcion: written.descripcion })
    only.release()
    await half.close()
    await late.close()
  })

  it('with files gets his texts back and is told that the files are gone', async () => {
    await takeAll()
    const file = { name: 'foto.png', bytes: Buffer.alloc(300_000, 7) }
    const answer = await postFiles(clara, '/tickets', written, [file])
    expect(answer.status).toBe(503)
    expect(answer.body).toMatch(/<dt>Asunto<\/dt>\s*<dd>La &lt;b&gt;red/)
    expect(answer.body).toContain('adjúntelos otra vez')
    expect(answer.body).not.toContain('Enviar otra vez</button>')
  })

  it('in parts without a file can send it again as well', async () => {
    await takeAll()
    const answer = await postFiles(clara, '/tickets', written, [])
    expect(answer.status).toBe(503)
    expect(hiddenFields(answer.body)).toEqual(written)
  })

  it('never finds a password on it', async () => {
    await takeAll()
    const answer = await new Client(application.origin).post('/ingresar', { correo: emailOf('ana'), clave: PASSWORD })
    expect(answer.status).toBe(503)
    expect(answer.body).not.toContain(PASSWORD)
    expect(answer.body).not.toContain('<form')
    expect(answer.body).toContain('vuelva a la página anterior')
  })

  it('of which no page exists, or that is broken, gets the same page', async () => {
    await lockSessions()
    for (const [path, body] of [
      ['/no-existe', 'a=1'],
      ['/tickets', `a=${'x'.repeat(300_000)}`],
    ] as const) {
      const answer = await clara.postBody(path, Buffer.from(body), {
        'content-type': 'application/x-www-form-urlencoded',
      })
      expect(answer.status).toBe(503)
      expect(answer.body).toContain('El sistema está muy ocupado')
    }
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
