import { describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import { withDatabaseBefore } from '../support/upgrade.ts'

// Atendidos and the board.

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

  it('is where the page of such a ticket leads back to, unless it waits for him or he supervises it', async () => {
    const number = await register('De vuelta')
    await give(number, 1, person(luis.id))
    const above = async (who: Person) =>
      /class="page-above" href="([^"]*)"/.exec(await body(who, `/tickets/${number}`))?.[1]
    await startTicket(context, luis, number, 2)
    expect([await above('luis'), await above('sara')]).toEqual(['/asignados', '/tickets'])
    await closeTicket(context, luis, number, { action: 'finalizar', version: 3, text: 'Listo' })
    expect(await above('luis')).toBe('/atendidos')
  })

  it('ends for him who is denied his tickets', async () => {
    const number = await register('Ya no')
    await give(number, 1, person(luis.id))
    await startTicket(context, luis, number, 2)
    await give(number, 3, person(pedro.id))
    const denial = { userId: luis.id, permission: 'tickets.ver_asignados' }
    await db.prisma.userPermission.create({ data: { ...denial, effect: 'DENEGAR' } })
    const client = await as('luis')
    const statuses = [(await client.get(`/tickets/${number}`)).status, (await client.get('/atendidos')).status]
    await db.prisma.userPermission.delete({ where: { userId_permission: denial } })
    expect(statuses).toEqual([404, 403])
  })

  it('knows what somebody had worked on before there was such a list', async () => {
    await withDatabaseBefore('20261122190000', async (pool, upgrade) => {
      await pool.query(`INSERT INTO users (name, email, role, kind) VALUES ('Ana', 'ana@x.test', 'USUARIO', 'CLIENTE'),
          ('Luis', 'luis@x.test', 'AGENTE', NULL), ('Sara', 'sara@x.test', 'SUPERVISOR', NULL);
        INSERT INTO areas (name) VALUES ('Sistemas');
        INSERT INTO categories (area_id, kind, name) VALUES (1, 'PROBLEMA', 'Red');
        INSERT INTO tickets (area_id, category_id, priority, subject, description, requester_id, creator_id, created_at,
          last_activity_at) SELECT 1, 1, 'MEDIA', 'Asunto', 'Texto', 1, 3, now(), now() FROM generate_series(1, 2);
        INSERT INTO log_entries (ticket_number, kind, author_id, text, created_at) VALUES
          (1, 'CREACION', 3, '', '2026-03-01'), (1, 'ASIGNACION', 3, '', '2026-03-02'),
          (1, 'INICIO', 2, '', '2026-03-03'), (1, 'COMENTARIO', 1, 'Gracias', '2026-03-04'),
          (1, 'COMENTARIO', 2, 'Listo', '2026-03-05'), (2, 'IMPORTACION', NULL, '', '2026-03-01'),
          (2, 'RECLASIFICACION', 3, '', '2026-03-02'), (2, 'COMENTARIO', 3, 'Visto', '2026-03-03')`)
      await upgrade()
      const { rows } = await pool.query(
        'SELECT ticket_number, user_id, last_at::date::text FROM ticket_attendants ORDER BY 1, 2',
      )
      expect(rows).toEqual([
        { ticket_number: 1, user_id: 2, last_at: '2026-03-05' },
        { ticket_number: 2, user_id: 3, last_at: '2026-03-03' },
      ])
      expect(await verifyLog({ pool })).toMatchObject({ entries: 8, faulty: 0 })
    })
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
  it('leads from what has been open for more than 14 days to its list', async () => {
    const number = await register('Viejo')
    const counted = async () => /<strong>(\d+)<\/strong>\s*<span>Abiertos hace más/.exec(await body('sara', '/'))?.[1]
    // The fifteenth day before today, in Mexico, is not yet "more than 14 days" old.
    clock.advance({ days: 14 })
    expect(await counted()).toBe('0')
    clock.advance({ days: 1 })
    expect(Number(await counted())).toBeGreaterThan(0)
    const page = await body('sara', '/')
    const href = /href="([^"]*hasta=[^"]*)">/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(subjects(await body('sara', href))).toContain('Viejo')
    await closeTicket(context, sara, number, { action: 'cancelar', version: 1, text: 'Ya no' })
    expect(subjects(await body('sara', href))).not.toContain('Viejo')
  })

  it('has only what the person may open', async () => {
    const denial = { userId: sara.id, permission: 'tickets.ver_asignados' }
    const cards = async () =>
      [...(await body('sara', '/')).matchAll(/board-card[\s\S]*?<\/strong>\s*<span>([^<]+)/g)].map(match => match[1])
    const before = await cards()
    await db.prisma.userPermission.create({ data: { ...denial, effect: 'DENEGAR' } })
    const without = await cards()
    await db.prisma.userPermission.delete({ where: { userId_permission: denial } })
    const attending = ['Con incidencia', 'Asignados a usted o a sus grupos']
    expect(before).toHaveLength(5)
    expect(without).toEqual(before.filter(label => !attending.includes(label ?? '')))
  })

  it('is for those who supervise: others begin at their own list', async () => {
    for (const [who, location] of [
      ['luis', '/asignados'],
      ['clara', '/mis-tickets'],
    ] as const) {
      expect(await (await as(who)).get('/')).toMatchObject({ status: 303, location })
    }
  })
})
