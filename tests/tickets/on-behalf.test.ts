import { describe, expect, it } from 'vitest'
import { searchPeople } from '../../src/users/search.ts'
import { useApplication } from '../support/application.ts'

const { as, cast, db } = await useApplication()

const acme = await db.prisma.organization.create({ data: { name: 'Panadería Ñandú' } })
await db.prisma.user.update({ where: { id: cast.ids.clara }, data: { organizationId: acme.id } })

const valid = {
  area: cast.areas.sistemas,
  categoria: cast.categories.red,
  asunto: 'Llamó por teléfono',
  descripcion: 'No tiene red.',
}
const lastTicket = () => db.prisma.ticket.findFirstOrThrow({ orderBy: { number: 'desc' } })

describe('on behalf of somebody', () => {
  it('the ticket is his: he sees it, and who registered it, in the page and in the bitácora', async () => {
    const answer = await (await as('sara')).post('/tickets', { ...valid, solicitante: cast.ids.clara, buscar: 'clara' })
    const { number, requesterId, creatorId } = await lastTicket()
    expect(answer).toMatchObject({ status: 303, location: `/tickets/${number}` })
    expect({ requesterId, creatorId }).toEqual({ requesterId: cast.ids.clara, creatorId: cast.ids.sara })
    const clara = await as('clara')
    expect((await clara.get('/mis-tickets')).body).toContain(`/mis-tickets/${number}"`)
    const page = (await clara.get(`/mis-tickets/${number}`)).body
    expect(page).toMatch(/Registrado por<\/dt>\s*<dd>Sara Peña/)
    expect(page).toContain('registró el ticket en nombre de Clara Solís')
    const entry = await db.prisma.logEntry.findFirstOrThrow({ where: { ticketNumber: number } })
    expect(entry).toMatchObject({ authorId: cast.ids.sara, changes: { requesterId: [null, cast.ids.clara] } })
  })

  it('in an area of others, whoever registered it finds it under Mis tickets', async () => {
    const form = { ...valid, area: cast.areas.mantenimiento, categoria: cast.categories.techo }
    const answer = await (await as('sara')).post('/tickets', { ...form, solicitante: cast.ids.luis })
    const { number, requesterId } = await lastTicket()
    expect(answer.location).toBe(`/mis-tickets/${number}`)
    expect(requesterId).toBe(cast.ids.luis)
    expect((await (await as('luis')).get(`/mis-tickets/${number}`)).status).toBe(200)
  })

  it('one’s own ticket says nothing of it', async () => {
    await (await as('sara')).post('/tickets', { ...valid, solicitante: '' })
    const { number, requesterId } = await lastTicket()
    expect(requesterId).toBe(cast.ids.sara)
    expect((await (await as('sara')).get(`/tickets/${number}`)).body).not.toMatch(/Registrado por|en nombre de/)
  })

  it.each([
    ['a client', cast.ids.clara, 422],
    ['an employee', cast.ids.elena, 303],
  ])('a category for employees, for %s: %s -> %i', async (_who, solicitante, status) => {
    const form = { ...valid, categoria: cast.categories.equipo, solicitante }
    const answer = await (await as('sara')).post('/tickets', form)
    expect(answer.status).toBe(status)
    // The categories that are offered then are the client's.
    if (status === 422) expect(answer.body).not.toContain('Equipo nuevo')
  })

  it.each([
    ['somebody inactive', () => cast.ids.dario],
    ['nobody', () => 999_999],
    ['no number', () => 'clara'],
  ])('is refused for %s', async (_who, solicitante) => {
    const before = await db.prisma.ticket.count()
    const answer = await (await as('sara')).post('/tickets', { ...valid, solicitante: solicitante() })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Elija una persona de la lista.')
    expect(answer.body).toContain('Llamó por teléfono')
    expect(await db.prisma.ticket.count()).toBe(before)
  })

  it('is not what somebody does who names himself', async () => {
    const answer = await (await as('clara')).post('/tickets', { ...valid, solicitante: cast.ids.clara })
    expect(answer.status).toBe(303)
    expect(await lastTicket()).toMatchObject({ requesterId: cast.ids.clara, creatorId: cast.ids.clara })
  })

  it('is refused without the permission, and not offered', async () => {
    const clara = await as('clara')
    const before = await db.prisma.ticket.count()
    const answer = await clara.post('/tickets', { ...valid, solicitante: cast.ids.elena })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('en nombre de otra persona')
    expect(answer.body).toContain('Llamó por teléfono')
    expect(await db.prisma.ticket.count()).toBe(before)
    expect((await clara.get(`/tickets/nuevo?area=${cast.areas.sistemas}`)).body).not.toContain('name="solicitante"')
    const step = await clara.post('/tickets/nuevo', { ...valid, solicitante: cast.ids.elena, buscar: 'elena' })
    expect(step.body).not.toContain('Elena')
  })
})

describe('the step that searches without JavaScript', () => {
  it('shows who was found and keeps everything that was typed', async () => {
    const typed = { ...valid, descripcion: '\nDos\nlíneas', buscar: 'SOLIS' }
    const { status, body } = await (await as('sara')).post('/tickets/nuevo', typed)
    expect(status).toBe(200)
    expect(body).toMatch(new RegExp(`name="solicitante" value="${cast.ids.clara}"`))
    expect(body).toContain('clara@ejemplo.test · Panadería Ñandú · Cliente')
    expect(body).toContain('value="Llamó por teléfono"')
    expect(body).toContain('\n\nDos\nlíneas</textarea>')
    expect(body).toContain(`<option value="${cast.categories.red}" selected>`)
  })

  it('keeps whom one chose while one searches for another, and offers his categories', async () => {
    const typed = { ...valid, solicitante: cast.ids.clara, buscar: 'elena' }
    const { body } = await (await as('sara')).post('/tickets/nuevo', typed)
    expect(body).toMatch(new RegExp(`value="${cast.ids.clara}" checked`))
    expect(body).toMatch(new RegExp(`value="${cast.ids.elena}"`))
    expect(body).not.toContain('Equipo nuevo')
  })
})

it('a step that names somebody inactive shows nobody', async () => {
  const { status, body } = await (await as('sara')).post('/tickets/nuevo', { ...valid, solicitante: cast.ids.dario })
  expect(status).toBe(200)
  expect(body).not.toContain('Darío')
})

describe('the search', () => {
  const names = async (text: string) => (await searchPeople(db, text)).people.map(({ name }) => name)

  it.each([
    ['a part of the name', 'lís', ['Clara Solís']],
    ['without accents and case', 'NUNEZ', ['Marta Núñez']],
    ['the address', 'carlos@ejemplo', ['Carlos Vega']],
    ['the organization', 'nandu', ['Clara Solís']],
    ['words of several of them', 'panaderia clara', ['Clara Solís']],
    ['words that are not of one person', 'panaderia elena', []],
    ['somebody inactive', 'Darío', []],
    ['fewer than three letters', 'a e', []],
    ['nothing', ' ', []],
    ['no more than five words', 'clara solis clara solis clara nadie', ['Clara Solís']],
    ['no more than 100 characters', `solis${' '.repeat(96)}nadie`, ['Clara Solís']],
    ['a wildcard', '%%%', []],
    ['another wildcard', '___', []],
    ['an escape', 'lís\\', []],
    ['a character that no text has', 'sol\0ís', ['Clara Solís']],
  ])('finds by %s', async (_what, text, expected) => {
    expect(await names(text)).toEqual(expected)
  })

  it('goes by name', async () => {
    const everybody = ['Ana Ruiz', 'Carlos Vega', 'Clara Solís', 'Elena Prado', 'Luis Ibáñez', 'Mario Ortega']
    expect(await names('ejemplo.test')).toEqual([...everybody, 'Marta Núñez', 'Pedro Gómez', 'Sara Peña'])
  })

  it('gives no more than 20, and says that there are more', async () => {
    const data = Array.from({ length: 25 }, (_, index) => ({
      ...{ name: `Tocayo ${index}`, email: `tocayo${index}@ejemplo.test` },
      ...{ role: 'USUARIO' as const, kind: 'CLIENTE' as const },
    }))
    await db.prisma.user.createMany({ data })
    const answer = await (await as('sara')).get('/tickets/solicitantes?buscar=tocayo')
    const found = JSON.parse(answer.body)
    expect(found.options).toHaveLength(20)
    expect(found.note).toContain('hay más')
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  it('can be answered by the indexes', async () => {
    const plan = await db.prisma.$transaction(async tx => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`
      return tx.$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN
        SELECT id FROM users WHERE normalized_name(name) LIKE '%solis%'
        UNION ALL SELECT id FROM users WHERE email LIKE '%solis%'
        UNION ALL SELECT id FROM organizations WHERE normalized_name(name) LIKE '%solis%'`
    })
    const text = plan.map(row => row['QUERY PLAN']).join('\n')
    for (const index of ['users_name_search', 'users_email_search', 'organizations_name_search']) {
      expect(text).toContain(index)
    }
  })
})
