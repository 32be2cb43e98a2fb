import { beforeEach, describe, expect, it } from 'vitest'
import { TicketStatus } from '../../src/generated/prisma/enums.ts'
import { transitions } from '../../src/tickets/states.ts'
import { type Cast, createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'
import { untilWaiting } from '../support/waiting.ts'

// What the database itself refuses, by raw SQL past every rule of the application.

const { db } = await useDatabase()
const cast: Cast = await createCast(db)
const run = (sql: string, values: unknown[] = []) => db.pool.query(sql, values)
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    error => error.code as string,
  )

const OWNED = new Set<TicketStatus>(['ASIGNADO', 'EN_PROCESO'])
const CLOSED = new Set<TicketStatus>(['FINALIZADO', 'CANCELADO'])
let references = 0

/** A ticket in any state; only one of another system may enter at a later state than the first. */
async function ticketIn(status: TicketStatus): Promise<number> {
  const { rows } = await run(
    `INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id, creator_id,
       assignee_id, created_at, last_activity_at, closed_at, origin_system, origin_reference)
     VALUES ($1, $2, 'MEDIA', $3, 'Asunto', 'Texto', $4, $4, $5, now(), now(), $6, 'prueba', $7) RETURNING number`,
    [
      cast.areas.sistemas,
      cast.categories.red,
      status,
      cast.ids.clara,
      status === 'REGISTRADO' ? null : cast.ids.luis,
      CLOSED.has(status) ? new Date() : null,
      String(++references),
    ],
  )
  return rows[0].number
}

const moveTo = (number: number, to: TicketStatus) =>
  run('UPDATE tickets SET status = $2, version = version + 1, assignee_id = $3, closed_at = $4 WHERE number = $1', [
    number,
    to,
    to === 'REGISTRADO' ? null : OWNED.has(to) ? cast.ids.pedro : cast.ids.luis,
    CLOSED.has(to) ? new Date() : null,
  ])

describe('a step', () => {
  const states = Object.values(TicketStatus)
  it.each(states.flatMap(from => states.map(to => [from, to] as const)))('from %s to %s', async (from, to) => {
    const number = await ticketIn(from)
    const legal = transitions.some(step => step.from === from && step.to === to)
    // Writing what is there already is no step; the owner changes here, though, wherever there is one.
    const nothing = from === to && (from === 'REGISTRADO' || from === 'FINALIZADO')
    expect(await refused(moveTo(number, to))).toBe(legal || nothing ? 'accepted' : 'TS001')
  })

  it('needs the next version', async () => {
    const number = await ticketIn('ASIGNADO')
    const step = `UPDATE tickets SET status = 'EN_PROCESO'`
    expect(await refused(run(`${step} WHERE number = $1`, [number]))).toBe('TS001')
    expect(await refused(run(`${step}, version = version + 2 WHERE number = $1`, [number]))).toBe('TS001')
    expect(await refused(run(`${step}, version = version + 1 WHERE number = $1`, [number]))).toBe('accepted')
  })

  it('cannot be jumped over by a new ticket of our own', async () => {
    const insert = (status: TicketStatus) =>
      run(
        `INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id, creator_id,
           assignee_id, created_at, last_activity_at)
         VALUES ($1, $2, 'MEDIA', $3, 'Asunto', 'Texto', $4, $4, $5, now(), now())`,
        [
          cast.areas.sistemas,
          cast.categories.red,
          status,
          cast.ids.clara,
          status === 'REGISTRADO' ? null : cast.ids.luis,
        ],
      )
    expect(await refused(insert('REGISTRADO'))).toBe('accepted')
    expect(await refused(insert('ASIGNADO'))).toBe('TS001')
  })

  it.each([
    ['its description', `description = 'Otra'`],
    ['its creator', 'creator_id = requester_id + 1'],
    ['its time of creation', `created_at = created_at - interval '1 day'`],
    ['where it comes from', `origin_reference = 'otra'`],
  ])('cannot change %s', async (_what, assignment) => {
    const number = await ticketIn('REGISTRADO')
    expect(
      await refused(run(`UPDATE tickets SET ${assignment}, version = version + 1 WHERE number = $1`, [number])),
    ).toBe('TS001')
  })

  it('cannot touch a cancelled ticket at all', async () => {
    const number = await ticketIn('CANCELADO')
    expect(await refused(run('UPDATE tickets SET last_activity_at = now() WHERE number = $1', [number]))).toBe('TS001')
  })
})

describe('an owner', () => {
  const assign = (number: number, person: number | null | undefined, group: number | null | undefined) =>
    run(
      `UPDATE tickets SET status = 'ASIGNADO', version = version + 1, assignee_id = $2, assignee_group_id = $3
       WHERE number = $1`,
      [number, person, group],
    )

  it.each([
    ['an active employee of the area', () => [cast.ids.luis, null], 'accepted'],
    ['an active group of the area', () => [null, cast.groups.redes], 'accepted'],
    ['somebody inactive', () => [cast.ids.dario, null], 'TS002'],
    ['an employee of another area', () => [cast.ids.mario, null], 'TS002'],
    ['a requester', () => [cast.ids.clara, null], 'TS002'],
    ['a group of another area', () => [null, cast.groups.obras], 'TS002'],
    ['nobody', () => [null, null], '23514'],
  ] as const)('%s', async (_who, owner, answer) => {
    const [person, group] = owner()
    expect(await refused(assign(await ticketIn('REGISTRADO'), person, group))).toBe(answer)
  })

  it('belongs to no registered ticket', async () => {
    const number = await ticketIn('REGISTRADO')
    const sql = 'UPDATE tickets SET assignee_id = $2, version = version + 1 WHERE number = $1'
    expect(await refused(run(sql, [number, cast.ids.luis]))).toBe('TS001')
  })

  it('with open tickets cannot be deactivated, become a Usuario or leave the area', async () => {
    await ticketIn('EN_PROCESO')
    const luis = cast.ids.luis
    expect(await refused(run('UPDATE users SET active = false WHERE id = $1', [luis]))).toBe('TS004')
    expect(await refused(run(`UPDATE users SET role = 'USUARIO', kind = 'EMPLEADO' WHERE id = $1`, [luis]))).toBe(
      'TS004',
    )
    await run('DELETE FROM group_members WHERE user_id = $1', [luis])
    expect(await refused(run('DELETE FROM area_members WHERE user_id = $1', [luis]))).toBe('TS004')
  })

  it('that is a group with open tickets cannot be deactivated', async () => {
    await assign(await ticketIn('REGISTRADO'), null, cast.groups.redes)
    expect(await refused(run('UPDATE groups SET active = false WHERE id = $1', [cast.groups.redes]))).toBe('TS004')
  })

  it('cannot be deactivated at the same moment as he is given a ticket', async () => {
    const { id } = await db.prisma.user.create({ data: { name: 'Rosa', email: 'rosa@ejemplo.test', role: 'AGENTE' } })
    await run('INSERT INTO area_members VALUES ($1, $2)', [cast.areas.sistemas, id])
    const number = await ticketIn('REGISTRADO')
    const client = await db.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `UPDATE tickets SET status = 'ASIGNADO', version = version + 1, assignee_id = $2 WHERE number = $1`,
        [number, id],
      )
      const deactivation = refused(run('UPDATE users SET active = false WHERE id = $1', [id]))
      await untilWaiting(db)
      await client.query('COMMIT')
      expect(await deactivation).toBe('TS004')
    } finally {
      client.release()
    }
  })
})

describe('the bitácora', () => {
  let number: number
  beforeEach(async () => {
    number = await ticketIn('ASIGNADO')
    await write('COMENTARIO')
  })
  const write = (kind: string, text = 'Texto', visibility = 'PUBLICA') =>
    run(
      `INSERT INTO log_entries (ticket_number, kind, visibility, author_id, text, created_at)
       VALUES ($1, $2, $3, $4, $5, now())`,
      [number, kind, visibility, cast.ids.luis, text],
    )

  it.each([
    ['UPDATE', `UPDATE log_entries SET text = 'Otro'`],
    ['an UPDATE of nothing', `UPDATE log_entries SET text = 'Otro' WHERE false`],
    ['DELETE', 'DELETE FROM log_entries'],
    ['TRUNCATE', 'TRUNCATE log_entries CASCADE'],
  ])('refuses %s', async (_what, sql) => {
    expect(await refused(run(sql))).toBe('TS003')
  })

  it('takes nothing more once the ticket is cancelled', async () => {
    await moveTo(number, 'CANCELADO')
    expect(await refused(write('COMENTARIO'))).toBe('TS001')
    expect(await refused(write('CANCELACION'))).toBe('accepted')
    expect(await refused(write('CANCELACION'))).toBe('23505')
  })

  it('takes no empty comment, and no internal step', async () => {
    expect(await refused(write('COMENTARIO', ' '))).toBe('23514')
    expect(await refused(write('INICIO', '', 'INTERNA'))).toBe('23514')
  })
})
