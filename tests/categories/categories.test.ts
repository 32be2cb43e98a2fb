import { describe, expect, it } from 'vitest'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'

const { as, cast, clock, db, viewer } = await useApplication()
const ana = await as('ana')
const PROBLEMS = '/administracion/problemas'
const REQUIREMENTS = '/administracion/requerimientos'
const form = { area: cast.areas.sistemas, prioridad: 'MEDIA', grupo: '', visible: 'TODOS' }

let made = 0
/** A new problem of Sistemas, of a name of its own. */
async function newProblem() {
  const name = `Problema ${++made}`
  const { id } = await db.prisma.category.create({ data: { name, kind: 'PROBLEMA', areaId: cast.areas.sistemas } })
  return { id, name, path: `${PROBLEMS}/${id}` }
}

const categoryOf = (id: number) => db.prisma.category.findUnique({ where: { id } })
const audit = (id: number) =>
  db.prisma.auditEntry.findMany({ where: { subjectType: 'categoria', subjectId: id }, orderBy: { id: 'asc' } })

const register = async (categoryId: number) =>
  createTicket({ db, clock }, await viewer('clara'), {
    ...{ areaId: cast.areas.sistemas, categoryId, subject: 'Asunto', description: 'Texto' },
  })

describe('the lists', () => {
  it('show each kind on its own page, narrowed by text, area and state', async () => {
    const problems = (await ana.get(PROBLEMS)).body
    expect(problems).toContain('Sin red')
    expect(problems).toContain('Gotera')
    expect(problems).not.toContain('Equipo nuevo')
    expect((await ana.get(REQUIREMENTS)).body).toContain('Equipo nuevo')
    expect((await ana.get(`${PROBLEMS}?area=${cast.areas.mantenimiento}`)).body).not.toContain('Sin red')
    expect((await ana.get(`${PROBLEMS}?buscar=GOTÉRA`)).body).toContain('Gotera')
    expect((await ana.get(`${PROBLEMS}?estado=archivados`)).body).toContain('No hay problemas con estos filtros.')
  })

  it('have no page of the other kind', async () => {
    expect((await ana.get(`${REQUIREMENTS}/${cast.categories.red}`)).status).toBe(404)
    expect((await ana.post(`${REQUIREMENTS}/${cast.categories.red}/archivo`, { version: 1 })).status).toBe(404)
  })
})

describe('creating and editing', () => {
  it('keeps what was decided, for the tickets that come, and says before and after', async () => {
    const group = String(cast.groups.redes)
    const sent = { ...form, nombre: 'Correo lento', prioridad: 'URGENTE', grupo: group, visible: 'EMPLEADOS' }
    expect(await ana.post(PROBLEMS, sent)).toMatchObject({ status: 303, location: PROBLEMS })
    const created = await db.prisma.category.findFirstOrThrow({ where: { name: 'Correo lento' } })
    expect(created).toMatchObject({
      ...{ kind: 'PROBLEMA', areaId: cast.areas.sistemas, defaultPriority: 'URGENTE', audience: 'EMPLEADOS' },
      defaultGroupId: cast.groups.redes,
    })
    const change = { ...form, nombre: 'Correo lento', version: 1 }
    expect((await ana.post(`${PROBLEMS}/${created.id}`, change)).status).toBe(303)
    const [first, second] = await audit(created.id)
    expect(first).toMatchObject({ kind: 'categoria.creada', changes: { defaultGroup: [null, 'Redes'] } })
    expect(second).toMatchObject({
      kind: 'categoria.modificada',
      changes: {
        defaultPriority: ['Urgente', 'Media'],
        defaultGroup: ['Redes', null],
        audience: ['Solo empleados', 'Todos'],
      },
    })
  })

  it.each([
    ['a name that its area and kind have', { nombre: 'SÍN RED' }, 'campo-nombre', 'ya tiene uno con este nombre'],
    ['no area', { area: '' }, 'campo-area', 'Elija el área'],
    ['an area that there is not', { area: 9999 }, 'campo-area', 'Elija el área'],
    ['a group of another area', { grupo: 'obras' }, 'campo-grupo', 'un grupo activo de la misma área'],
    ['another priority than there is', { prioridad: 'SUMA' }, 'campo-prioridad', 'Elija la prioridad'],
    ['another audience than there is', { visible: 'NADIE' }, 'campo-visible', 'Elija quién puede elegirlo'],
  ])('refuses %s at its field', async (_what, wrong, field, message) => {
    const grupo = 'grupo' in wrong ? String(cast.groups.obras) : ''
    const answer = await ana.post(PROBLEMS, { ...form, nombre: 'Un nombre', ...wrong, grupo })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatch(new RegExp(`href="#${field}">[^<]*${message}`))
  })

  it('lets the other kind and another area have the same name', async () => {
    expect((await ana.post(REQUIREMENTS, { ...form, nombre: 'Sin red' })).status).toBe(303)
    const elsewhere = { ...form, area: cast.areas.mantenimiento, nombre: 'Sin red' }
    expect((await ana.post(PROBLEMS, elsewhere)).status).toBe(303)
  })

  it('gives a name to one of two who want it at the same instant, and keeps what the other typed', async () => {
    const answers = await Promise.all([1, 2].map(() => ana.post(PROBLEMS, { ...form, nombre: 'Monitor roto' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
    expect(answers.find(({ status }) => status === 422)?.body).toContain('value="Monitor roto"')
  })

  it('tells the second of two who edit at once what the first did', async () => {
    const { id, name, path } = await newProblem()
    await ana.post(path, { ...form, version: 1, nombre: name, prioridad: 'ALTA' })
    const late = await ana.post(path, { ...form, version: 1, nombre: 'Otro', prioridad: 'BAJA' })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Categoría modificada (Prioridad: Media → Alta)')
    expect(late.body).toContain('value="Otro"')
    expect(await categoryOf(id)).toMatchObject({ name, defaultPriority: 'ALTA', version: 2 })
  })

  it('moves one to another area only while no ticket has or had it', async () => {
    const { id, path, name } = await newProblem()
    const elsewhere = { ...form, nombre: name, area: cast.areas.mantenimiento }
    expect((await ana.post(path, { ...elsewhere, version: 1 })).status).toBe(303)
    expect(await categoryOf(id)).toMatchObject({ areaId: cast.areas.mantenimiento })
    const used = await newProblem()
    await register(used.id)
    expect((await ana.get(used.path)).body).toContain('por eso su área no se puede cambiar')
    const answer = await ana.post(used.path, { ...elsewhere, nombre: used.name, version: 1 })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatch(/href="#campo-area">Ya tiene tickets/)
  })
})

describe('archiving, restoring and deleting', () => {
  it('offers an archived one to nobody, and again once it is restored', async () => {
    const { id, name, path } = await newProblem()
    const number = await register(id)
    expect((await ana.post(`${path}/archivo`, { version: 1 })).status).toBe(303)
    const clara = await as('clara')
    const choices = async () => (await clara.get(`/tickets/nuevo?area=${cast.areas.sistemas}`)).body
    expect(await choices()).not.toContain(name)
    expect((await clara.get(`/mis-tickets/${number}`)).body).toContain(name)
    expect((await ana.post(`${path}/restauracion`, { version: 2 })).status).toBe(303)
    expect(await choices()).toContain(name)
    expect((await audit(id)).map(({ kind }) => kind)).toEqual(['categoria.archivada', 'categoria.restaurada'])
    expect((await ana.post(`${path}/archivo`, { version: 1 })).status).toBe(409)
  })

  it('deletes one that nobody used', async () => {
    const { id, name, path } = await newProblem()
    expect(await ana.post(`${path}/eliminacion`, { version: 1 })).toMatchObject({ status: 303, location: PROBLEMS })
    expect(await categoryOf(id)).toBeNull()
    expect(await audit(id)).toMatchObject([{ kind: 'categoria.eliminada', subjectName: name }])
  })

  it('keeps one that a ticket has, or had before it was reclassified', async () => {
    const { id, path } = await newProblem()
    const number = await register(id)
    const refused = async () => {
      expect((await ana.get(path)).body).toMatch(/aria-disabled="true" aria-describedby="motivo-eliminar"/)
      const answer = await ana.post(`${path}/eliminacion`, { version: 1 })
      expect(answer.status).toBe(409)
      expect(answer.body).toContain('se archiva, para que su historia se pueda leer')
      expect(await categoryOf(id)).not.toBeNull()
    }
    await refused()
    const other = { area: cast.areas.sistemas, categoria: cast.categories.red, prioridad: 'ALTA', asunto: 'Asunto' }
    expect((await ana.post(`/tickets/${number}/clasificacion`, { ...other, version: 1 })).status).toBe(303)
    await refused()
  })

  it('keeps one that a survey is for, and says so beforehand', async () => {
    const data = { name: 'Con encuesta', kind: 'PROBLEMA', areaId: cast.areas.sistemas } as const
    const { id } = await db.prisma.category.create({ data })
    const survey = await db.prisma.survey.create({
      data: { scope: 'CATEGORIA', categoryId: id, createdAt: new Date() },
    })
    const path = `${PROBLEMS}/${id}`
    const page = (await ana.get(path)).body
    expect(page).toMatch(/aria-disabled="true" aria-describedby="motivo-eliminar"/)
    expect(page).toContain('Hay una encuesta solo para él')
    const answer = await ana.post(`${path}/eliminacion`, { version: 1 })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Hay una encuesta solo para él')
    await db.prisma.survey.delete({ where: { id: survey.id } })
    expect((await ana.post(`${path}/eliminacion`, { version: 1 })).status).toBe(303)
  })

  it('does not let a deletion and a new ticket at the same instant both happen', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { id, path } = await newProblem()
      const clara = await as('clara')
      const ticket = { area: cast.areas.sistemas, categoria: id, asunto: 'Asunto', descripcion: 'Texto' }
      const [deleted, registered] = await Promise.all([
        ana.post(`${path}/eliminacion`, { version: 1 }),
        clara.post('/tickets', ticket),
      ])
      expect([deleted.status === 303, registered.status === 303].filter(Boolean)).toHaveLength(1)
      expect([409, 422, 303]).toContain(registered.status)
    }
  })
})

it('proposes the default group where a ticket is assigned, and leaves the choice open', async () => {
  const { id } = await newProblem()
  await db.prisma.category.update({ where: { id }, data: { defaultGroupId: cast.groups.redes } })
  const number = await register(id)
  const page = (await ana.get(`/tickets/${number}/asignacion`)).body
  expect(page).toContain(`<option value="grupo:${cast.groups.redes}" selected>`)
  const plain = await register(cast.categories.red)
  expect((await ana.get(`/tickets/${plain}/asignacion`)).body).not.toMatch(/option value="grupo:\d+" selected/)
  await ana.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${cast.ids.luis}` })
  expect((await ana.get(`/tickets/${number}/asignacion`)).body).not.toMatch(/option value="grupo:\d+" selected/)
})

it('lets an employee with the grant act on every area', async () => {
  const grant = { userId: cast.ids.mario, permission: 'categorias.administrar' }
  await db.prisma.userPermission.create({ data: { ...grant, effect: 'CONCEDER' } })
  const mario = await as('mario')
  expect((await mario.post(PROBLEMS, { ...form, nombre: 'De Mario' })).status).toBe(303)
  await db.prisma.userPermission.delete({ where: { userId_permission: grant } })
  expect((await mario.post(PROBLEMS, { ...form, nombre: 'De Mario otra vez' })).status).toBe(403)
})
