import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findAccountLink } from '../../src/auth/account-links.ts'
import { signIn, useApplication } from '../support/application.ts'
import { emailOf, type Person } from '../support/cast.ts'
import type { Client } from '../support/client.ts'
import { auditOf, editThrough, formOf, personPath } from './pages.ts'

const application = await useApplication()
const { anonymous, as, cast, clock, db } = application

const USERS = '/administracion/usuarios'
const CLIENTS = '/administracion/clientes'
const LINK = /value="https:\/\/soporte\.ejemplo\.test\/acceso\/([\w-]{43})"/

const rosa = (more: Record<string, string | string[]> = {}) => ({
  nombre: 'Rosa Díaz',
  correo: `${randomUUID()}@ejemplo.test`,
  rol: 'AGENTE',
  ...more,
})

/** Grants a permission to somebody for one test. */
async function grantedTo(person: Person, permission: string, test: (client: Client) => Promise<void>) {
  const key = { userId: cast.ids[person], permission }
  await db.prisma.userPermission.create({ data: { ...key, effect: 'CONCEDER' } })
  try {
    await test(await signIn(anonymous(), person))
  } finally {
    await db.prisma.userPermission.delete({ where: { userId_permission: key } })
  }
}

const idIn = (location: string) => Number(location.split('/').at(-1))
const userOf = (id: number) => db.prisma.user.findUniqueOrThrow({ where: { id }, include: { areas: true } })

describe('a new person', () => {
  it('gets an account, areas and a link that is shown once, and mailed', async () => {
    const ana = await as('ana')
    const fields = rosa({ correo: ' \u202aRosa@Ejemplo.TEST\u200b ', areas: [String(cast.areas.sistemas)] })
    const { status, location } = await ana.post(USERS, fields)
    expect(status).toBe(303)
    const id = idIn(location)
    expect(await userOf(id)).toMatchObject({
      name: 'Rosa Díaz',
      email: 'rosa@ejemplo.test',
      role: 'AGENTE',
      kind: null,
      passwordHash: null,
      areas: [{ areaId: cast.areas.sistemas }],
    })
    const token = LINK.exec((await ana.get(location)).body)?.[1] ?? ''
    expect((await findAccountLink(db.prisma, token, clock.now()))?.user.id).toBe(id)
    const later = (await ana.get(location)).body
    expect(later).not.toMatch(LINK)
    expect(later).toContain('Agente · Cuenta sin contraseña todavía')
    expect(await db.prisma.mail.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      recipient: 'rosa@ejemplo.test',
    })
    expect((await auditOf(application)).slice(0, 2)).toMatchObject([
      { kind: 'usuario.invitado', actorId: cast.ids.ana, subjectName: 'Rosa Díaz' },
      {
        kind: 'usuario.creado',
        changes: { email: [null, 'rosa@ejemplo.test'], type: [null, 'AGENTE'], areas: [null, ['Sistemas']] },
      },
    ])
    expect(JSON.stringify(await db.prisma.auditEntry.findMany())).not.toContain(token)
  })

  it('is created once, and its link shown to nobody else, when the form is sent again', async () => {
    const ana = await as('ana')
    const fields = { ...rosa(), envio: randomUUID() }
    const first = await ana.post(USERS, fields)
    await ana.get(first.location)
    const second = await ana.post(USERS, fields)
    expect(second.location).toBe(first.location)
    expect(second.headers['set-cookie'] ?? '').not.toContain('enlace=')
    expect((await ana.get(second.location)).body).not.toMatch(LINK)
    expect(await db.prisma.user.count({ where: { email: fields.correo } })).toBe(1)
    expect(await db.prisma.accountLink.count({ where: { userId: idIn(first.location) } })).toBe(1)
  })

  it('cannot be read out of the cookie that carries the link, nor shown on another page', async () => {
    const ana = await as('ana')
    const { location } = await ana.post(USERS, rosa())
    expect(Buffer.from(ana.cookies.get('enlace') ?? '', 'base64url').toString('latin1')).not.toContain('acceso')
    expect((await ana.get(personPath(application, 'luis'))).body).not.toMatch(LINK)
    expect((await ana.get(location)).body).not.toMatch(LINK)
  })

  it.each([
    ['correo', { correo: emailOf('luis').toUpperCase() }, 'Luis Ibáñez ya tiene este correo'],
    ['correo', { correo: 'sin arroba' }, 'Escriba un correo válido'],
    ['correo', { correo: '<rosa@ejemplo.test>' }, 'Escriba un correo válido'],
    ['correo', { correo: 'rosa,luis@ejemplo.test' }, 'Escriba un correo válido'],
    ['nombre', { nombre: '  ' }, 'Escriba el nombre'],
    ['areas', { areas: ['999999'] }, 'Elija áreas de la lista'],
    ['rol', { rol: 'JEFE' }, 'Elija el rol'],
  ])('is refused at %s, with what was typed kept', async (field, change, message) => {
    const ana = await as('ana')
    const people = await db.prisma.user.count()
    const { status, body } = await ana.post(USERS, rosa({ nombre: 'Rosa «la nueva»', ...change }))
    expect(status).toBe(422)
    expect(body).toContain(message)
    expect(body).toContain(`href="#campo-${field}"`)
    if (field !== 'nombre') expect(body).toContain('value="Rosa «la nueva»"')
    expect(await db.prisma.user.count()).toBe(people)
  })

  it('of the clients belongs to an organisation and to no area', async () => {
    const { id: organization } = await db.prisma.organization.create({ data: { name: 'Servicios del Sur' } })
    const areas = [String(cast.areas.sistemas)]
    const fields = rosa({ rol: 'CLIENTE', organizacion: String(organization), areas })
    const { location } = await (await as('ana')).post(CLIENTS, fields)
    expect(location).toMatch(/^\/administracion\/clientes\//)
    expect(await userOf(idIn(location))).toMatchObject({ kind: 'CLIENTE', organizationId: organization, areas: [] })
    expect((await (await as('ana')).get(location.replace('clientes', 'usuarios'))).status).toBe(404)
    expect((await (await as('ana')).get(CLIENTS)).body).toContain('Servicios del Sur')
  })
})

describe('a person', () => {
  it.each([
    ['mail', { correo: 'luis.ibanez@ejemplo.test' }],
    ['role', { rol: 'SUPERVISOR' }],
    ['areas', { areas: [] }],
  ])('whose %s changes has to sign in again', async (_what, change) => {
    const luis = await signIn(anonymous(), 'luis')
    expect((await editThrough(await as('ana'), personPath(application, 'luis'), change)).status).toBe(303)
    expect((await luis.get('/asignados')).location).toMatch(/^\/ingresar/)
    const back = { correo: emailOf('luis'), rol: 'AGENTE', areas: [String(cast.areas.sistemas)] }
    await editThrough(await as('ana'), personPath(application, 'luis'), back)
  })

  it('whose name changes goes on working, and the audit tells what changed', async () => {
    const pedro = await signIn(anonymous(), 'pedro')
    await editThrough(await as('ana'), personPath(application, 'pedro'), { nombre: 'Pedro Gómez Ríos' })
    expect((await pedro.get('/asignados')).status).toBe(200)
    expect((await auditOf(application))[0]).toEqual({
      kind: 'usuario.modificado',
      actorId: cast.ids.ana,
      subjectName: 'Pedro Gómez Ríos',
      changes: { name: ['Pedro Gómez', 'Pedro Gómez Ríos'] },
    })
  })

  it('who changes his own mail keeps the session in which he does', async () => {
    await grantedTo('marta', 'usuarios.administrar', async one => {
      const other = await signIn(anonymous(), 'marta')
      const path = personPath(application, 'marta')
      expect((await editThrough(one, path, { correo: 'marta.nunez@ejemplo.test' })).status).toBe(303)
      expect((await one.get(path)).status).toBe(200)
      expect((await other.get(path)).status).toBe(303)
    })
  })

  it('may become a client and is found there', async () => {
    const path = personPath(application, 'elena')
    const { location } = await editThrough(await as('ana'), path, { rol: 'CLIENTE' })
    expect(location).toBe(personPath(application, 'elena', 'clientes'))
    expect(await userOf(cast.ids.elena)).toMatchObject({ role: 'USUARIO', kind: 'CLIENTE' })
    await editThrough(await as('ana'), location, { rol: 'EMPLEADO' })
  })

  it('whom somebody else has changed meanwhile is not overwritten: what was typed is shown again', async () => {
    const ana = await as('ana')
    const path = personPath(application, 'mario')
    const stale = formOf(await ana.get(path), path)
    await editThrough(ana, path, { nombre: 'Mario Ortega Paz' })
    const refused = await ana.post(path, { ...stale, correo: 'mario.ortega@ejemplo.test' })
    expect(refused.status).toBe(409)
    expect(refused.body).toContain('mario.ortega@ejemplo.test')
    expect(await userOf(cast.ids.mario)).toMatchObject({ name: 'Mario Ortega Paz', email: emailOf('mario') })
    expect((await ana.post(path, { ...formOf(refused, path) })).status).toBe(303)
  })

  it('is invited again: the first link dies', async () => {
    const ana = await as('ana')
    const { location } = await ana.post(USERS, rosa())
    const first = LINK.exec((await ana.get(location)).body)?.[1] ?? ''
    expect((await ana.post(`${location}/invitacion`)).location).toBe(location)
    const second = LINK.exec((await ana.get(location)).body)?.[1] ?? ''
    expect(second).not.toBe(first)
    expect(await findAccountLink(db.prisma, first, clock.now())).toBeNull()
    expect((await findAccountLink(db.prisma, second, clock.now()))?.purpose).toBe('INVITACION')
  })

  it('who has a password is sent a link for another one', async () => {
    const ana = await as('ana')
    await ana.post(`${personPath(application, 'pedro')}/invitacion`)
    const [, token = ''] = LINK.exec((await ana.get(personPath(application, 'pedro'))).body) ?? []
    expect((await findAccountLink(db.prisma, token, clock.now()))?.purpose).toBe('RESTABLECIMIENTO')
  })

  it('comes back after having been deactivated', async () => {
    const ana = await as('ana')
    const path = personPath(application, 'dario')
    expect((await ana.post(`${path}/invitacion`)).status).toBe(403)
    expect((await ana.post(`${path}/reactivacion`)).status).toBe(303)
    expect((await userOf(cast.ids.dario)).active).toBe(true)
    expect((await ana.post(`${path}/reactivacion`)).status).toBe(403)
    const { visto = '' } = formOf(await ana.get(`${path}/desactivacion`), `${path}/desactivacion`)
    expect((await ana.post(`${path}/desactivacion`, { visto })).status).toBe(303)
    const kinds = (await auditOf(application)).slice(0, 2).map(({ kind }) => kind)
    expect(kinds).toEqual(['usuario.desactivado', 'usuario.reactivado'])
  })
})

describe('an employee to whom the administration of people was granted', () => {
  it('touches and creates nobody above himself', async () => {
    await grantedTo('luis', 'usuarios.administrar', async luis => {
      const path = personPath(application, 'ana')
      const { body, status } = await luis.get(path)
      expect(status).toBe(200)
      expect(body).toContain('Es una cuenta de mayor rango que la suya')
      expect(body).not.toContain('name="nombre"')
      const visto = 'x'.repeat(43)
      expect((await luis.post(path, { ...rosa(), visto })).status).toBe(403)
      expect((await luis.post(`${path}/invitacion`)).status).toBe(403)
      expect((await luis.post(`${path}/desactivacion`, { visto })).status).toBe(403)
      expect((await luis.post(USERS, rosa({ rol: 'ADMINISTRADOR' }))).status).toBe(422)
      expect((await luis.post(USERS, rosa({ rol: 'SUPERVISOR' }))).status).toBe(422)
      expect((await luis.post(USERS, rosa({ rol: 'CLIENTE' }))).status).toBe(422)
      expect((await luis.post(USERS, rosa())).status).toBe(303)
      expect((await luis.get(CLIENTS)).status).toBe(403)
    })
  })

  it('changes no role, and not his own areas', async () => {
    await grantedTo('sara', 'usuarios.administrar', async sara => {
      const pedro = personPath(application, 'pedro')
      const refused = await editThrough(sara, pedro, { rol: 'SUPERVISOR' })
      expect(refused.status).toBe(422)
      expect(refused.body).toContain('Solo un Administrador cambia el rol')
      const own = personPath(application, 'sara')
      const both = [String(cast.areas.sistemas), String(cast.areas.mantenimiento)]
      expect((await editThrough(sara, own, { areas: both })).status).toBe(422)
      expect((await editThrough(sara, own, { nombre: 'Sara Peña' })).status).toBe(303)
    })
    expect((await userOf(cast.ids.sara)).areas).toHaveLength(1)
  })
})
