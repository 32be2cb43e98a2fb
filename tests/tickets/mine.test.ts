import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const { as, cast, db } = await useApplication()

async function register(person: Person): Promise<number> {
  const form = { area: cast.areas.sistemas, categoria: cast.categories.red, asunto: 'Mi red', descripcion: 'No anda' }
  const answer = await (await as(person)).post('/tickets', form)
  return Number(/(\d+)$/.exec(answer.location)?.[1])
}

const main = (body: string) => body.slice(body.indexOf('<main'), body.indexOf('</main>'))

describe('one’s own ticket under Mis tickets', () => {
  it('is only to be read by staff, with the way to where they work on it', async () => {
    const number = await register('sara')
    const page = main((await (await as('sara')).get(`/mis-tickets/${number}`)).body)
    expect(page).toContain('No anda')
    expect(page).not.toContain('<form')
    expect(page).not.toContain(`/tickets/${number}/cancelacion`)
    expect(page).toMatch(new RegExp(`href="/tickets/${number}"`))
  })

  it('offers no such way to staff of another area, who cannot write or act on it either', async () => {
    const number = await register('marta')
    const marta = await as('marta')
    const page = main((await marta.get(`/mis-tickets/${number}`)).body)
    expect(page).not.toContain(`"/tickets/${number}"`)
    expect((await marta.get(`/tickets/${number}`)).location).toBe(`/mis-tickets/${number}`)
    expect((await marta.post(`/tickets/${number}/bitacora`, { texto: 'Hola' })).status).toBe(403)
    const cancellation = await marta.post(`/tickets/${number}/cancelacion`, { version: 1, motivo: 'No' })
    expect(cancellation.status).toBe(403)
  })

  it('shows staff of another area no internal note', async () => {
    const number = await register('marta')
    const note = { texto: 'Nota secreta', visibilidad: 'interna' }
    expect((await (await as('sara')).post(`/tickets/${number}/bitacora`, note)).status).toBe(303)
    expect((await (await as('sara')).get(`/tickets/${number}`)).body).toContain('Nota secreta')
    expect((await (await as('marta')).get(`/mis-tickets/${number}`)).body).not.toContain('Nota secreta')
  })

  it('can be commented on by a Usuario, publicly only', async () => {
    const number = await register('clara')
    const clara = await as('clara')
    const page = main((await clara.get(`/mis-tickets/${number}`)).body)
    expect(page).toContain(`action="/tickets/${number}/bitacora"`)
    expect(page).not.toContain('interna')
    const internal = await clara.post(`/tickets/${number}/bitacora`, { texto: 'Hola', visibilidad: 'interna' })
    expect(internal.status).toBe(403)
    const said = await clara.post(`/tickets/${number}/bitacora`, { texto: 'Sigue igual' })
    expect(said.location).toMatch(new RegExp(`^/mis-tickets/${number}#entrada-\\d+$`))
  })

  it('keeps a refused comment where it was typed', async () => {
    const number = await register('clara')
    const answer = await (await as('clara')).post(`/tickets/${number}/bitacora`, { texto: 'x'.repeat(20_001) })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('x'.repeat(20_001))
    expect(answer.body).toContain('como máximo 20\u00a0000 caracteres')
  })

  it('is cancelled by a Usuario while nobody has touched it, and not after', async () => {
    const clara = await as('clara')
    const fresh = await register('clara')
    expect((await clara.post(`/tickets/${fresh}/cancelacion`, { version: 1, motivo: 'Ya anda' })).status).toBe(303)
    const touched = await register('clara')
    await (await as('sara')).post(`/tickets/${touched}/bitacora`, { texto: 'Lo vemos', visibilidad: 'publica' })
    const late = await clara.post(`/tickets/${touched}/cancelacion`, { version: 1, motivo: 'Ya anda' })
    expect(late.status).toBe(403)
    expect(late.body).toContain('pida la cancelación en un comentario')
    expect((await db.prisma.ticket.findUniqueOrThrow({ where: { number: touched } })).status).toBe('REGISTRADO')
  })
})

describe('the form for a new ticket', () => {
  it('asks for the area first, and offers a client nothing that is for employees', async () => {
    const areas = (await (await as('clara')).get('/tickets/nuevo')).body
    expect(areas).toContain(`href="/tickets/nuevo?area=${cast.areas.sistemas}"`)
    const path = `/tickets/nuevo?area=${cast.areas.sistemas}`
    expect((await (await as('clara')).get(path)).body).not.toContain('Equipo nuevo')
    expect((await (await as('elena')).get(path)).body).toContain('Equipo nuevo')
  })

  it('keeps what was typed when its area was archived meanwhile', async () => {
    const { id } = await db.prisma.area.create({ data: { name: 'Archivo' } })
    const category = await db.prisma.category.create({ data: { areaId: id, kind: 'PROBLEMA', name: 'Caja' } })
    await db.prisma.area.update({ where: { id }, data: { active: false } })
    const form = { area: id, categoria: category.id, asunto: 'Mi asunto', descripcion: 'Mi descripción larga' }
    const answer = await (await as('clara')).post('/tickets', form)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('El área elegida ya no recibe tickets')
    expect(answer.body).toContain('Mi descripción larga')
  })
})
