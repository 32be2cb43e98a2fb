import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const { as, cast, clock, db, viewer } = await useApplication()
const ana = await as('ana')
const LIST = '/administracion/grupos'
const idsOf = (...people: Person[]) => people.map(person => String(cast.ids[person]))

let made = 0
/** A new group of Sistemas, of a name of its own, with Luis in it. */
async function newGroup() {
  const name = `Grupo ${++made}`
  const areaId = cast.areas.sistemas
  const { id } = await db.prisma.group.create({ data: { name, areaId } })
  await db.prisma.groupMember.create({ data: { groupId: id, areaId, userId: cast.ids.luis } })
  return { id, name, path: `${LIST}/${id}` }
}

const groupOf = (id: number) => db.prisma.group.findUniqueOrThrow({ where: { id } })
const membersOf = async (groupId: number) =>
  (await db.prisma.groupMember.findMany({ where: { groupId }, orderBy: { userId: 'asc' } })).map(({ userId }) => userId)
const audit = (id: number) =>
  db.prisma.auditEntry.findMany({ where: { subjectType: 'grupo', subjectId: id }, orderBy: { id: 'asc' } })

async function ticketOf(groupId: number): Promise<number> {
  const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'Sin red', description: 'x' }
  const number = await createTicket({ db, clock }, await viewer('clara'), input)
  const owner = { assigneeId: null, assigneeGroupId: groupId }
  await assignTicket({ db, clock }, await viewer('ana'), number, { version: 1, owner, note: '' })
  return number
}

it('lists groups, narrowed by text, area and state', async () => {
  expect((await ana.get(LIST)).body).toContain('Redes')
  expect((await ana.get(`${LIST}?area=${cast.areas.mantenimiento}`)).body).not.toContain('Redes')
  expect((await ana.get(`${LIST}?buscar=OBRAS`)).body).toContain('Obras')
  expect((await ana.get(`${LIST}?estado=archivados`)).body).toContain('No hay grupos con estos filtros.')
})

describe('creating and editing a group', () => {
  it('asks for the area first, then offers that area’s people who are active', async () => {
    expect((await ana.get(`${LIST}/nuevo`)).body).toContain(`href="${LIST}/nuevo?area=${cast.areas.sistemas}"`)
    const page = (await ana.get(`${LIST}/nuevo?area=${cast.areas.sistemas}`)).body
    expect(page).toContain('Luis Ibáñez')
    for (const other of ['Mario Ortega', 'Darío Luna', 'Clara Solís']) expect(page).not.toContain(other)
  })

  it('keeps its members, and says before and after', async () => {
    const sent = { area: cast.areas.sistemas, nombre: 'Turno de noche', personas: idsOf('luis', 'sara') }
    const { location } = await ana.post(LIST, sent)
    const id = Number(location.split('/').at(-1))
    expect(await membersOf(id)).toEqual([cast.ids.sara, cast.ids.luis])
    const change = { version: 1, nombre: 'Noche', personas: idsOf('luis', 'pedro') }
    expect((await ana.post(location, change)).status).toBe(303)
    expect(await membersOf(id)).toEqual([cast.ids.luis, cast.ids.pedro])
    expect(await audit(id)).toMatchObject([
      { kind: 'grupo.creado', changes: { name: [null, 'Turno de noche'], area: [null, 'Sistemas'] } },
      {
        kind: 'grupo.modificado',
        changes: {
          name: ['Turno de noche', 'Noche'],
          members: [
            ['Luis Ibáñez', 'Sara Peña'],
            ['Luis Ibáñez', 'Pedro Gómez'],
          ],
        },
      },
    ])
    expect((await ana.post(location, { version: 2, nombre: 'Noche' })).status).toBe(303)
    expect(await membersOf(id)).toEqual([])
  })

  it.each([
    ['no name', { nombre: ' ' }, 'Escriba el nombre del grupo.'],
    ['a name that the area has', { nombre: 'RÉDES' }, 'ya tiene un grupo con este nombre'],
    ['somebody of another area', { personas: idsOf('mario') }, 'ya no pertenece al área'],
    ['somebody deactivated', { personas: idsOf('dario') }, 'ya no pertenece al área'],
  ])('refuses %s, and keeps the boxes that were ticked', async (_what, wrong, message) => {
    const sent = { area: cast.areas.sistemas, nombre: 'Un nombre', personas: idsOf('luis', 'pedro'), ...wrong }
    const answer = await ana.post(LIST, sent)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    const ticked = [...answer.body.matchAll(/name="personas" value="(\d+)" checked/g)].map(match => match[1])
    expect(ticked).toEqual('personas' in wrong ? [] : idsOf('luis', 'pedro'))
  })

  it('gives a name to one of two who want it at the same instant', async () => {
    const sent = { area: cast.areas.sistemas, nombre: 'Guardia' }
    const answers = await Promise.all([1, 2].map(() => ana.post(LIST, sent)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  })

  it('tells the second of two who edit at once what the first did', async () => {
    const { id, name, path } = await newGroup()
    await ana.post(path, { version: 1, nombre: name, personas: idsOf('pedro') })
    const late = await ana.post(path, { version: 1, nombre: 'Otro', personas: idsOf('luis', 'sara') })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Grupo modificado (Personas: Luis Ibáñez → Pedro Gómez)')
    expect([...late.body.matchAll(/name="personas" value="(\d+)" checked/g)]).toHaveLength(2)
    expect(await membersOf(id)).toEqual([cast.ids.pedro])
  })

  it('and taking a member out of the area at the same instant end in one of both orders', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { id, name, path } = await newGroup()
      const form = { version: 1, nombre: name, personas: idsOf('luis', 'pedro') }
      const removal = `/administracion/areas/${cast.areas.sistemas}/personas/${cast.ids.pedro}/retiro`
      const answers = await Promise.all([ana.post(path, form), ana.post(removal)])
      for (const { status } of answers) expect([303, 409, 422]).toContain(status)
      expect(await membersOf(id)).not.toContain(cast.ids.pedro)
      await ana.post(`/administracion/areas/${cast.areas.sistemas}/personas`, { personas: cast.ids.pedro })
    }
  })
})

describe('archiving a group', () => {
  it('is refused while it owns open tickets, with their number and the way to them', async () => {
    const { id, path } = await newGroup()
    const number = await ticketOf(id)
    const page = (await ana.get(path)).body
    expect(page).toContain('Tiene 1 ticket abierto a su cargo.')
    expect(page).toContain(`responsable=grupo%3A${id}`)
    expect((await ana.post(`${path}/archivo`, { version: 1 })).status).toBe(409)
    expect(await groupOf(id)).toMatchObject({ active: true, version: 1 })
    await ana.post(`/tickets/${number}/cancelacion`, { version: 2, motivo: 'Repetido' })
    expect((await ana.post(`${path}/archivo`, { version: 1 })).status).toBe(303)
  })

  it('takes it away from the categories that the page named, and from no other', async () => {
    const { id, path } = await newGroup()
    const { red, equipo } = cast.categories
    await db.prisma.category.update({ where: { id: red }, data: { defaultGroupId: id } })
    expect((await ana.get(path)).body).toContain('Dejará de ser el grupo predeterminado de «Sin red».')
    await db.prisma.category.update({ where: { id: equipo }, data: { defaultGroupId: id } })
    const stale = await ana.post(`${path}/archivo`, { version: 1, categorias: String(red) })
    expect(stale.status).toBe(409)
    expect(stale.body).toContain('<li>Equipo nuevo</li>')
    expect(await groupOf(id)).toMatchObject({ active: true })
    expect((await ana.post(`${path}/archivo`, { version: 1, categorias: `${red},${equipo}` })).status).toBe(303)
    for (const category of [red, equipo]) {
      const changed = await db.prisma.category.findUniqueOrThrow({ where: { id: category } })
      expect(changed).toMatchObject({ defaultGroupId: null, version: 2 })
      const entry = await db.prisma.auditEntry.findFirst({
        where: { subjectType: 'categoria', subjectId: category },
        orderBy: { id: 'desc' },
      })
      expect(entry).toMatchObject({ kind: 'categoria.modificada', changes: { defaultGroup: [`Grupo ${made}`, null] } })
    }
    expect((await ana.post(`${path}/restauracion`, { version: 2 })).status).toBe(303)
    expect((await audit(id)).map(({ kind }) => kind)).toEqual(['grupo.archivado', 'grupo.restaurado'])
  })

  it('and making it a category’s default at the same instant do not both happen', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { id, path } = await newGroup()
      const name = `Categoría ${made}`
      const area = cast.areas.sistemas
      const form = { area, nombre: name, prioridad: 'BAJA', visible: 'TODOS', grupo: String(id) }
      await Promise.all([ana.post('/administracion/problemas', form), ana.post(`${path}/archivo`, { version: 1 })])
      const proposed = await db.prisma.category.count({ where: { defaultGroupId: id } })
      expect((await groupOf(id)).active).toBe(proposed === 1)
    }
  })

  it('leaves nobody to choose it', async () => {
    const { id, path } = await newGroup()
    await ana.post(`${path}/archivo`, { version: 1 })
    const number = await ticketOf(cast.groups.redes)
    expect((await ana.get(`/tickets/${number}/asignacion`)).body).not.toContain(`value="grupo:${id}"`)
    const options = (await ana.get(`/administracion/problemas/${cast.categories.red}`)).body
    expect(options).not.toMatch(new RegExp(`id="campo-grupo"[^]*value="${id}"[^]*</select>`))
    const form = { version: 2, responsable: `grupo:${id}` }
    expect((await ana.post(`/tickets/${number}/asignacion`, form)).status).toBe(422)
  })
})

it('lets an employee with the grant act on every area', async () => {
  const grant = { userId: cast.ids.mario, permission: 'grupos.administrar' }
  await db.prisma.userPermission.create({ data: { ...grant, effect: 'CONCEDER' } })
  const mario = await as('mario')
  expect((await mario.post(LIST, { area: cast.areas.sistemas, nombre: 'De Mario' })).status).toBe(303)
  await db.prisma.userPermission.delete({ where: { userId_permission: grant } })
  expect((await mario.get(LIST)).status).toBe(403)
})
