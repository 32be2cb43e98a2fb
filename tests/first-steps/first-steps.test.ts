import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/auth/password.ts'
import { createClock, startApplication } from '../support/application.ts'
import { PASSWORD } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

// An installation as it is right after its first Administrador was created: nothing is in it yet.

let database: TestDatabase
let application: Awaited<ReturnType<typeof startApplication>>
let nora: Client

beforeEach(async () => {
  database = await createTestDatabase()
  application = await startApplication(database.db)
  await administrator('nora')
  await prisma().settings.update({ where: { id: 1 }, data: { installedAt: createClock().now() } })
  nora = await signedIn('nora')
})
afterEach(async () => {
  await application.close()
  await database.drop()
})

const prisma = () => database.db.prisma

async function administrator(name: string) {
  const data = { name, email: `${name}@ejemplo.test`, passwordHash: await hashPassword(PASSWORD) }
  await prisma().user.create({ data: { ...data, role: 'ADMINISTRADOR' } })
}

async function signedIn(name: string): Promise<Client> {
  const client = new Client(application.origin)
  expect((await client.post('/ingresar', { correo: `${name}@ejemplo.test`, clave: PASSWORD })).status).toBe(303)
  return client
}

/** Which steps are done, in their order. */
async function done(client = nora): Promise<boolean[]> {
  const { body } = await client.get('/primeros-pasos')
  return [...body.matchAll(/<li class="card first-step( first-step-done)?"/g)].map(match => match[1] !== undefined)
}

const menu = async (client = nora) => (await client.get('/mis-tickets')).body.includes('href="/primeros-pasos"')

async function organization(changes: Record<string, string> = {}, client = nora) {
  const { body } = await client.get('/primeros-pasos/organizacion')
  const version = /name="version" value="([^"]*)"/.exec(body)?.[1] ?? ''
  const zona = /<select[^>]*name="zona"[\s\S]*?<option value="([^"]*)" selected/.exec(body)?.[1] ?? ''
  const form = { version, nombre: 'Servicios Unidos', texto_logo: '', color: '#0b5cb8', formato: 'es', zona }
  return { ...form, ...changes }
}

const area = (nombre: string, problemas = 'Sin red\r\n\r\n  Gotera \r\nsin RED', requerimientos = 'Equipo nuevo') => ({
  nombre,
  problemas,
  requerimientos,
})

describe('the steps', () => {
  it('are told from what is there, in any order, and found again in the menu', async () => {
    expect(await done()).toEqual([false, false, false])
    expect(await menu()).toBe(true)

    expect(await nora.post('/primeros-pasos/area', area('Sistemas'))).toMatchObject({ location: '/primeros-pasos' })
    expect(await done()).toEqual([false, true, false])
    expect(await nora.get('/tickets/nuevo')).toMatchObject({ body: expect.stringContaining('Gotera') })

    // Left, and gone on with in another session.
    const later = await signedIn('nora')
    expect((await later.post('/primeros-pasos/organizacion', await organization())).location).toBe('/primeros-pasos')
    expect(await done(later)).toEqual([true, true, false])
    expect(await prisma().settings.findFirst()).toMatchObject({
      organizationName: 'Servicios Unidos',
      timeZone: 'America/Mexico_City',
    })

    const link = /href="([^"]*)">Registrar personas/.exec((await later.get('/primeros-pasos')).body)?.[1] ?? ''
    expect((await later.get(link)).status).toBe(200)
    const sara = { nombre: 'Sara Peña', correo: 'sara@ejemplo.test', rol: 'SUPERVISOR' }
    await nora.post('/administracion/usuarios', { ...sara, areas: [] })
    expect(await done()).toEqual([true, true, false])
    const { id: areaId } = await prisma().area.findFirstOrThrow()
    const luis = { nombre: 'Luis Ibáñez', correo: 'luis@ejemplo.test', rol: 'AGENTE' }
    await nora.post('/administracion/usuarios', { ...luis, areas: String(areaId) })
    expect(await done()).toEqual([true, true, true])
    expect((await nora.get('/primeros-pasos')).body).toContain('Todo está listo')
  })

  it('cannot lie: what goes away again is asked for again', async () => {
    await nora.post('/primeros-pasos/area', area('Sistemas'))
    await prisma().category.updateMany({ data: { active: false } })
    expect(await done()).toEqual([false, false, false])
  })

  it('are put away for everybody, and can be opened all the same', async () => {
    await administrator('eva')
    const eva = await signedIn('eva')
    expect(await nora.post('/primeros-pasos/descarte')).toMatchObject({ status: 303, location: '/' })
    expect(await menu(eva)).toBe(false)
    expect((await eva.get('/primeros-pasos')).body).not.toContain('/primeros-pasos/descarte')
    await eva.post('/primeros-pasos/descarte')
    const told = await prisma().auditEntry.findMany({ where: { subjectName: 'Primeros pasos' } })
    expect(told).toHaveLength(1)
  })

  it('are no business of a demonstration, nor of who works already', async () => {
    await prisma().settings.update({ where: { id: 1 }, data: { installedAt: null } })
    expect(await menu()).toBe(false)
  })
})

describe('the organisation', () => {
  it('proposes the zone of the server and insists on one', async () => {
    expect((await organization()).zona).toBe('America/Mexico_City')
    const answer = await nora.post(
      '/primeros-pasos/organizacion',
      await organization({ zona: '', nombre: 'Se conserva' }),
    )
    expect(answer).toMatchObject({ status: 422, body: expect.stringContaining('Elija la zona horaria') })
    expect(answer.body).toContain('value="Se conserva"')
    expect((await prisma().settings.findFirst())?.timeZone).toBeNull()
  })

  it('of two administrators at once is told to the second, with what he typed', async () => {
    await administrator('eva')
    const eva = await signedIn('eva')
    const [one, other] = [await organization(), await organization({ nombre: 'De Eva' }, eva)]
    expect((await nora.post('/primeros-pasos/organizacion', one)).status).toBe(303)
    const late = await eva.post('/primeros-pasos/organizacion', other)
    expect(late.status).toBe(409)
    expect(late.body).toContain('nora cambió estos ajustes')
    expect(late.body).toContain('value="De Eva"')
    expect(await prisma().settings.findFirst()).toMatchObject({ organizationName: 'Servicios Unidos' })
  })
})

describe('the first area', () => {
  it('comes with its categories, each once, and the audit tells them', async () => {
    await nora.post('/primeros-pasos/area', area('  Sistemas '))
    const categories = await prisma().category.findMany({
      select: { name: true, kind: true, audience: true, defaultPriority: true, area: { select: { name: true } } },
      orderBy: { id: 'asc' },
    })
    const common = { audience: 'TODOS', defaultPriority: 'MEDIA', area: { name: 'Sistemas' } }
    expect(categories).toEqual([
      { name: 'sin RED', kind: 'PROBLEMA', ...common },
      { name: 'Gotera', kind: 'PROBLEMA', ...common },
      { name: 'Equipo nuevo', kind: 'REQUERIMIENTO', ...common },
    ])
    const kinds = (await prisma().auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind)
    expect(kinds.filter(kind => /^(area|categoria)/.test(kind))).toEqual([
      'area.creada',
      'categoria.creada',
      'categoria.creada',
      'categoria.creada',
    ])
  })

  it.each([
    ['no name', area(' '), 'nombre', 'Escriba el nombre del área.'],
    ['nothing to ask of it', area('Sistemas', ' \n', ''), 'problemas', 'al menos un problema o un requerimiento'],
    [
      'a name that is too long',
      area('Sistemas', 'x'.repeat(81)),
      'problemas',
      'como máximo 80 caracteres en cada línea',
    ],
    [
      'too many',
      area('Sistemas', Array.from({ length: 51 }, (_, at) => `P${at}`).join('\n')),
      'problemas',
      'máximo 50',
    ],
    ['a name that there is', area('SISTÉMAS'), 'nombre', 'Ya hay un área con este nombre'],
  ])('is refused with %s, and nothing of it is kept', async (_what, form, field, message) => {
    await prisma().area.create({ data: { name: 'Sistemas' } })
    const wanted = form.nombre === 'Sistemas' ? { ...form, nombre: 'Obras' } : form
    const answer = await nora.post('/primeros-pasos/area', wanted)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain(`href="#campo-${field}"`)
    expect(answer.body).toContain(wanted.requerimientos)
    expect(await prisma().area.count()).toBe(1)
    expect(await prisma().category.count()).toBe(0)
  })

  it('of two administrators at once is made once', async () => {
    await administrator('eva')
    const eva = await signedIn('eva')
    const answers = await Promise.all(
      [nora, eva, nora, eva].map(each => each.post('/primeros-pasos/area', area('Sistemas'))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422])
    expect(await prisma().area.count()).toBe(1)
    expect(await prisma().category.count()).toBe(3)
  })
})
