import { expect, it } from 'vitest'
import { signIn, useApplication } from '../support/application.ts'

const { anonymous, cast } = await useApplication()

const said = /Ticket #\d+ registrado\./

async function register() {
  const clara = await signIn(anonymous(), 'clara')
  const form = { area: cast.areas.sistemas, categoria: cast.categories.red, asunto: 'Asunto', descripcion: 'Texto' }
  return { clara, page: (await clara.post('/tickets', form)).location }
}

it('is told on the next page and on no other', async () => {
  const { clara, page } = await register()
  expect((await clara.get(page)).body).toMatch(said)
  expect((await clara.get(page)).body).not.toMatch(said)
})

it('waits for a page: a redirect on the way does not use it up', async () => {
  const { clara } = await register()
  expect((await clara.get('/')).status).toBe(303)
  expect((await clara.get('/mis-tickets')).body).toMatch(said)
})

it('waits for a page that somebody sees: one that is fetched ahead does not use it up', async () => {
  const { clara, page } = await register()
  expect((await clara.get(page, { 'sec-purpose': 'prefetch' })).body).not.toMatch(said)
  expect((await clara.get(page)).body).toMatch(said)
})

it('that somebody tampered with is not told', async () => {
  const { clara, page } = await register()
  const kept = decodeURIComponent(clara.cookies.get('mensaje') ?? '')
  expect(kept).toContain('registrado')
  clara.cookies.set('mensaje', encodeURIComponent(kept.replace('registrado', 'regalado')))
  const { status, body } = await clara.get(page)
  expect(status).toBe(200)
  expect(body).not.toContain('regalado')
})
