import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { signIn, useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const application = await useApplication()
const { anonymous, as, cast, clock, db, viewer } = application
const context = { db, clock }
const ana = await as('ana')
const SISTEMAS = `/administracion/areas/${cast.areas.sistemas}`
const MANTENIMIENTO = `/administracion/areas/${cast.areas.mantenimiento}`

const isMember = async (person: Person, areaId = cast.areas.sistemas) =>
  (await db.prisma.areaMember.count({ where: { areaId, userId: cast.ids[person] } })) === 1

/** Luis and Pedro are of Sistemas and of Redes again, with nothing to do. */
async function restore() {
  await db.prisma.ticket.findMany({ where: { status: { in: ['ASIGNADO', 'EN_PROCESO'] } } }).then(async open => {
    for (const { number, version } of open) {
      await ana.post(`/tickets/${number}/cancelacion`, { version, motivo: 'Se acabó' })
    }
  })
  for (const person of ['luis', 'pedro'] as const) {
    const member = { areaId: cast.areas.sistemas, userId: cast.ids[person] }
    await db.prisma.areaMember.createMany({ data: [member], skipDuplicates: true })
    await db.prisma.groupMember.createMany({
      data: [{ ...member, groupId: cast.groups.redes }],
      skipDuplicates: true,
    })
  }
}

async function ticketOf(person: Person, started = false): Promise<number> {
  const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'Sin red', description: 'x' }
  const number = await createTicket(context, await viewer('clara'), input)
  const owner = { assigneeId: cast.ids[person], assigneeGroupId: null }
  await assignTicket(context, await viewer('ana'), number, { version: 1, owner, note: '' })
  if (started) await startTicket(context, await viewer(person), number, 2)
  return number
}

const removal = (person: Person) => `${SISTEMAS}/personas/${cast.ids[person]}/retiro`

describe('adding people to an area', () => {
  it('finds active employees who are not of it yet, by name or mail, on a plain page', async () => {
    const search = async (buscar: string) => (await ana.get(`${SISTEMAS}/personas?buscar=${buscar}`)).body
    expect(await search('NUNEZ')).toContain('Marta Núñez')
    expect(await search('mario%40ejemplo')).toContain('Mario Ortega')
    for (const nobody of ['luis', 'clara', 'dario']) {
      expect(await search(nobody)).toContain('Ninguna otra persona activa coincide')
    }
  })

  it('makes them members, says so in the audit and ends their sessions', async () => {
    const marta = await signIn(anonymous(), 'marta')
    const answer = await ana.post(`${SISTEMAS}/personas`, { personas: [cast.ids.marta, cast.ids.mario].map(String) })
    expect(answer).toMatchObject({ status: 303, location: SISTEMAS })
    expect([await isMember('marta'), await isMember('mario')]).toEqual([true, true])
    expect((await marta.get('/tickets')).location).toContain('/ingresar')
    const entry = await db.prisma.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(entry).toMatchObject({
      kind: 'area.modificada',
      subjectId: cast.areas.sistemas,
      changes: { members: [null, ['Mario Ortega', 'Marta Núñez']] },
    })
    for (const person of ['marta', 'mario'] as const) expect((await ana.post(removal(person))).status).toBe(303)
  })

  it.each([
    ['nobody', [], 'Marque al menos una persona.'],
    ['a client', ['clara'], 'ya no está activa'],
    ['somebody deactivated', ['dario'], 'ya no está activa'],
    ['those who are of it already', ['luis'], 'ya pertenecen al área'],
  ] as [string, Person[], string][])('refuses %s', async (_who, people, message) => {
    const answer = await ana.post(`${SISTEMAS}/personas`, { personas: people.map(person => String(cast.ids[person])) })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
  })

  it('gives nobody but an Administrador another area of his own, for with it come its tickets', async () => {
    const grant = { userId: cast.ids.marta, permission: 'areas.administrar' }
    await db.prisma.userPermission.create({ data: { ...grant, effect: 'CONCEDER' } })
    const marta = await signIn(anonymous(), 'marta')
    const page = (await marta.get(`${SISTEMAS}/personas`)).body
    expect(page).toContain('Mario Ortega')
    expect(page).not.toContain(`value="${cast.ids.marta}"`)
    const answer = await marta.post(`${SISTEMAS}/personas`, { personas: [cast.ids.marta, cast.ids.mario].map(String) })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Nadie se agrega a un área')
    expect([await isMember('marta'), await isMember('mario')]).toEqual([false, false])
    expect((await marta.post(`${SISTEMAS}/personas`, { personas: cast.ids.mario })).status).toBe(303)
    await ana.post(removal('mario'))
    await db.prisma.userPermission.delete({ where: { userId_permission: grant } })
  })

  it('of two who add the same person at once lets one know', async () => {
    const form = { personas: cast.ids.mario }
    const answers = await Promise.all([1, 2].map(() => ana.post(`${SISTEMAS}/personas`, form)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
    await ana.post(removal('mario'))
  })
})

describe('taking somebody out of an area', () => {
  it('takes him out of its groups and ends his sessions; his own go on for who does it to himself', async () => {
    const luis = await signIn(anonymous(), 'luis')
    expect((await ana.get(`${SISTEMAS}/personas/${cast.ids.luis}`)).body).toContain('sus grupos (Redes)')
    expect((await ana.post(removal('luis'))).status).toBe(303)
    expect(await isMember('luis')).toBe(false)
    expect(await db.prisma.groupMember.count({ where: { userId: cast.ids.luis } })).toBe(0)
    expect((await luis.get('/asignados')).location).toContain('/ingresar')
    const [area, group] = await db.prisma.auditEntry.findMany({ orderBy: { id: 'desc' }, take: 2 })
    expect(area).toMatchObject({ kind: 'area.modificada', changes: { members: [['Luis Ibáñez'], null] } })
    expect(group).toMatchObject({ kind: 'grupo.modificado', subjectId: cast.groups.redes })
    expect((await ana.post(removal('ana'))).status).toBe(303)
    expect((await ana.get(SISTEMAS)).status).toBe(200)
    await ana.post(`${SISTEMAS}/personas`, { personas: cast.ids.ana })
    await restore()
  })

  it('is refused while he has open tickets and nobody is named, with their number and a list', async () => {
    const number = await ticketOf('luis')
    const page = (await ana.get(`${SISTEMAS}/personas/${cast.ids.luis}`)).body
    expect(page).toContain('<strong>1 ticket abierto</strong>')
    expect(page).toContain(`href="/tickets/${number}"`)
    expect(page).not.toContain(`value="persona:${cast.ids.luis}"`)
    const answer = await ana.post(removal('luis'), { nota: 'Se va de vacaciones' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Todavía tiene 1 ticket abierto en el área')
    expect(answer.body).toContain('Se va de vacaciones</textarea>')
    expect(await isMember('luis')).toBe(true)
    await restore()
  })

  it.each([
    ['a person', () => `persona:${cast.ids.pedro}`, () => ({ assigneeId: cast.ids.pedro, assigneeGroupId: null })],
    ['a group', () => `grupo:${cast.groups.redes}`, () => ({ assigneeId: null, assigneeGroupId: cast.groups.redes })],
  ])('gives all his tickets to %s, each with its entry, in one go', async (_who, responsable, owner) => {
    const tickets = [await ticketOf('luis'), await ticketOf('luis', true), await ticketOf('luis')]
    const answer = await ana.post(removal('luis'), { responsable: responsable(), nota: 'Luis cambia de área' })
    expect(answer).toMatchObject({ status: 303, location: SISTEMAS })
    expect(await isMember('luis')).toBe(false)
    const found = await db.prisma.ticket.findMany({ where: { number: { in: tickets } }, orderBy: { number: 'asc' } })
    expect(found.map(({ version }) => version)).toEqual([3, 4, 3])
    for (const ticket of found) expect(ticket).toMatchObject({ status: 'ASIGNADO', ...owner() })
    for (const number of tickets) {
      const last = await db.prisma.logEntry.findFirst({ where: { ticketNumber: number }, orderBy: { seq: 'desc' } })
      expect(last).toMatchObject({ kind: 'ASIGNACION', authorId: cast.ids.ana, text: 'Luis cambia de área' })
      expect(last?.changes).toMatchObject({ assigneeId: [cast.ids.luis, owner().assigneeId] })
    }
    expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 0 })
    await restore()
  })

  it('changes nothing when whoever should get them cannot', async () => {
    const number = await ticketOf('luis')
    for (const responsable of [`persona:${cast.ids.mario}`, `grupo:${cast.groups.obras}`, `persona:${cast.ids.luis}`]) {
      expect((await ana.post(removal('luis'), { responsable })).status).toBe(422)
    }
    expect(await isMember('luis')).toBe(true)
    expect(await db.prisma.ticket.findUnique({ where: { number } })).toMatchObject({ version: 2 })
    await restore()
  })

  it('needs somebody who may reassign; others are told so, and see no ticket that is not theirs', async () => {
    const grant = { userId: cast.ids.mario, permission: 'areas.administrar' }
    await db.prisma.userPermission.create({ data: { ...grant, effect: 'CONCEDER' } })
    const number = await ticketOf('luis')
    const mario = await signIn(anonymous(), 'mario')
    const page = (await mario.get(`${SISTEMAS}/personas/${cast.ids.luis}`)).body
    expect(page).toContain('<strong>1 ticket abierto</strong>')
    expect(page).not.toContain(`/tickets/${number}`)
    expect(page).toContain('aria-describedby="motivo-retirar"')
    const answer = await mario.post(removal('luis'), { responsable: `persona:${cast.ids.pedro}` })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('no puede reasignar tickets')
    expect(await isMember('luis')).toBe(true)
    await db.prisma.userPermission.delete({ where: { userId_permission: grant } })
    await restore()
  })

  it('and a ticket that he is given at the same instant do not both happen', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'x', description: 'x' }
      const number = await createTicket(context, await viewer('clara'), input)
      const sara = await as('sara')
      const form = { version: 1, responsable: `persona:${cast.ids.luis}` }
      await Promise.all([ana.post(removal('luis')), sara.post(`/tickets/${number}/asignacion`, form)])
      const { assigneeId } = await db.prisma.ticket.findUniqueOrThrow({ where: { number } })
      expect(await isMember('luis')).toBe(assigneeId === cast.ids.luis)
      await restore()
    }
  })

  it('does not exist for somebody who is not of the area', async () => {
    expect((await ana.get(`${MANTENIMIENTO}/personas/${cast.ids.luis}`)).status).toBe(404)
    expect((await ana.post(`${MANTENIMIENTO}/personas/${cast.ids.luis}/retiro`)).status).toBe(404)
  })
})
