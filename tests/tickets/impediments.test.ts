import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { reportImpediment } from '../../src/tickets/actions/impede.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const { as, cast, clock, db, viewer } = await useApplication()
const context = { db, clock }
const [ana, clara, luis] = [await viewer('ana'), await viewer('clara'), await viewer('luis')]
const luisOwns = { assigneeId: cast.ids.luis, assigneeGroupId: null }

async function assigned(
  subject = 'Asunto',
  owner: { assigneeId: number | null; assigneeGroupId: number | null } = luisOwns,
) {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  const number = await createTicket(context, clara, { ...area, subject, description: 'Texto' })
  await assignTicket(context, ana, number, { version: 1, owner, note: '' })
  return number
}

async function impeded(subject = 'Asunto', owner = luisOwns) {
  const number = await assigned(subject, owner)
  await reportImpediment(context, ana, number, { reason: 'PROVEEDOR', text: 'El proveedor no contesta' })
  return number
}

const ticket = (number: number) => db.prisma.ticket.findUniqueOrThrow({ where: { number } })
const impedimentsOf = (ticketNumber: number) =>
  db.prisma.impediment.findMany({ where: { ticketNumber }, orderBy: { id: 'asc' } })
const lastEntry = (ticketNumber: number) =>
  db.prisma.logEntry.findFirstOrThrow({ where: { ticketNumber }, orderBy: { seq: 'desc' } })
const body = async (person: Person, path: string) => (await (await as(person)).get(path)).body
const form = { motivo: 'espera_refaccion', texto: 'Falta la fuente' }
const refused = (sql: string) =>
  db.pool.query(sql).then(
    () => 'accepted',
    error => error.code as string,
  )

describe('an impediment', () => {
  it('is kept as an interval with an entry at both ends, and changes neither state nor version', async () => {
    const number = await assigned()
    clock.advance({ minutes: 5 })
    const client = await as('luis')
    expect((await client.post(`/tickets/${number}/incidencia`, form)).status).toBe(303)
    const from = clock.now()
    const before = { status: 'ASIGNADO', version: 2 }
    expect(await ticket(number)).toMatchObject({ ...before, impededAt: from, lastActivityAt: from })
    expect(await lastEntry(number)).toMatchObject({
      kind: 'INCIDENCIA',
      visibility: 'PUBLICA',
      text: 'Falta la fuente',
      changes: { impediment: [null, 'ESPERA_REFACCION'] },
    })
    clock.advance({ minutes: 30 })
    const [open] = await impedimentsOf(number)
    const end = { incidencia: open?.id ?? 0, texto: 'Llegó' }
    expect((await client.post(`/tickets/${number}/incidencia/cierre`, end)).status).toBe(303)
    expect(await impedimentsOf(number)).toMatchObject([
      { openedAt: from, openedBy: luis.id, closedAt: clock.now(), closedBy: luis.id, closingText: 'Llegó' },
    ])
    expect(await lastEntry(number)).toMatchObject({
      kind: 'INCIDENCIA_CERRADA',
      text: 'Llegó',
      changes: { impediment: ['ESPERA_REFACCION', null] },
    })
    expect(await ticket(number)).toMatchObject({ ...before, impededAt: null, lastActivityAt: clock.now() })
  })

  it('is shown on the detail of staff and requester, and marked in lists', async () => {
    const number = await impeded('Marcado')
    for (const [person, path] of [
      ['luis', `/tickets/${number}`],
      ['clara', `/mis-tickets/${number}`],
    ] as const) {
      const page = await body(person, path)
      expect(page).toMatch(/<h2 id="incidencia">Con incidencia: Proveedor<\/h2>\s*<p[^>]*>El proveedor no contesta/)
      expect(page).toContain('reportó una incidencia: proveedor')
    }
    expect(await body('clara', '/mis-tickets')).toMatch(/Marcado<\/a><div class="ticket-meta"><span class="impeded">/)
  })

  it('is one at a time, however many report at once', async () => {
    const number = await assigned()
    const clients = [await as('luis'), await as('sara'), await as('ana')]
    const answers = await Promise.all(clients.map(client => client.post(`/tickets/${number}/incidencia`, form)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    const late = answers.find(({ status }) => status === 409)?.body
    expect(late).toMatch(/<li>(Luis Ibáñez|Sara Peña|Ana Ruiz) reportó una incidencia: /)
    expect(late).toMatch(/<dd>[^<]*Falta la fuente/)
    expect(await impedimentsOf(number)).toHaveLength(1)
  })

  it.each([
    ['finished', 'finalizar', 'FINALIZACION'],
    ['cancelled', 'cancelar', 'CANCELACION'],
  ] as const)('ends with its ticket when that is %s', async (_what, action, kind) => {
    const number = await impeded()
    clock.advance({ minutes: 5 })
    await closeTicket(context, ana, number, { action, version: 2, text: 'Fin' })
    expect(await impedimentsOf(number)).toMatchObject([{ closedAt: clock.now(), closedBy: ana.id, closingText: '' }])
    const entries = await db.prisma.logEntry.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } })
    expect(entries.slice(-2).map(entry => entry.kind)).toEqual(['INCIDENCIA_CERRADA', kind])
  })

  it('stays when the ticket goes to somebody else', async () => {
    const number = await impeded()
    const owner = { assigneeId: cast.ids.pedro, assigneeGroupId: null }
    await assignTicket(context, ana, number, { version: 2, owner, note: '' })
    expect((await ticket(number)).impededAt).not.toBeNull()
  })

  it('stays when the ticket goes to another area, where it is assigned anew', async () => {
    const number = await impeded()
    const moved = {
      area: cast.areas.mantenimiento,
      categoria: cast.categories.techo,
      prioridad: 'ALTA',
      asunto: 'Otro',
    }
    const form = { ...moved, version: 2, responsable: `persona:${cast.ids.mario}` }
    expect((await (await as('ana')).post(`/tickets/${number}/clasificacion`, form)).status).toBe(303)
    expect(await ticket(number)).toMatchObject({ status: 'ASIGNADO', assigneeId: cast.ids.mario })
    expect((await ticket(number)).impededAt).not.toBeNull()
    const mario = await as('mario')
    expect((await mario.get('/con-incidencias')).body).toContain(`href="/tickets/${number}"`)
    const [open] = await impedimentsOf(number)
    const end = { incidencia: open?.id ?? 0, texto: 'Llegó' }
    expect((await mario.post(`/tickets/${number}/incidencia/cierre`, end)).status).toBe(303)
    await closeTicket(context, ana, number, { action: 'finalizar', version: 3, text: 'Fin' })
  })

  it('leaves a chain of its bitácora that verifies, and one that shows its change', async () => {
    const number = await impeded()
    expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 0 })
    await db.pool.query('ALTER TABLE log_entries DISABLE TRIGGER log_entries_append_only')
    const change = (from: string, to: string) =>
      db.pool.query(`UPDATE log_entries SET kind = '${to}' WHERE kind = '${from}' AND ticket_number = ${number}`)
    await change('INCIDENCIA', 'INCIDENCIA_CERRADA')
    expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 1 })
    await change('INCIDENCIA_CERRADA', 'INCIDENCIA')
    await db.pool.query('ALTER TABLE log_entries ENABLE TRIGGER log_entries_append_only')
    expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 0 })
  })

  it('that somebody did not read about is not ended by him', async () => {
    const number = await impeded()
    const [first] = await impedimentsOf(number)
    const end = { incidencia: first?.id ?? 0, texto: 'Para la primera' }
    const client = await as('luis')
    expect((await client.post(`/tickets/${number}/incidencia/cierre`, end)).status).toBe(303)
    await reportImpediment(context, ana, number, { reason: 'OTRA', text: 'Otra cosa' })
    const stale = await client.post(`/tickets/${number}/incidencia/cierre`, end)
    expect(stale.status).toBe(409)
    // The form again, with what is open now and what was typed.
    expect(stale.body).toContain('Para la primera</textarea>')
    expect(stale.body).toContain('Con incidencia: Otra')
    expect(stale.body).toContain('Cerrar incidencia de todos modos')
    expect((await ticket(number)).impededAt).not.toBeNull()
  })

  it('that somebody else has ended meanwhile is told to be so, with what was typed', async () => {
    const number = await impeded()
    const [open] = await impedimentsOf(number)
    const end = (texto: string) => ({ incidencia: open?.id ?? 0, texto })
    const path = `/tickets/${number}/incidencia/cierre`
    expect((await (await as('luis')).post(path, end('Llegó la pieza'))).status).toBe(303)
    const late = await (await as('sara')).post(path, end('Ya funciona'))
    expect(late.status).toBe(409)
    expect(late.body).toContain('<li>Luis Ibáñez cerró la incidencia: Llegó la pieza</li>')
    expect(late.body).toContain('<dd>Ya funciona</dd>')
    expect(late.body).toContain(`href="/tickets/${number}"`)
    // Nobody was faster than whoever may not do it at all.
    expect((await (await as('clara')).post(path, end('No'))).status).toBe(403)
  })

  it('of another ticket is not ended through this one', async () => {
    const [number, other] = [await impeded(), await impeded()]
    const [open] = await impedimentsOf(other)
    const end = { incidencia: open?.id ?? 0, texto: 'Por el otro' }
    expect((await (await as('luis')).post(`/tickets/${number}/incidencia/cierre`, end)).status).toBe(409)
    expect((await ticket(number)).impededAt).not.toBeNull()
    expect((await ticket(other)).impededAt).not.toBeNull()
  })

  it('whose form had been sent with another content is shown again as it was typed', async () => {
    const number = await assigned()
    const luis = await as('luis')
    const envio = randomUUID()
    expect((await luis.post(`/tickets/${number}/incidencia`, { ...form, envio })).status).toBe(303)
    const [open] = await impedimentsOf(number)
    await luis.post(`/tickets/${number}/incidencia/cierre`, { incidencia: open?.id ?? 0, texto: 'Llegó' })
    const answer = await luis.post(`/tickets/${number}/incidencia`, { ...form, texto: 'Falta otra cosa', envio })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Falta otra cosa</textarea>')
    expect(answer.body).toContain('<option value="espera_refaccion" selected>')
    expect(await impedimentsOf(number)).toHaveLength(1)
  })

  it.each([
    ['a reason', { ...form, motivo: 'rara' }, 'Elija el motivo.'],
    ['a text', { ...form, texto: ' ' }, 'Escriba qué impide avanzar.'],
  ])('needs %s', async (_what, wrong, message) => {
    const number = await assigned()
    const answer = await (await as('luis')).post(`/tickets/${number}/incidencia`, wrong)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(await impedimentsOf(number)).toEqual([])
  })
})

describe('the database', () => {
  const insert = (number: number) =>
    refused(`INSERT INTO impediments (ticket_number, reason, text, opened_at, opened_by)
      VALUES (${number}, 'OTRA', 'Texto', now(), ${luis.id})`)

  it('takes an impediment of an attended ticket only, and one at a time', async () => {
    const number = await assigned()
    expect(await insert(number)).toBe('accepted')
    expect(await insert(number)).toBe('23505')
    await db.pool.query(
      `UPDATE impediments SET closed_at = now(), closed_by = ${luis.id} WHERE ticket_number = ${number}`,
    )
    await closeTicket(context, ana, number, { action: 'finalizar', version: 2, text: 'Fin' })
    expect(await insert(number)).toBe('TS001')
  })

  it('refuses the end of a ticket whose impediment is open', async () => {
    const number = await impeded()
    const end = `UPDATE tickets SET status = 'FINALIZADO', version = version + 1, closed_at = now()`
    expect(await refused(`${end} WHERE number = ${number}`)).toBe('23514')
  })

  it.each([
    ['without whoever ended it', 'closed_at = now()', '23514'],
    ['before it began', `closed_at = opened_at - interval '1 second', closed_by = opened_by`, '23514'],
    ['with another text', `closed_at = now() + interval '1 year', closed_by = opened_by, text = 'Otro'`, 'TS003'],
    [
      'with a text beyond its limit',
      `closed_at = now() + interval '1 year', closed_by = opened_by, closing_text = repeat('x', 20001)`,
      '23514',
    ],
    ['only by a text', `closing_text = 'Listo'`, 'TS003'],
  ])('does not let one end %s', async (_how, change, code) => {
    const number = await impeded()
    expect(await refused(`UPDATE impediments SET ${change} WHERE ticket_number = ${number}`)).toBe(code)
  })

  it.each([
    ['an empty text', `' '`, `''`],
    ['a text beyond its limit', `repeat('x', 20001)`, `''`],
    ['how it ended before it has', `'Texto'`, `'Listo'`],
  ])('does not take %s', async (_what, text, end) => {
    const values = `${await assigned()}, 'OTRA', ${text}, now(), ${luis.id}, ${end}`
    const columns = 'ticket_number, reason, text, opened_at, opened_by, closing_text'
    expect(await refused(`INSERT INTO impediments (${columns}) VALUES (${values})`)).toBe('23514')
  })

  it('does not take a ticket that begins with a mark', async () => {
    const copied = 'area_id, category_id, priority, subject, description, requester_id, creator_id, created_at'
    const sql = `INSERT INTO tickets (${copied}, last_activity_at, impeded_at)
      SELECT ${copied}, last_activity_at, now() FROM tickets WHERE number = ${await assigned()}`
    expect(await refused(sql)).toBe('TS001')
  })

  it('keeps impediments as they were, and the mark of a ticket as they say', async () => {
    const number = await impeded()
    const where = `WHERE ticket_number = ${number}`
    expect(await refused(`UPDATE impediments SET text = 'Otro' ${where}`)).toBe('TS003')
    expect(await refused(`DELETE FROM impediments ${where}`)).toBe('TS003')
    expect(await refused('TRUNCATE impediments')).toBe('TS003')
    expect(await refused(`UPDATE tickets SET impeded_at = NULL WHERE number = ${number}`)).toBe('TS001')
    await db.pool.query(`UPDATE impediments SET closed_at = now() + interval '1 year', closed_by = ${luis.id} ${where}`)
    expect(await refused(`UPDATE impediments SET closing_text = 'Otro' ${where}`)).toBe('TS003')
  })
})

describe('Con incidencias', () => {
  it('shows an agent his own and his groups’, a supervisor his areas’, an administrator all', async () => {
    await impeded('Detenido de Luis')
    await impeded('Detenido de Redes', { assigneeId: null as never, assigneeGroupId: cast.groups.redes as never })
    await assigned('Sin nada')
    const shown = async (person: Person) =>
      ['Detenido de Luis', 'Detenido de Redes', 'Sin nada'].filter(subject =>
        lists.get(person)?.includes(`${subject}</a>`),
      )
    const lists = new Map<Person, string>()
    for (const person of ['luis', 'pedro', 'mario', 'sara', 'marta', 'ana'] as const) {
      lists.set(person, await body(person, '/con-incidencias'))
    }
    expect(await shown('luis')).toEqual(['Detenido de Luis', 'Detenido de Redes'])
    expect(await shown('pedro')).toEqual(['Detenido de Redes'])
    expect(await shown('sara')).toEqual(['Detenido de Luis', 'Detenido de Redes'])
    expect(await shown('ana')).toEqual(['Detenido de Luis', 'Detenido de Redes'])
    expect([await shown('mario'), await shown('marta')]).toEqual([[], []])
    expect(lists.get('mario')).toContain('Nada está detenido')
    expect(lists.get('mario')).not.toContain('sidebar-count')
    for (const [person, list] of lists) {
      const rows = list.match(/class="ticket-link"/g)?.length
      const counted = /Con incidencias<\/span>\s*<span class="sidebar-count">(\d+)</.exec(list)?.[1]
      expect(counted, person).toBe(rows && String(rows))
    }
    // The form of a dialog, or an image, has no sidebar to count for.
    for (const [destination, counts] of [['document', true] as const, ['empty', false] as const]) {
      const page = await (await as('luis')).get('/con-incidencias', { 'sec-fetch-dest': destination })
      expect(page.body.includes('sidebar-count'), destination).toBe(counts)
    }
  })
})
