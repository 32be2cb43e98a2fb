import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { signIn, useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import { auditOf, editThrough, formOf, personPath } from './pages.ts'

const application = await useApplication()
const { anonymous, as, cast, clock, db, viewer } = application
const { ids, areas, categories, groups } = cast

const context = { db, clock }
const [ana, clara] = [await viewer('ana'), await viewer('clara')]

/** A ticket of Clara that somebody is responsible for. */
async function openTicket(owner: Person, area: 'sistemas' | 'mantenimiento' = 'sistemas'): Promise<number> {
  const categoryId = area === 'sistemas' ? categories.red : categories.techo
  const input = { areaId: areas[area], categoryId, subject: `De ${owner}`, description: 'x' }
  const number = await createTicket(context, clara, input)
  await assignTicket(context, ana, number, {
    version: 1,
    owner: { assigneeId: ids[owner], assigneeGroupId: null },
    note: '',
  })
  return number
}

const ticket = (number: number) =>
  db.prisma.ticket.findUniqueOrThrow({
    where: { number },
    select: { status: true, assigneeId: true, assigneeGroupId: true, version: true },
  })
const lastEntry = (ticketNumber: number) =>
  db.prisma.logEntry.findFirstOrThrow({ where: { ticketNumber }, orderBy: { id: 'desc' } })

const sistemas = `destino-${areas.sistemas}`
const deactivation = (person: Person) => `${personPath(application, person)}/desactivacion`
const isActive = async (person: Person) =>
  (await db.prisma.user.findUniqueOrThrow({ where: { id: ids[person] } })).active

/** An agent of Sistemas, made for one test. */
let made = 0
async function newAgent(areaIds = [areas.sistemas]) {
  made++
  const { id } = await db.prisma.user.create({
    data: {
      name: `Agente ${made}`,
      email: `agente.${made}@ejemplo.test`,
      role: 'AGENTE',
      areas: { create: areaIds.map(areaId => ({ areaId })) },
    },
  })
  ids[`agente${made}` as Person] = id
  return `agente${made}` as Person
}

/** Opens the page that deactivates somebody and sends its form with these choices. */
async function deactivate(person: Person, choices: Record<string, string>, by: Person = 'ana') {
  const client = await as(by)
  const path = deactivation(person)
  return client.post(path, { ...formOf(await client.get(path), path), ...choices })
}

describe('somebody who is deactivated', () => {
  it('hands all open tickets of an area over to one person, each with its entry', async () => {
    const agent = await newAgent()
    const numbers = [await openTicket(agent), await openTicket(agent)]
    const [first = 0, second = 0] = numbers
    await startTicket(context, { ...ana, id: ids[agent], role: 'AGENTE' }, second, 2)
    const page = await (await as('ana')).get(deactivation(agent))
    expect(page.body).toContain('2 tickets abiertos')
    expect(page.body).toContain(`#${first} De ${agent}`)
    const answer = await deactivate(agent, { [sistemas]: `persona:${ids.luis}` })
    expect(answer).toMatchObject({ status: 303, location: personPath(application, agent) })
    expect((await (await as('ana')).get(answer.location)).body).toContain('2 tickets cambiaron de responsable')
    expect(await isActive(agent)).toBe(false)
    for (const [number, version] of [
      [first, 3],
      [second, 4],
    ] as const) {
      expect(await ticket(number)).toEqual({ status: 'ASIGNADO', assigneeId: ids.luis, assigneeGroupId: null, version })
      expect(await lastEntry(number)).toMatchObject({
        kind: 'ASIGNACION',
        authorId: ids.ana,
        text: `Agente ${made} ya no atiende los tickets de esta área.`,
        ticketVersion: version,
        visibility: 'PUBLICA',
      })
    }
    expect((await lastEntry(second)).changes).toEqual({
      status: ['EN_PROCESO', 'ASIGNADO'],
      assigneeId: [ids[agent], ids.luis],
    })
    expect((await auditOf(application))[0]).toMatchObject({
      kind: 'usuario.desactivado',
      changes: { active: [true, false], handedOver: [null, 2] },
    })
  })

  it('hands some over one by one, and the others to a group', async () => {
    const agent = await newAgent()
    const [one, other] = [await openTicket(agent), await openTicket(agent)]
    await deactivate(agent, { [sistemas]: `grupo:${groups.redes}`, [`ticket-${one}`]: `persona:${ids.sara}` })
    expect(await ticket(one)).toMatchObject({ assigneeId: ids.sara, assigneeGroupId: null })
    expect(await ticket(other)).toMatchObject({ assigneeId: null, assigneeGroupId: groups.redes })
  })

  it('stays as long as it is not said where the tickets go; nothing is half done', async () => {
    const agent = await newAgent([areas.sistemas, areas.mantenimiento])
    const [here, there] = [await openTicket(agent), await openTicket(agent, 'mantenimiento')]
    const refused = await deactivate(agent, { [sistemas]: `persona:${ids.luis}` })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain(`href="#campo-destino-${areas.mantenimiento}"`)
    expect(refused.body).toMatch(new RegExp(`<option value="persona:${ids.luis}" selected`))
    expect(await isActive(agent)).toBe(true)
    expect((await ticket(here)).assigneeId).toBe(ids[agent])
    expect((await ticket(there)).assigneeId).toBe(ids[agent])
    const path = deactivation(agent)
    const completed = { ...formOf(refused, path), [`destino-${areas.mantenimiento}`]: `grupo:${groups.obras}` }
    expect((await (await as('ana')).post(path, completed)).status).toBe(303)
    expect((await ticket(there)).assigneeGroupId).toBe(groups.obras)
  })

  it.each([
    ['himself', (agent: Person) => `persona:${ids[agent]}`],
    ['somebody of another area', () => `persona:${ids.mario}`],
    ['a group of another area', () => `grupo:${groups.obras}`],
    ['somebody inactive', () => `persona:${ids.dario}`],
    ['a client', () => `persona:${ids.clara}`],
    ['nobody', () => 'nadie'],
    ['nonsense', () => 'x'],
  ])('cannot hand over to %s', async (_who, chosen) => {
    const agent = await newAgent()
    const number = await openTicket(agent)
    const refused = await deactivate(agent, { [sistemas]: chosen(agent) })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain(`href="#campo-${sistemas}"`)
    expect((await ticket(number)).assigneeId).toBe(ids[agent])
    expect(await isActive(agent)).toBe(true)
    await deactivate(agent, { [sistemas]: `persona:${ids.luis}` })
  })

  it('whose ticket went elsewhere meanwhile is told, with the choices kept', async () => {
    const agent = await newAgent()
    const [one, other] = [await openTicket(agent), await openTicket(agent)]
    const client = await as('ana')
    const path = deactivation(agent)
    const form = formOf(await client.get(path), path)
    const owner = { assigneeId: ids.pedro, assigneeGroupId: null }
    await assignTicket(context, ana, one, { version: 2, owner, note: '' })
    const choices = { [sistemas]: `grupo:${groups.redes}`, [`ticket-${one}`]: `persona:${ids.sara}` }
    const conflict = await client.post(path, { ...form, ...choices })
    expect(conflict.status).toBe(409)
    expect(conflict.body).toContain(`El ticket #${one} ya no está a cargo de`)
    expect((await client.post(path, formOf(conflict, path))).status).toBe(303)
    expect((await ticket(one)).assigneeId).toBe(ids.pedro)
    expect((await ticket(other)).assigneeGroupId).toBe(groups.redes)
  })

  it('is signed out at once, and a ticket can never be left with him', async () => {
    const pedro = await signIn(anonymous(), 'pedro')
    await deactivate('pedro', {
      ...Object.fromEntries(
        (await db.prisma.ticket.findMany({ where: { assigneeId: ids.pedro } })).map(({ number }) => [
          `ticket-${number}`,
          `persona:${ids.luis}`,
        ]),
      ),
    })
    expect(await isActive('pedro')).toBe(false)
    expect((await pedro.get('/asignados')).status).toBe(303)
    await expect(openTicket('pedro')).rejects.toThrow()
  })

  it('and was the last of a group is warned about', async () => {
    const page = await (await as('ana')).get(deactivation('mario'))
    expect(page.body).toContain('El grupo «Obras» se quedará sin integrantes activos')
    const answer = await deactivate('mario', {})
    expect((await (await as('ana')).get(answer.location)).body).toContain('El grupo «Obras» se quedó sin integrantes')
    await (await as('ana')).post(`${personPath(application, 'mario')}/reactivacion`)
  })

  it('keeps the tickets that whoever administers may not reassign', async () => {
    const agent = await newAgent()
    const number = await openTicket(agent)
    const key = { userId: ids.marta, permission: 'usuarios.administrar' }
    await db.prisma.userPermission.create({ data: { ...key, effect: 'CONCEDER' } })
    const refused = await deactivate(agent, { [sistemas]: `persona:${ids.luis}` }, 'marta')
    expect(refused.status).toBe(403)
    expect(refused.body).toContain(`todavía atiende el #${number}`)
    expect(await isActive(agent)).toBe(true)
    await db.prisma.userPermission.delete({ where: { userId_permission: key } })
  })
})

describe('somebody who leaves an area or stops attending tickets', () => {
  it.each([
    ['leaves an area', { areas: [String(areas.mantenimiento)] }, [areas.mantenimiento]],
    ['becomes an employee who attends nothing', { rol: 'EMPLEADO' }, []],
  ])('who %s hands its tickets over in the same form', async (_what, change, left) => {
    const agent = await newAgent([areas.sistemas, areas.mantenimiento])
    await db.prisma.groupMember.create({
      data: { groupId: groups.redes, areaId: areas.sistemas, userId: ids[agent] },
    })
    const number = await openTicket(agent)
    const path = personPath(application, agent)
    const client = await as('ana')
    const asked = await editThrough(client, path, change)
    expect(asked.status).toBe(422)
    expect(asked.body).toContain('¿Quién atenderá sus tickets abiertos?')
    const done = await client.post(path, { ...formOf(asked, path), [sistemas]: `persona:${ids.luis}` })
    expect(done.status).toBe(303)
    expect((await ticket(number)).assigneeId).toBe(ids.luis)
    const member = await db.prisma.areaMember.findMany({ where: { userId: ids[agent] }, include: { groups: true } })
    expect(member.map(({ areaId }) => areaId)).toEqual(left)
    expect(member.flatMap(each => each.groups)).toEqual([])
  })

  it('keeps the tickets of the areas that he stays in', async () => {
    const agent = await newAgent([areas.sistemas, areas.mantenimiento])
    const number = await openTicket(agent)
    const change = { areas: [String(areas.sistemas)] }
    expect((await editThrough(await as('ana'), personPath(application, agent), change)).status).toBe(303)
    expect((await ticket(number)).assigneeId).toBe(ids[agent])
  })
})

it('takes no more statements for a hundred tickets than for two', async () => {
  let sent = 0
  const watched = new WeakSet<object>()
  db.pool.on('acquire', client => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client) as (...words: unknown[]) => unknown
    const counted = (...words: unknown[]) => {
      sent++
      return query(...words)
    }
    Object.assign(client, { query: counted })
  })
  const statements = async (count: number) => {
    const agent = await newAgent()
    await db.pool.query(
      `WITH made AS (INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id,
        creator_id, assignee_id, created_at, last_activity_at, origin_system, origin_reference)
        SELECT $1, $2, 'MEDIA', 'ASIGNADO', 'Uno de muchos', 'x', $3, $3, $4::int, now(), now(), 'prueba', $4::int || '-' || n
        FROM generate_series(1, $5) n RETURNING number)
       INSERT INTO log_entries (ticket_number, kind, created_at) SELECT number, 'IMPORTACION', now() FROM made`,
      [areas.sistemas, categories.red, ids.clara, ids[agent], count],
    )
    const client = await as('ana')
    const form = {
      ...formOf(await client.get(deactivation(agent)), deactivation(agent)),
      [sistemas]: `persona:${ids.luis}`,
    }
    sent = 0
    expect((await client.post(deactivation(agent), form)).status).toBe(303)
    const taken = sent
    expect(await db.prisma.ticket.count({ where: { assigneeId: ids[agent] } })).toBe(0)
    return taken
  }
  const few = await statements(2)
  expect(few).toBeGreaterThan(5)
  expect(await statements(100)).toBeLessThanOrEqual(few)
})
