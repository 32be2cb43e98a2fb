import { afterAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/platform/db.ts'
import { startApplication, useApplication } from '../support/application.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'
import { Client } from '../support/client.ts'

const { as, anonymous, cast, db, url } = await useApplication()

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
  const closers: (() => Promise<void>)[] = []
  afterAll(() => Promise.all(closers.map(close => close())))
  const behind = async () => {
    const config = {
      timeZone: 'UTC',
      trustProxy: 1,
      demonstration: false,
      publicUrl: 'https://soporte.ejemplo.test',
      smtpUrl: undefined,
    }
    const { origin, close } = await startApplication(db, { config })
    closers.push(close)
    return new Client(origin)
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
    // A database without any of our tables: another one that is away is nobody's failure, and told as such.
    const foreign = connect(new URL('/postgres', url).href)
    const { origin, log, close } = await startApplication(foreign)
    const answer = await new Client(origin).get('/ingresar')
    await close()
    await foreign.close()
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('Algo falló de nuestro lado')
    const id = /<code class="request-id">([^<]+)</.exec(answer.body)?.[1]
    expect(log).toMatchObject([{ id, status: 500, failure: { code: '42P01' } }])
    expect(answer.body).not.toContain('42P01')
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
