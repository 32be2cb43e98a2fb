import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueCode } from '../../src/installation/codes.ts'
import { prepareFirstVisit } from '../../src/start/installation.ts'
import { startApplication } from '../support/application.ts'
import { Client } from '../support/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const real = { demonstration: false, databaseUrl: 'postgresql://db.example/tickets' }

let database: TestDatabase
let application: Awaited<ReturnType<typeof startApplication>>
let visitor: Client

beforeEach(async () => {
  database = await createTestDatabase()
  application = await startApplication(database.db)
  visitor = new Client(application.origin)
})
afterEach(async () => {
  await application.close()
  await database.drop()
})

const password = 'siete gatos cruzan el puente'
const form = (codigo: string, changes: Record<string, string> = {}) => ({
  codigo,
  organizacion: '  Servicios   Unidos ',
  nombre: 'Nora Vidal',
  correo: ' Nora@Ejemplo.test',
  clave: password,
  repeticion: password,
  ...changes,
})
const code = () => issueCode(database.db.prisma, application.clock.now())

/** What the database refuses, as long as nobody tampers with it. */
const deactivateEverybody = () =>
  database.db.pool.query(`ALTER TABLE users DISABLE TRIGGER users_keep_an_administrator;
    UPDATE users SET active = false;
    ALTER TABLE users ENABLE TRIGGER users_keep_an_administrator`)
const administrators = () => database.db.prisma.user.findMany({ where: { role: 'ADMINISTRADOR' } })

describe('before there is an Administrador', () => {
  it.each(['/', '/ingresar', '/tickets', '/instalacion/otra', '/no-existe'])('%s leads to the page', async path => {
    expect(await visitor.get(path)).toMatchObject({ status: 303, location: '/instalacion' })
    expect((await visitor.post(path, { correo: 'a@b.test' })).location).toBe('/instalacion')
  })

  it('styles and the questions of a service manager are answered all the same', async () => {
    const page = await visitor.get('/instalacion')
    expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    const style = /href="(\/estaticos\/[^"]+styles\.css)"/.exec(page.body)?.[1] ?? ''
    expect((await visitor.get(style)).status).toBe(200)
    expect((await visitor.get('/salud/vivo')).status).toBe(200)
    // No jobs are running here.
    expect((await visitor.get('/salud/listo')).status).toBe(503)
  })

  it('imported people and deactivated administrators do not count', async () => {
    await database.db.prisma.user.create({
      data: { name: 'Olga', email: 'olga@ejemplo.test', role: 'ADMINISTRADOR', active: false },
    })
    expect((await visitor.get('/ingresar')).location).toBe('/instalacion')
  })
})

describe('the page', () => {
  it('creates the first Administrador, who is signed in, and is gone for ever', async () => {
    const typed = (await code()).toUpperCase().replaceAll('-', ' ')
    expect(await visitor.post('/instalacion', form(typed))).toMatchObject({ status: 303, location: '/primeros-pasos' })
    expect((await visitor.get('/primeros-pasos')).body).toContain('La cuenta está lista')
    const [nora, ...others] = await administrators()
    expect(others).toEqual([])
    expect(nora).toMatchObject({ name: 'Nora Vidal', email: 'nora@ejemplo.test', active: true })
    expect(await database.db.prisma.settings.findFirst()).toMatchObject({ organizationName: 'Servicios Unidos' })
    expect(await database.db.prisma.installationCode.count()).toBe(0)

    await deactivateEverybody()
    const later = await startApplication(database.db)
    for (const { origin } of [application, later]) {
      const stranger = new Client(origin)
      expect((await stranger.get('/instalacion')).status).toBe(404)
      expect((await stranger.post('/instalacion', form(await code()))).status).toBe(404)
      expect((await stranger.get('/ingresar')).status).toBe(200)
    }
    await later.close()
  })

  it('lets the new Administrador sign in with the whole password, however long, and with no part of it', async () => {
    const long = 'ñandú vuela 7 veces sobre el río. '.repeat(29)
    expect(long.length).toBeGreaterThan(950)
    await visitor.post('/instalacion', form(await code(), { clave: long, repeticion: long }))
    const signIn = (clave: string) =>
      new Client(application.origin).post('/ingresar', { correo: 'nora@ejemplo.test', clave })
    expect((await signIn(long.slice(0, -1))).status).toBe(422)
    expect((await signIn(long)).status).toBe(303)
  })

  it.each([
    ['a wrong code', { codigo: '0'.repeat(32) }, 'codigo', 'El código no es correcto'],
    ['no code', { codigo: ' ' }, 'codigo', 'Escriba el código que aparece en la consola.'],
    ['no organisation', { organizacion: '' }, 'organizacion', 'Escriba el nombre de la organización.'],
    ['no name', { nombre: '' }, 'nombre', 'Escriba su nombre.'],
    ['a mail that is none', { correo: 'nora' }, 'correo', 'Escriba un correo válido'],
    ['a short password', { clave: 'x7Gk2pQz91L' }, 'clave', 'Escriba al menos 12 caracteres.'],
    ['a password over the limit', { clave: 'x7Gk '.repeat(201) }, 'clave', 'Escriba como máximo 1,000 caracteres.'],
    ['two passwords', { repeticion: `${password} ` }, 'repeticion', 'no son iguales'],
    ['a common password', { clave: 'contraseña123456' }, 'clave', 'fácil de adivinar'],
    ['a keyboard pattern', { clave: 'qwertyuiopasdf' }, 'clave', 'fácil de adivinar'],
    ['a repeated password', { clave: 'Ab1 '.repeat(30) }, 'clave', 'fácil de adivinar'],
    ['the name as password', { clave: 'NORA.vidal.Nora.2024' }, 'clave', 'fácil de adivinar'],
    ['the mail as password', { clave: 'nora@ejemplo.test1' }, 'clave', 'fácil de adivinar'],
    ['the organisation as password', { clave: 'serviciosunidos-99' }, 'clave', 'fácil de adivinar'],
  ])('refuses %s and keeps the rest', async (_what, changes: Record<string, string>, field, message) => {
    const sent = form(await code(), { ...(changes.clave && { repeticion: changes.clave }), ...changes })
    const answer = await visitor.post('/instalacion', sent)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain(`href="#campo-${field}"`)
    expect(answer.body).not.toContain(sent.clave)
    if (field !== 'nombre') expect(answer.body).toContain('value="Nora Vidal"')
    expect(await administrators()).toEqual([])
  })

  it('refuses a mail that somebody has already', async () => {
    await database.db.prisma.user.create({
      data: { name: 'Nora', email: 'nora@ejemplo.test', role: 'USUARIO', kind: 'CLIENTE' },
    })
    const answer = await visitor.post('/instalacion', form(await code()))
    expect(answer).toMatchObject({ status: 422, body: expect.stringContaining('Ya hay una persona con este correo.') })
    expect((await database.db.prisma.settings.findFirst())?.installedAt).toBeNull()
  })

  it('says nothing about a password to whoever has no code', async () => {
    const easy = { clave: 'contraseña123456', repeticion: 'contraseña123456' }
    const answer = await visitor.post('/instalacion', form('adivinado', easy))
    expect(answer.body).not.toContain('fácil de adivinar')
  })

  it('lets nobody in from another site', async () => {
    const answer = await visitor.post('/instalacion', form(await code()), { origin: 'https://malo.example' })
    expect(answer.status).toBe(403)
    expect(await administrators()).toEqual([])
  })
})

describe('the code', () => {
  it('is 128 random bits of which only a hash is kept', async () => {
    const [one, other] = [await code(), await code()]
    expect(one).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/)
    expect(other).not.toBe(one)
    const rows = JSON.stringify(await database.db.prisma.installationCode.findMany())
    expect(rows).not.toContain(one)
    expect(rows).not.toContain(one.replaceAll('-', ''))
  })

  it('of every process that has started works, until one was used', async () => {
    const codes = [await code(), await code(), await code()] as const
    expect((await visitor.post('/instalacion', form(codes[0]))).status).toBe(303)
    expect((await visitor.post('/instalacion', form(codes[1]))).status).toBe(404)
  })

  it('works for 24 hours', async () => {
    const old = await code()
    application.clock.advance({ days: 1 })
    expect((await visitor.post('/instalacion', form(old))).status).toBe(422)
    expect((await visitor.post('/instalacion', form(await code()))).status).toBe(303)
  })

  it('cannot be guessed for long from one address, and right ones cost nothing', async () => {
    const valid = await code()
    for (let turn = 0; turn < 40; turn++) {
      expect((await visitor.post('/instalacion', form(valid, { nombre: '' }))).status).toBe(422)
    }
    const guess = () => visitor.post('/instalacion', form('adivinado'))
    for (let turn = 0; turn < 30; turn++) expect((await guess()).status).toBe(422)
    expect(await guess()).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
    expect((await visitor.post('/instalacion', form(valid))).status).toBe(429)
    application.clock.advance({ seconds: 61 })
    expect((await visitor.post('/instalacion', form(valid))).status).toBe(303)
  })
})

it('has one Administrador though many submit at once, with several codes and in two processes', async () => {
  const codes = [await code(), await code()] as const
  const second = await startApplication(database.db)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, turn) =>
      new Client(turn % 2 ? application.origin : second.origin).post(
        '/instalacion',
        form(codes[turn % 3 ? 0 : 1], { correo: `nora${turn}@ejemplo.test` }),
      ),
    ),
  )
  await second.close()
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409 || status === 404)).toHaveLength(7)
  expect(await administrators()).toHaveLength(1)
})

describe('at the start', () => {
  const prepare = (mode = real) => prepareFirstVisit(database.db, mode, application.clock.now())

  it('a code is issued each time, until the installation is done', async () => {
    const [first, second] = [await prepare(), await prepare()]
    expect(first).not.toBe(second)
    await visitor.post('/instalacion', form(first ?? ''))
    expect(await prepare()).toBeNull()
  })

  it('an Administrador who came another way ends the first visit for ever', async () => {
    await database.db.prisma.user.create({ data: { name: 'Eva', email: 'eva@ejemplo.test', role: 'ADMINISTRADOR' } })
    expect(await prepare()).toBeNull()
    await deactivateEverybody()
    expect(await prepare()).toBeNull()
    expect((await visitor.get('/instalacion')).status).toBe(404)
  })

  it('a demonstration has no first visit', async () => {
    expect(await prepare({ ...real, demonstration: true })).toBeNull()
    expect(await database.db.prisma.installationCode.count()).toBe(0)
    const config = {
      timeZone: 'UTC',
      trustProxy: 0,
      demonstration: true,
      publicUrl: 'https://soporte.ejemplo.test',
      smtpUrl: undefined,
    }
    const demonstration = await startApplication(database.db, { config })
    const guest = new Client(demonstration.origin)
    expect((await guest.get('/instalacion')).status).toBe(404)
    expect((await guest.get('/ingresar')).status).toBe(200)
    await demonstration.close()
  })

  it.each([
    ['filled with the demonstration', 'UPDATE settings SET demonstration = true'],
    [
      'filled with it in part',
      "DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'Se está llenando con datos de demostración.'); END $$",
    ],
  ])('a database that is %s is refused, with what to do', async (_what, sql) => {
    await database.db.pool.query(sql)
    await expect(prepare()).rejects.toThrow(/contraseñas que cualquiera conoce.* indique en DATABASE_URL otra base/)
    const embedded = { demonstration: false, databaseUrl: undefined }
    await expect(prepareFirstVisit(database.db, embedded, new Date())).rejects.toThrow(
      'indique en DATA_DIR otra carpeta',
    )
  })
})
