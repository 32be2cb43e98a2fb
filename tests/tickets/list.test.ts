import { describe, expect, it } from 'vitest'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import { useApplication } from '../support/application.ts'

const { as, cast, db } = await useApplication()
const { areas, categories, ids, groups } = cast

const start = new Date('2026-02-01T12:00:00Z').getTime()
const base = (index: number, given: Partial<Prisma.TicketCreateManyInput> = {}): Prisma.TicketCreateManyInput => ({
  areaId: areas.sistemas,
  categoryId: categories.red,
  priority: 'MEDIA',
  subject: `Ticket ${String(index).padStart(4, '0')}`,
  description: 'Texto',
  requesterId: ids.clara,
  creatorId: ids.clara,
  // Three at a time share a moment, so that the number has to decide the order.
  createdAt: new Date(start + Math.floor(index / 3) * 60_000),
  lastActivityAt: new Date(start),
  originSystem: 'prueba',
  originReference: String(index),
  ...given,
})
await db.prisma.ticket.createMany({ data: Array.from({ length: 1005 }, (_, index) => base(index)) })
const elsewhere = { areaId: areas.mantenimiento, categoryId: categories.techo }
const assigned = { status: 'ASIGNADO' as const, assigneeId: ids.luis }
await db.prisma.ticket.createMany({
  data: [
    base(2001, { ...elsewhere, subject: 'Gotera del vecino' }),
    base(2002, { ...assigned, subject: 'De Luis', priority: 'URGENTE' }),
    base(2003, { status: 'ASIGNADO', assigneeGroupId: groups.redes, subject: 'De Redes' }),
    base(2004, {
      status: 'ASIGNADO',
      assigneeId: ids.pedro,
      assigneeGroupId: groups.redes,
      subject: 'De Pedro y Redes',
    }),
    base(2005, { ...assigned, categoryId: categories.equipo, subject: 'Equipo de Luis' }),
    // 23:30 of 10 February in Mexico City is already the 11th in UTC.
    base(2006, { ...assigned, subject: 'De noche', createdAt: new Date('2026-02-11T05:30:00Z') }),
    base(2007, { ...assigned, subject: 'Por la mañana', createdAt: new Date('2026-02-11T15:00:00Z') }),
  ],
})

const subjects = (body: string) =>
  [
    ...body.matchAll(
      /(Ticket \d{4}|Gotera del vecino|De Luis|De Redes|De Pedro y Redes|Equipo de Luis|De noche|Por la mañana)(?=\s*<\/a>)/g,
    ),
  ].map(match => match[1])
const linkTo = (body: string, parameter: string) =>
  new RegExp(`href="([^"]*[?&](?:amp;)?${parameter}=[^"]*)"`).exec(body)?.[1]?.replaceAll('&amp;', '&')

describe('the pages of a list', () => {
  it('reach every ticket once, newest first, and lead back the same way', async () => {
    const sara = await as('sara')
    const seen: string[][] = []
    let path: string | undefined = '/tickets'
    let last = ''
    while (path) {
      last = (await sara.get(path)).body
      seen.push(subjects(last).map(String))
      path = linkTo(last, 'siguiente')
    }
    const expected = Array.from({ length: 1005 }, (_, index) => `Ticket ${String(1004 - index).padStart(4, '0')}`)
    expect(seen.flat()).toEqual(expected)
    expect(seen.slice(0, -1).every(page => page.length === 25)).toBe(true)
    for (const page of seen.slice(0, -1).toReversed()) {
      const back = linkTo(last, 'anterior')
      expect(back).toBeDefined()
      last = (await sara.get(back ?? '')).body
      expect(subjects(last)).toEqual(page)
    }
    expect(linkTo(last, 'anterior')).toBeUndefined()
  })

  it.each(['x', '1-', '-1', '99999999999999999-1', '1-99999999999'])('ignore the damaged place %s', async place => {
    const answer = await (await as('sara')).get(`/tickets?siguiente=${place}`)
    expect(answer.status).toBe(200)
    expect(subjects(answer.body)[0]).toBe('Ticket 1004')
  })
})

describe('the tabs', () => {
  it('count up to a bound, within what the person supervises', async () => {
    const counts = async (body: Promise<{ body: string }>) =>
      [
        ...(await body).body.matchAll(
          /(Registrados|Asignados|En Proceso|Finalizados|Cancelados)\s*<span[^>]*>([^<]*)</g,
        ),
      ].map(([, label, count]) => `${label} ${count?.trim()}`)
    const sara = await counts((await as('sara')).get('/tickets'))
    expect(sara).toEqual(['Registrados 1000+', 'Asignados 6', 'En Proceso 0', 'Finalizados 0', 'Cancelados 0'])
    const marta = await counts((await as('marta')).get('/tickets'))
    expect(marta).toEqual(['Registrados 1', 'Asignados 0', 'En Proceso 0', 'Finalizados 0', 'Cancelados 0'])
  })
})

describe('the filters', () => {
  const filtered = async (query: string) => subjects((await (await as('ana')).get(`/tickets?${query}`)).body)

  it.each([
    ['area', () => `estado=registrados&area=${areas.mantenimiento}`, ['Gotera del vecino']],
    ['category', () => `estado=asignados&categoria=${categories.equipo}`, ['Equipo de Luis']],
    ['kind', () => 'estado=asignados&tipo=requerimiento', ['Equipo de Luis']],
    ['priority', () => 'estado=asignados&prioridad=urgente', ['De Luis']],
    ['person', () => `estado=asignados&responsable=persona:${ids.pedro}`, ['De Pedro y Redes']],
    ['group', () => `estado=asignados&responsable=grupo:${groups.redes}`, ['De Pedro y Redes', 'De Redes']],
    ['day, in the zone of the organisation', () => 'estado=asignados&desde=2026-02-10&hasta=2026-02-10', ['De noche']],
    ['first day', () => 'estado=asignados&desde=2026-02-11', ['Por la mañana']],
    ['two at once', () => `estado=asignados&prioridad=media&responsable=persona:${ids.pedro}`, ['De Pedro y Redes']],
  ])('by %s', async (_what, query, expected) => {
    expect(await filtered(query())).toEqual(expected)
  })

  it('cannot reach an area that is not the person’s', async () => {
    const answer = await (await as('sara')).get(`/tickets?area=${areas.mantenimiento}`)
    expect(subjects(answer.body)).toEqual([])
    expect(answer.body).not.toContain('Mantenimiento')
  })

  it('that say nothing known are ignored', async () => {
    const answer = await (await as('marta')).get(
      '/tickets?estado=raro&tipo=x&prioridad=9&responsable=yo&desde=ayer&area=-1',
    )
    expect(answer.status).toBe(200)
    expect(subjects(answer.body)).toEqual(['Gotera del vecino'])
  })

  it('find nothing: the page says why and how to go on', async () => {
    const answer = await (await as('marta')).get('/tickets?estado=cancelados&prioridad=alta')
    expect(answer.body).toContain('No hay tickets cancelados con estos filtros')
    expect(answer.body).toContain('href="/tickets?estado=cancelados"')
  })
})

describe('Asignados', () => {
  it('shows what is the agent’s and his groups’, each once', async () => {
    const pedro = subjects((await (await as('pedro')).get('/asignados')).body)
    expect(pedro).toEqual(['De Pedro y Redes', 'De Redes'])
    const luis = subjects((await (await as('luis')).get('/asignados')).body)
    expect(luis).toEqual(['Por la mañana', 'De noche', 'Equipo de Luis', 'De Pedro y Redes', 'De Redes', 'De Luis'])
  })
})

describe('Mis tickets', () => {
  it('shows a person’s own tickets of every area and state, and nobody else’s', async () => {
    const clara = subjects((await (await as('clara')).get('/mis-tickets')).body)
    expect(clara).toHaveLength(25)
    expect(clara.slice(0, 3)).toEqual(['Por la mañana', 'De noche', 'Equipo de Luis'])
    expect((await (await as('carlos')).get('/mis-tickets')).body).toContain('Todavía no tiene tickets')
  })
})
