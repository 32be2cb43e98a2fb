import { describe, expect, it } from 'vitest'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { sqlStateOf } from '../../src/web/sql-state.ts'
import { useApplication } from '../support/application.ts'

const { as, cast, clock, db, viewer } = await useApplication()
const ana = await as('ana')
const LIST = '/administracion/areas'

let made = 0
/** A new area of a name of its own, with one category. */
async function newArea() {
  const area = await db.prisma.area.create({ data: { name: `Área de prueba ${++made}` } })
  const category = await db.prisma.category.create({ data: { areaId: area.id, kind: 'PROBLEMA', name: 'Avería' } })
  return { ...area, categoryId: category.id, path: `${LIST}/${area.id}` }
}

const areaOf = (id: number) => db.prisma.area.findUniqueOrThrow({ where: { id } })
const audit = (type: string, id: number) =>
  db.prisma.auditEntry.findMany({ where: { subjectType: type, subjectId: id }, orderBy: { id: 'asc' } })

const register = async (area: { id: number; categoryId: number }) =>
  createTicket({ db, clock }, await viewer('clara'), {
    ...{ areaId: area.id, categoryId: area.categoryId, subject: 'Asunto', description: 'Texto' },
  })

describe('the list of areas', () => {
  it('searches without regard to case and accents, and tells what is archived', async () => {
    await db.prisma.area.create({ data: { name: 'Jurídico', active: false } })
    const found = (await ana.get(`${LIST}?buscar=JURIDICO`)).body
    expect(found).toContain('Jurídico')
    expect(found).toContain('Archivada')
    expect(found).not.toContain('Mantenimiento</a>')
    expect((await ana.get(`${LIST}?estado=vigentes`)).body).not.toContain('Jurídico')
    expect((await ana.get(`${LIST}?buscar=%25`)).body).toContain('No hay áreas con estos filtros.')
  })

  it('goes on page by page, forth and back, each area once', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `Sede ${String(index).padStart(2, '0')}`)
    await db.prisma.area.createMany({ data: names.map(name => ({ name })) })
    const shown = (body: string) => [...body.matchAll(/>(Sede \d\d)<\/a>/g)].map(match => match[1] ?? '')
    const linkTo = (body: string, rel: string) => new RegExp(`href="([^"]*)" rel="${rel}"`).exec(body)?.[1]
    const follow = async (body: string, rel: string) =>
      (await ana.get((linkTo(body, rel) ?? '').replaceAll('&amp;', '&'))).body
    const first = (await ana.get(`${LIST}?buscar=sede`)).body
    const second = await follow(first, 'next')
    const third = await follow(second, 'next')
    expect([...shown(first), ...shown(second), ...shown(third)]).toEqual(names)
    expect(shown(await follow(third, 'prev'))).toEqual(shown(second))
    expect(linkTo(third, 'next')).toBeUndefined()
    await db.prisma.area.deleteMany({ where: { name: { in: names } } })
  })
})

describe('creating and renaming an area', () => {
  it('says so in the audit, with before and after', async () => {
    const { location } = await ana.post(LIST, { nombre: '  Compras   centrales ' })
    const id = Number(location.split('/').at(-1))
    expect(await areaOf(id)).toMatchObject({ name: 'Compras centrales', active: true, version: 1 })
    expect((await ana.post(location, { version: 1, nombre: 'Compras' })).status).toBe(303)
    expect(await areaOf(id)).toMatchObject({ name: 'Compras', version: 2 })
    expect(await audit('area', id)).toMatchObject([
      { kind: 'area.creada', actorId: cast.ids.ana, changes: { name: [null, 'Compras centrales'] } },
      { kind: 'area.modificada', actorId: cast.ids.ana, changes: { name: ['Compras centrales', 'Compras'] } },
    ])
  })

  it.each([
    ['no name', ' ', 'Escriba el nombre del área.'],
    ['a name too long', 'x'.repeat(81), 'como máximo 80'],
    ['a name that is taken but for case and accents', 'SISTÉMAS', 'Ya hay un área con este nombre'],
  ])('refuses %s at its field, and keeps what was typed', async (_what, nombre, message) => {
    const answer = await ana.post(LIST, { nombre })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain(`value="${nombre.trim() ? nombre : ' '}"`)
    expect(answer.body).toContain('aria-invalid="true"')
  })

  it('gives a name to one of two who want it at the same instant, and tells the other', async () => {
    const answers = await Promise.all([1, 2].map(() => ana.post(LIST, { nombre: 'Almacén' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
    expect(answers.find(({ status }) => status === 422)?.body).toContain('Ya hay un área con este nombre')
    expect(await db.prisma.area.count({ where: { name: 'Almacén' } })).toBe(1)
  })

  it('tells the second of two who edit at once what the first did, and keeps what he typed', async () => {
    const { id, path, name } = await newArea()
    expect((await ana.post(path, { version: 1, nombre: 'Primera' })).status).toBe(303)
    const late = await ana.post(path, { version: 1, nombre: 'Segunda' })
    expect(late.status).toBe(409)
    expect(late.body).toContain(`Ana Ruiz: Área modificada (Nombre: ${name} → Primera)`)
    expect(late.body).toContain('value="Segunda"')
    expect(late.body).toContain('name="version" value="2"')
    expect(await areaOf(id)).toMatchObject({ name: 'Primera', version: 2 })
    expect((await ana.post(path, { version: 2, nombre: 'Segunda' })).status).toBe(303)
  })

  it('lets one of two at the same instant through', async () => {
    const { id, path } = await newArea()
    const names = [`A ${id}`, `B ${id}`]
    const answers = await Promise.all(names.map(nombre => ana.post(path, { version: 1, nombre })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await areaOf(id)).toMatchObject({ version: 2 })
  })
})

describe('archiving an area', () => {
  it('takes it out of what can be chosen, keeps its history readable, and can be undone', async () => {
    const area = await newArea()
    const number = await register(area)
    await ana.post(`/tickets/${number}/cancelacion`, { version: 1, motivo: 'Repetido' })
    expect((await ana.post(`${area.path}/archivo`, { version: 1 })).status).toBe(303)
    const clara = await as('clara')
    expect((await clara.get('/tickets/nuevo')).body).not.toContain(area.name)
    const form = { area: area.id, categoria: area.categoryId, asunto: 'Asunto', descripcion: 'Texto' }
    expect((await clara.post('/tickets', form)).status).toBe(422)
    expect((await clara.get(`/mis-tickets/${number}`)).body).toContain(area.name)
    expect((await ana.get(area.path)).body).toContain('Restaurar área')
    expect((await ana.post(`${area.path}/restauracion`, { version: 2 })).status).toBe(303)
    expect((await clara.get('/tickets/nuevo')).body).toContain(area.name)
    expect((await audit('area', area.id)).map(({ kind }) => kind)).toEqual(['area.archivada', 'area.restaurada'])
  })

  it('is refused while it has open tickets, with their number and the way to them', async () => {
    const area = await newArea()
    await register(area)
    const page = (await ana.get(area.path)).body
    expect(page).toMatch(/aria-disabled="true" aria-describedby="motivo-archivar"/)
    expect(page).toContain('Tiene 1 ticket abierto.')
    expect(page).toContain(`href="/tickets?estado=registrados&amp;area=${area.id}"`)
    const answer = await ana.post(`${area.path}/archivo`, { version: 1 })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Tiene 1 ticket abierto.')
    expect(await areaOf(area.id)).toMatchObject({ active: true, version: 1 })
  })

  it('and a new ticket at the same instant do not both happen', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const area = await newArea()
      const form = { area: area.id, categoria: area.categoryId, asunto: 'Asunto', descripcion: 'Texto' }
      const clara = await as('clara')
      await Promise.all([ana.post(`${area.path}/archivo`, { version: 1 }), clara.post('/tickets', form)])
      const tickets = await db.prisma.ticket.count({ where: { areaId: area.id } })
      expect((await areaOf(area.id)).active).toBe(tickets === 1)
    }
  })

  it('makes its finished tickets stay finished, and says why', async () => {
    const area = await newArea()
    const member = { areaId: area.id, userId: cast.ids.ana }
    await db.prisma.areaMember.create({ data: member })
    const number = await register(area)
    await ana.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${cast.ids.ana}` })
    await ana.post(`/tickets/${number}/finalizacion`, { version: 2, resolucion: 'Listo' })
    await ana.post(`${area.path}/archivo`, { version: 1 })
    const clara = await as('clara')
    const answer = await clara.post(`/tickets/${number}/reapertura`, { version: 3, motivo: 'Sigue igual' })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('está archivada')
    expect((await ana.get(`/tickets/${number}`)).body).toContain('registre uno nuevo en otra área')
  })

  it('is held by the database too', async () => {
    const area = await newArea()
    await register(area)
    const archive = db.pool.query('UPDATE areas SET active = false WHERE id = $1', [area.id])
    expect(await archive.catch(sqlStateOf)).toBe('TS004')
    const empty = await newArea()
    await db.pool.query('UPDATE areas SET active = false WHERE id = $1', [empty.id])
    const insert = db.pool.query(
      `INSERT INTO tickets (area_id, category_id, priority, subject, description, requester_id, creator_id, created_at,
        last_activity_at) VALUES ($1, $2, 'BAJA', 'x', 'x', $3, $3, now(), now())`,
      [empty.id, empty.categoryId, cast.ids.clara],
    )
    expect(await insert.catch(sqlStateOf)).toBe('TS007')
  })
})

describe('the permission', () => {
  it('may be granted to an employee, who then acts on every area', async () => {
    const grant = { userId: cast.ids.mario, permission: 'areas.administrar' }
    await db.prisma.userPermission.create({ data: { ...grant, effect: 'CONCEDER' } })
    const mario = await as('mario')
    const { path } = await newArea()
    expect((await mario.get('/mis-tickets')).body).toContain(`href="${LIST}"`)
    expect((await mario.post(path, { version: 1, nombre: `De Mario ${made}` })).status).toBe(303)
    expect((await mario.get('/administracion/grupos')).status).toBe(403)
    await db.prisma.userPermission.delete({ where: { userId_permission: grant } })
    expect((await mario.get(path)).status).toBe(403)
    expect((await mario.get('/mis-tickets')).body).not.toContain(`href="${LIST}"`)
  })
})
