import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { connect } from '../../src/platform/db.ts'
import { listen, useApplication } from '../support/application.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'
import { Client } from '../support/client.ts'

const { as, anonymous, cast, db, clock } = await useApplication()

const secret = 'el secreto de las pruebas, que no protege nada'

describe('every answer', () => {
  it.each(['/ingresar', '/tickets', '/nada'])(
    'of %s forbids everything inline and everything from elsewhere',
    async path => {
      const policy = String((await (await as('ana')).get(path)).headers['content-security-policy'])
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
    },
  )

  it('says nothing about what it is made with, and pages of a person are not kept', async () => {
    const { headers } = await (await as('ana')).get('/tickets')
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toContain('no-store')
  })
})

describe('behind a proxy that speaks TLS', () => {
  const behind = async () => {
    const config = { timeZone: 'UTC', trustProxy: 1 }
    return new Client(await listen(createApp({ config, db, clock, log: pino({ level: 'silent' }), secret })))
  }
  const forwarded = { 'x-forwarded-proto': 'https', 'sec-fetch-site': 'same-origin' }

  it('the cookie is Secure', async () => {
    const form = { correo: emailOf('ana'), clave: PASSWORD }
    const answer = await (await behind()).post('/ingresar', form, forwarded)
    expect(String(answer.headers['set-cookie'])).toContain('Secure')
  })

  it('attempts are counted by the address of the person, not of the proxy', async () => {
    const client = await behind()
    for (let turn = 0; turn < 31; turn++) {
      const headers = { ...forwarded, 'x-forwarded-for': `203.0.113.${turn}` }
      await client.post('/ingresar', { correo: `nadie${turn}@ejemplo.test`, clave: 'x' }, headers)
    }
    const headers = { ...forwarded, 'x-forwarded-for': '203.0.113.99' }
    const answer = await client.post('/ingresar', { correo: 'otra@ejemplo.test', clave: 'x' }, headers)
    expect(answer.status).toBe(422)
  })
})

describe('a failure of ours', () => {
  it('shows an id that the log knows, without session and database', async () => {
    const log: Record<string, unknown>[] = []
    const gone = connect('postgresql://nadie@127.0.0.1:1/nada')
    const logger = pino({ level: 'info' }, { write: line => log.push(JSON.parse(line)) })
    const config = { timeZone: 'UTC', trustProxy: 0 }
    const client = new Client(await listen(createApp({ config, db: gone, clock, log: logger, secret })))
    const answer = await client.get('/ingresar')
    await gone.close()
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('Algo falló de nuestro lado')
    const id = /<code class="request-id">([^<]+)</.exec(answer.body)?.[1]
    const line = log.find(({ msg }) => msg === 'request failed') as { req: { id: string }; err: { stack: string } }
    expect(id).toBe(line.req.id)
    expect(line.err.stack).toContain('database server')
    expect(answer.body).not.toContain('database server')
  })
})

describe('a body', () => {
  it('over the limit gets a page that says so', async () => {
    const form = { area: 1, categoria: 1, asunto: 'x', descripcion: 'x'.repeat(300_000) }
    const answer = await (await as('clara')).post('/tickets', form)
    expect(answer.status).toBe(413)
    expect(answer.body).toContain('supera el tamaño permitido')
  })

  it('that holds the longest text there may be is taken', async () => {
    const descripcion = '🛠'.repeat(20_000)
    const form = { area: cast.areas.sistemas, categoria: cast.categories.red, asunto: 'Largo', descripcion }
    expect((await (await as('clara')).post('/tickets', form)).status).toBe(303)
  })

  it('of somebody who has not signed in is not read', async () => {
    const answer = await anonymous().post('/tickets', { descripcion: 'x'.repeat(300_000) })
    expect(answer.status).toBe(303)
  })
})
