import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { importPeople } from '../../src/import/people/import.ts'
import { agree } from '../../src/platform/agreement.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { sealOf } from '../../src/platform/seal.ts'
import { sameSecret } from '../../src/start/agreement.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { findViewer } from '../../src/users/viewer.ts'
import { createClock, signIn, startApplication } from '../support/application.ts'
import { type Cast, createCast, emailOf, type Person } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { useFolder } from './cases.ts'

const folder = useFolder()
const clock = createClock()
const links = { publicUrl: 'https://soporte.ejemplo.test', seal: sealOf('el secreto', 'correo') }

let database: TestDatabase
let cast: Cast
beforeEach(async () => {
  database = await createTestDatabase()
  cast = await createCast(database.db)
  return () => database.drop()
})

interface Options {
  apply?: boolean
  by?: Person
  invite?: boolean
}

async function run(lines: string[], { apply = true, by = 'ana', invite = false }: Options = {}) {
  const viewer = await findViewer(database.db, cast.ids[by])
  if (!viewer) throw new Error(`${by} is not active`)
  const file = folder.write('personas.csv', lines)
  const rejects = folder.path('personas.rechazos.csv')
  const actor = { id: viewer.id, address: '' }
  return importPeople({ db: database.db, clock, file, rejects, viewer, actor, links: invite ? links : null, apply })
}

const header = 'nombre;correo;rol;tipo;áreas;organización'
const found = (email: string) =>
  database.db.prisma.user.findFirst({
    where: { email },
    select: {
      name: true,
      role: true,
      kind: true,
      organization: { select: { name: true } },
      areas: { select: { area: { select: { name: true } } }, orderBy: { area: { name: 'asc' } } },
    },
  })
const reasons = ({ refused }: { refused: { reason: string }[] }) => refused.map(({ reason }) => reason)

describe('people out of a file', () => {
  it('are created with role, areas and organisation, and the audit tells', async () => {
    const summary = await run([
      header,
      'Rosa Díaz;ROSA@ejemplo.test;agente;;sistemas|MANTENIMIENTO;',
      'Óscar Gil;oscar@ejemplo.test;Usuario;Cliente;;Talleres Río',
      'Inés Paz;ines@ejemplo.test;usuario;empleado;;',
      'Raúl Mar;raul@ejemplo.test;Cliente;;;talleres rio',
    ])
    expect(summary).toMatchObject({ unchanged: 0, organizations: 1, refused: [], rejectsFile: null })
    expect(summary.created).toHaveLength(4)
    expect(await found('rosa@ejemplo.test')).toEqual({
      name: 'Rosa Díaz',
      role: 'AGENTE',
      kind: null,
      organization: null,
      areas: [{ area: { name: 'Mantenimiento' } }, { area: { name: 'Sistemas' } }],
    })
    expect(await found('raul@ejemplo.test')).toMatchObject({ kind: 'CLIENTE', organization: { name: 'Talleres Río' } })
    const entries = await database.db.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })
    expect(entries.map(({ kind }) => kind)).toEqual([
      'area.modificada',
      'area.modificada',
      'usuario.creado',
      'cliente.creado',
      'usuario.creado',
      'cliente.creado',
      'personas.importadas',
    ])
    expect(entries.at(-1)).toMatchObject({
      actorId: cast.ids.ana,
      subjectName: 'personas.csv',
      changes: { created: [null, 4], changed: [null, 0], refused: [null, 0] },
    })
  })

  it('are only told about before it is asked for: what would be done is what is done', async () => {
    const lines = [
      header,
      'Rosa;rosa@ejemplo.test;Agente;;Sistemas;',
      `Luis I.;${emailOf('luis')};;;Sistemas;`,
      'X;;;;;',
    ]
    const people = await database.db.prisma.user.count()
    const tried = await run(lines, { apply: false })
    expect(await database.db.prisma.user.count()).toBe(people)
    expect(await database.db.prisma.auditEntry.count()).toBe(0)
    expect((await found(emailOf('luis')))?.name).toBe('Luis Ibáñez')
    expect(await run(lines)).toEqual({ ...tried, applied: true })
    expect(tried).toMatchObject({ created: ['línea 2: Rosa'], changed: ['línea 3: Luis I.'] })
    expect((await found(emailOf('luis')))?.name).toBe('Luis I.')
  })

  it('are never created twice, however often it is repeated', async () => {
    const lines = [header, 'Rosa;rosa@ejemplo.test;Agente;;Sistemas;', 'Óscar;oscar@ejemplo.test;Cliente;;;Talleres']
    await run(lines)
    expect(await run(lines)).toMatchObject({ created: [], changed: [], unchanged: 2, organizations: 0 })
  })

  it('are known by the reference of the other system, too', async () => {
    const { prisma } = database.db
    const reference = { externalReference: 'vieja:7' }
    const { id } = await prisma.user.create({
      data: { name: 'Anónimo', role: 'USUARIO', kind: 'CLIENTE', ...reference },
    })
    const lines = ['nombre,correo,referencia', 'Nora Gil,nora@ejemplo.test,vieja:7']
    expect((await run(lines)).changed).toHaveLength(1)
    expect(await prisma.user.findFirst({ where: reference })).toMatchObject({ id, email: 'nora@ejemplo.test' })
    expect(await run(['nombre,correo,referencia', `Nora,${emailOf('clara')},vieja:7`])).toMatchObject({
      refused: [{ line: 2, reason: 'el correo y la referencia son de dos personas distintas' }],
    })
  })

  it.each([
    ['no name', ';rosa@ejemplo.test;Agente;;;', 'falta el nombre'],
    ['no mail', 'Rosa;;Agente;;;', 'falta el correo'],
    ['a mail that is none', 'Rosa;rosa;Agente;;;', 'el correo «rosa» no es válido'],
    ['no role for somebody new', 'Rosa;rosa@ejemplo.test;;;;', 'falta el rol'],
    ['an unknown role', 'Rosa;rosa@ejemplo.test;Jefa;;;', 'el rol o tipo «jefa» no existe'],
    ['a Usuario of no kind', 'Rosa;rosa@ejemplo.test;Usuario;;;', 'a un Usuario le falta el tipo'],
    ['an unknown area', 'Rosa;rosa@ejemplo.test;Agente;;Sistema;', 'el área «Sistema» no existe'],
    ['an inactive account', `Darío;${emailOf('dario')};Agente;;Sistemas;`, 'la cuenta está inactiva'],
    ['one’s own role', `Ana Ruiz;${emailOf('ana')};Agente;;Sistemas;`, 'no puede cambiar el rol'],
    ['a damaged row', 'Rosa;"rosa', 'comillas'],
  ])('are refused for %s, and the others are not', async (_what, row, reason) => {
    const summary = await run([header, row, 'Inés;ines@ejemplo.test;Empleado;;;'])
    expect(reasons(summary)[0]).toContain(reason)
    expect(summary).toMatchObject({ created: ['línea 3: Inés'], refused: [{ line: 2 }] })
    const rejects = readFileSync(summary.rejectsFile ?? '', 'utf8')
    expect(rejects).toContain(reason)
    expect(rejects).toMatch(/^\uFEFFlinea;motivo;nombre;correo;rol/)
  })

  it('are refused the second time in one file', async () => {
    const summary = await run([header, 'Rosa;rosa@ejemplo.test;Agente;;;', 'Rosa;ROSA@ejemplo.test;Agente;;;'])
    expect(reasons(summary)).toEqual(['la persona está repetida en el archivo: ya está en la línea 2'])
  })

  it('do not lose an area in which they have open tickets, nor the role for it', async () => {
    const context = { db: database.db, clock }
    const [ana, clara] = await Promise.all(
      ['ana', 'clara'].map(who => findViewer(database.db, cast.ids[who as Person])),
    )
    if (!ana || !clara) throw new Error('inactive')
    const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'x', description: 'x' }
    const number = await createTicket(context, clara, input)
    const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
    await assignTicket(context, ana, number, { version: 1, owner, note: '' })
    const summary = await run([
      header,
      `Luis;${emailOf('luis')};Agente;;Mantenimiento;`,
      `Pedro;${emailOf('pedro')};Agente;;Mantenimiento;`,
    ])
    expect(reasons(summary)[0]).toContain('Luis Ibáñez tiene tickets abiertos en «Sistemas»')
    expect((await found(emailOf('pedro')))?.areas).toEqual([{ area: { name: 'Mantenimiento' } }])
    expect(await database.db.prisma.groupMember.count({ where: { userId: cast.ids.pedro } })).toBe(0)
  })

  it('are signed out when their role, areas or mail changes, and only then', async () => {
    const { origin, close } = await startApplication(database.db)
    const [luis, pedro] = [await signIn(new Client(origin), 'luis'), await signIn(new Client(origin), 'pedro')]
    await run([header, `Luis;${emailOf('luis')};Supervisor;;Sistemas;`, `P. Gómez;${emailOf('pedro')};;;Sistemas;`])
    expect((await luis.get('/asignados')).status).toBe(303)
    expect((await pedro.get('/asignados')).status).toBe(200)
    await close()
  })

  it('are invited when that is asked for', async () => {
    await run([header, 'Rosa;rosa@ejemplo.test;Agente;;;'])
    expect(await database.db.prisma.mail.count()).toBe(0)
    await run([header, 'Inés;ines@ejemplo.test;Empleado;;;', `Luis I.;${emailOf('luis')};;;Sistemas;`], {
      invite: true,
    })
    expect(await database.db.prisma.mail.findMany({ select: { recipient: true } })).toEqual([
      { recipient: 'ines@ejemplo.test' },
    ])
  })

  it('obey the rank of whoever imports', async () => {
    const data = { userId: cast.ids.luis, permission: 'usuarios.administrar', effect: 'CONCEDER' as const }
    await database.db.prisma.userPermission.create({ data })
    const lines = [
      header,
      'Rosa;rosa@ejemplo.test;Administrador;;;',
      `A. Ruiz;${emailOf('ana')};;;Sistemas;`,
      `Pedro;${emailOf('pedro')};Supervisor;;Sistemas;`,
      'Inés;ines@ejemplo.test;Empleado;;;',
      'Óscar;oscar@ejemplo.test;Cliente;;;',
    ]
    const summary = await run(lines, { by: 'luis' })
    expect(summary.created).toEqual(['línea 5: Inés'])
    expect(summary.refused.map(({ line }) => line)).toEqual([2, 3, 4, 6])
  })

  it('come a thousand at a time in no time', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 1200 }, (_, at) => `Persona ${at};p${at}@muchos.test;Agente;;Sistemas;`)
    expect((await run([header, ...rows])).created).toHaveLength(1200)
    expect((await run([header, ...rows])).unchanged).toBe(1200)
  })

  it.each([
    [['nombre;correo;clave', 'x;x;x'], 'La columna «clave» no se conoce'],
    [['nombre;rol', 'x;x'], 'Falta la columna «correo»'],
    [['correo', 'x'], 'Falta la columna «nombre»'],
    [['nombre;correo;Áreas;areas', 'x'], 'La columna «areas» está dos veces'],
  ])('are not read out of %j', async (lines, message) => {
    await expect(run(lines)).rejects.toThrow(message)
  })
})

describe('npm run import-people', { timeout: 120_000 }, () => {
  const npm = (...words: string[]) => npmWith({}, ...words)
  const npmWith = async (environment: Record<string, string>, ...words: string[]) => {
    const env = { ...process.env, DATABASE_URL: database.url, INIT_CWD: folder.path('.'), ...environment }
    const script = [join(projectRoot, 'scripts', 'run.mjs'), 'import-people', ...words]
    return promisify(execFile)(process.execPath, script, { env })
  }

  it('tells first what it would do, and does it when asked', async () => {
    folder.write('altas.csv', [header, 'Rosa;rosa@ejemplo.test;Agente;;Sistemas;', 'X;;;;;'])
    const { stdout } = await npm('altas.csv', '--as', emailOf('ana'))
    expect(stdout).toContain('Ensayo: no se guardó nada.\n  Se crearían: 1')
    expect(stdout).toContain('línea 3: falta el correo')
    expect(await found('rosa@ejemplo.test')).toBeNull()
    expect((await npm('altas.csv', '--as', emailOf('ana'), '--apply')).stdout).toContain('Creadas: 1')
    expect(await found('rosa@ejemplo.test')).not.toBeNull()
    expect(existsSync(folder.path('altas.rechazos.csv'))).toBe(true)
  })

  it('invites only with the secret of the application that runs, which has to open the mails', async () => {
    folder.write('altas.csv', [header, 'Rosa;rosa@ejemplo.test;Agente;;Sistemas;'])
    const secret = 'a'.repeat(32)
    const leave = await agree(database.url, [sameSecret(secret)])
    const invite = ['altas.csv', '--as', emailOf('ana'), '--apply', '--invite']
    await expect(npmWith({ SESSION_SECRET: 'b'.repeat(32) }, ...invite)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Otro proceso usa esta base de datos con otro SESSION_SECRET,.* detenga antes/),
    })
    expect(await found('rosa@ejemplo.test')).toBeNull()
    expect((await npmWith({ SESSION_SECRET: secret }, ...invite)).stdout).toContain('Creadas: 1')
    const mail = await database.db.prisma.mail.findFirstOrThrow({ where: { recipient: 'rosa@ejemplo.test' } })
    expect(sealOf(secret, 'correo').open(mail.body ?? new Uint8Array())).toContain('/acceso/')
    await leave()
  })

  it.each([
    [['altas.csv'], 'Falta --as'],
    [['altas.csv', '--as', 'nadie@ejemplo.test'], 'No hay ninguna cuenta activa'],
    [['--as', 'x'], 'Indique un archivo CSV'],
    [['altas.csv', '--que'], 'No se entienden las opciones'],
  ])('says what is wrong with %j', async (words, message) => {
    await expect(npm(...words)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(message) })
  })
})
