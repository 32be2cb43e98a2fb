import { describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// Atendidos, the board, and groups as owners.

const { as, cast, clock, db, viewer } = await useApplication()
const context = { db, clock }
const [sara, clara, luis, pedro] = [
  await viewer('sara'),
  await viewer('clara'),
  await viewer('luis'),
  await viewer('pedro'),
]

async function register(subject: string) {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  return createTicket(context, clara, { ...area, subject, description: 'Texto' })
}
const person = (assigneeId: number) => ({ assigneeId, assigneeGroupId: null })
const group = (assigneeGroupId: number) => ({ assigneeId: null, assigneeGroupId })
const give = (number: number, version: number, owner: ReturnType<typeof person> | ReturnType<typeof group>) =>
  assignTicket(context, sara, number, { version, owner, note: '' })
const body = async (who: Person, path: string) => (await (await as(who)).get(path)).body
const subjects = (html: string) => [...html.matchAll(/class="ticket-link"[^>]*>([^<]*)</g)].map(match => match[1])

describe('Atendidos', () => {
  it('keeps what somebody worked on, to read with its notes but no longer to change', async () => {
    const number = await register('Pasó de mano')
    await give(number, 1, person(luis.id))
    await startTicket(context, luis, number, 2)
    await give(number, 3, person(pedro.id))
    await addEntry(context, sara, number, { text: 'Nota para quienes atienden', visibility: 'INTERNA' })
    expect(subjects(await body('luis', '/asignados'))).toEqual([])
    expect(subjects(await body('luis', '/atendidos'))).toEqual(['Pasó de mano'])
    const page = await body('luis', `/tickets/${number}`)
    expect(page).toContain('Nota para quienes atienden')
    expect(page).not.toContain('class="card-footer composer"')
    const client = await as('luis')
    const attempts = [
      await client.post(`/tickets/${number}/bitacora`, { texto: 'Algo' }),
      await client.post(`/tickets/${number}/finalizacion`, { version: 4, resolucion: 'Algo' }),
      await client.post(`/tickets/${number}/incidencia`, { motivo: 'otra', texto: 'Algo' }),
    ]
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  it('does not begin by giving or being given a ticket, nor by registering one, nor for a requester who writes', async () => {
    const number = await register('Solo asignado')
    await give(number, 1, person(cast.ids.pedro))
    await addEntry(context, clara, number, { text: '¿Y?', visibility: 'PUBLICA' })
    expect(subjects(await body('pedro', '/atendidos'))).not.toContain('Solo asignado')
    expect(await db.prisma.ticketAttendant.count({ where: { ticketNumber: number } })).toBe(0)
    const own = await createTicket(context, sara, {
      areaId: cast.areas.mantenimiento,
      categoryId: cast.categories.techo,
      subject: 'De Sara',
      description: 'Texto',
    })
    expect(await db.prisma.ticketAttendant.count({ where: { ticketNumber: own } })).toBe(0)
  })

  it('goes by who wrote last, through pages of 25 that meet', async () => {
    const numbers: number[] = []
    for (let turn = 0; turn < 30; turn++) {
      clock.advance({ minutes: 1 })
      const number = await register(`Turno ${turn}`)
      await addEntry(context, await viewer('ana'), number, { text: 'Visto', visibility: 'INTERNA' })
      numbers.push(number)
    }
    clock.advance({ minutes: 1 })
    await addEntry(context, await viewer('ana'), numbers[0] ?? 0, { text: 'Otra vez', visibility: 'INTERNA' })
    const first = await body('ana', '/atendidos')
    const next = /href="([^"]*siguiente=[^"]*)"/.exec(first)?.[1] ?? ''
    const expected = ['Turno 0', ...Array.from({ length: 29 }, (_, index) => `Turno ${29 - index}`)]
    expect([...subjects(first), ...subjects(await body('ana', next))].slice(0, 30)).toEqual(expected)
  })
})

describe('a group that owns a ticket', () => {
  it('goes on seeing it under Asignados once a member has started it', async () => {
    const number = await register('De la casa')
    await give(number, 1, group(cast.groups.redes))
    for (const member of ['luis', 'pedro'] as const) {
      expect(subjects(await body(member, '/asignados'))).toContain('De la casa')
    }
    await startTicket(context, pedro, number, 2)
    expect(await db.prisma.ticket.findUniqueOrThrow({ where: { number } })).toMatchObject({
      status: 'EN_PROCESO',
      assigneeId: pedro.id,
      assigneeGroupId: cast.groups.redes,
    })
    for (const member of ['luis', 'pedro'] as const) {
      expect(subjects(await body(member, '/asignados'))).toContain('De la casa')
    }
  })

  it('can be followed by another group, whose members see it then', async () => {
    const other = await db.prisma.group.create({ data: { name: 'Servidores', areaId: cast.areas.sistemas } })
    const membership = { groupId: other.id, areaId: cast.areas.sistemas, userId: sara.id }
    await db.prisma.groupMember.create({ data: membership })
    const number = await register('De grupo a grupo')
    await give(number, 1, group(cast.groups.redes))
    const answer = await (await as('sara')).post(`/tickets/${number}/asignacion`, {
      version: 2,
      responsable: `grupo:${other.id}`,
    })
    expect(answer.status).toBe(303)
    expect(subjects(await body('sara', '/asignados'))).toContain('De grupo a grupo')
    expect(subjects(await body('luis', '/asignados'))).not.toContain('De grupo a grupo')
  })
})

describe('the board', () => {
  it('counts what waits within the areas of the person, and shows the five oldest', async () => {
    const page = await body('sara', '/')
    const waiting = await db.prisma.ticket.count({ where: { areaId: cast.areas.sistemas, status: 'REGISTRADO' } })
    expect(page).toMatch(new RegExp(`<strong>${waiting}</strong>\\s*<span>Sin asignar`))
    expect(subjects(page)).toEqual(['Turno 0', 'Turno 1', 'Turno 2', 'Turno 3', 'Turno 4'])
    expect(subjects(await body('marta', '/'))).toEqual(['De Sara'])
  })

  it('leads from the urgent ones to the first state that has one', async () => {
    expect(await body('marta', '/')).toMatch(/<strong>0<\/strong>\s*<span>Urgentes abiertos/)
    await db.prisma.category.update({ where: { id: cast.categories.red }, data: { defaultPriority: 'URGENTE' } })
    await give(await register('Urge'), 1, person(luis.id))
    const page = await body('sara', '/')
    expect(page).toMatch(/href="\/tickets\?estado=asignados&amp;prioridad=urgente">[\s\S]{0,900}<strong>1<\/strong>/)
    expect(subjects(await body('sara', '/tickets?estado=asignados&prioridad=urgente'))).toEqual(['Urge'])
  })
})
