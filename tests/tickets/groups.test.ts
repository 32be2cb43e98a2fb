import { expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// Tickets that a group owns. Luis and Pedro are of Redes, Pedro and Sara of Servidores; Mario is of another area's group.

const { as, cast, db } = await useApplication()
const { areas, categories, groups, ids } = cast
const servers = await db.prisma.group.create({ data: { name: 'Servidores', areaId: areas.sistemas } })
await db.prisma.groupMember.createMany({
  data: [ids.pedro, ids.sara].map(userId => ({ groupId: servers.id, areaId: areas.sistemas, userId })),
})

const post = async (who: Person, path: string, form: Record<string, string | number>) =>
  (await as(who)).post(path, form)
const assign = (who: Person, number: number, version: number, groupId: number) =>
  post(who, `/tickets/${number}/asignacion`, { version, responsable: `grupo:${groupId}` })
const start = (who: Person, number: number, version: number) => post(who, `/tickets/${number}/inicio`, { version })

/** A ticket of Clara that Sara has given to a group. */
async function given(groupId: number): Promise<number> {
  const form = { area: areas.sistemas, categoria: categories.red, asunto: 'Sin red', descripcion: 'Desde ayer' }
  const { location } = await post('clara', '/tickets', form)
  const number = Number(location.split('/').at(-1))
  expect((await assign('sara', number, 1, groupId)).status).toBe(303)
  return number
}

const ticket = (number: number) =>
  db.prisma.ticket.findUniqueOrThrow({
    where: { number },
    select: { status: true, assigneeId: true, assigneeGroupId: true, version: true },
  })
const isListed = async (who: Person, number: number, list = '/asignados') =>
  (await (await as(who)).get(list)).body.includes(`class="ticket-link" href="/tickets/${number}"`)
const listedFor = async (number: number) => {
  const people = ['luis', 'pedro', 'sara', 'mario'] as const
  const listed = await Promise.all(people.map(who => isListed(who, number)))
  return people.filter((_who, index) => listed[index])
}

it('are listed for every member, and a member who starts one becomes responsible for it', async () => {
  const number = await given(groups.redes)
  expect(await listedFor(number)).toEqual(['luis', 'pedro'])
  expect((await (await as('luis')).get(`/tickets/${number}`)).body).toContain(`action="/tickets/${number}/inicio"`)
  expect((await start('luis', number, 2)).status).toBe(303)
  expect(await ticket(number)).toEqual({
    ...{ status: 'EN_PROCESO', assigneeId: ids.luis },
    ...{ assigneeGroupId: groups.redes, version: 3 },
  })
  // The group goes on seeing it, but it is one person's now.
  expect(await listedFor(number)).toEqual(['luis', 'pedro'])
  const finish = { version: 3, resolucion: 'Cable nuevo' }
  expect((await post('pedro', `/tickets/${number}/finalizacion`, finish)).status).toBe(403)
  expect((await post('luis', `/tickets/${number}/finalizacion`, finish)).status).toBe(303)
})

it('are started by one of two members who want them at once', async () => {
  const number = await given(groups.redes)
  const answers = await Promise.all([start('luis', number, 2), start('pedro', number, 2)])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  expect((await ticket(number)).version).toBe(3)
})

it.each<[Person, string, number]>([
  ['luis', 'an agent of the area who is no member', 404],
  ['mario', 'an agent of another area', 404],
  ['ana', 'an administrator who is no member', 403],
])('cannot be started by %s, %s', async (who, _what, status) => {
  const number = await given(servers.id)
  expect((await start(who, number, 2)).status).toBe(status)
  expect(await isListed(who, number)).toBe(false)
  expect(await ticket(number)).toMatchObject({ status: 'ASIGNADO', assigneeId: null })
})

it('go to another group by the supervisor, who takes them from the whole first one', async () => {
  const number = await given(groups.redes)
  expect((await start('luis', number, 2)).status).toBe(303)
  expect((await assign('sara', number, 3, servers.id)).status).toBe(303)
  expect(await ticket(number)).toEqual({
    ...{ status: 'ASIGNADO', assigneeId: null },
    ...{ assigneeGroupId: servers.id, version: 4 },
  })
  expect(await listedFor(number)).toEqual(['pedro', 'sara'])
  // Luis has worked on it, so that he may still read it.
  expect(await isListed('luis', number, '/atendidos')).toBe(true)
  expect((await start('luis', number, 4)).status).toBe(403)
  expect((await start('pedro', number, 4)).status).toBe(303)
})

it('are not handed on by their members, nor to a group of another area or one that is no more', async () => {
  const number = await given(groups.redes)
  expect((await assign('luis', number, 2, servers.id)).status).toBe(403)
  expect((await assign('sara', number, 2, groups.obras)).status).toBe(422)
  const former = await db.prisma.group.create({ data: { name: 'Telefonía', areaId: areas.sistemas, active: false } })
  expect((await assign('sara', number, 2, former.id)).status).toBe(422)
  expect(await ticket(number)).toMatchObject({ assigneeGroupId: groups.redes, version: 2 })
})
