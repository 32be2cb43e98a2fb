import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueAccountLinks } from '../../src/auth/account-links.ts'
import { hashPassword } from '../../src/auth/password.ts'
import { transaction } from '../../src/platform/db.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { signIn, useApplication } from '../support/application.ts'
import { emailOf, PASSWORD, type Person } from '../support/cast.ts'
import { mailsTo } from '../support/mails.ts'

const { anonymous, as, cast, clock, db, viewer } = await useApplication()

const STRONG = 'siete gatos cruzan el puente'
const fresh = (person: Person) => signIn(anonymous(), person)
const events = (kind: string, subjectId: number) => db.prisma.auditEntry.findMany({ where: { kind, subjectId } })

afterEach(() => db.prisma.signInAttempt.deleteMany())

describe('the page of one’s account', () => {
  it('is in the menu of everybody, and shows who one is', async () => {
    const clara = await as('clara')
    expect((await clara.get('/mis-tickets')).body).toContain('href="/cuenta"')
    const { status, body } = await clara.get('/cuenta')
    expect(status).toBe(200)
    expect(body).toContain('value="Clara Solís"')
    expect(body).toContain(emailOf('clara'))
  })

  it('keeps the choice of the look, and comes back', async () => {
    const clara = await fresh('clara')
    expect((await clara.post('/cuenta/tema', { tema: 'oscuro', volver: '/cuenta' })).location).toBe('/cuenta')
    const { body } = await clara.get('/cuenta')
    expect(body).toContain('data-bs-theme="dark"')
    expect(body.match(/value="oscuro" aria-pressed="true"/g)).toHaveLength(2)
  })
})

describe('the name', () => {
  it('is changed, and the audit tells before and after', async () => {
    const carlos = await as('carlos')
    expect((await carlos.post('/cuenta/nombre', { nombre: '  Carlos   Vega Ríos ' })).status).toBe(303)
    expect((await carlos.get('/cuenta')).body).toContain('value="Carlos Vega Ríos"')
    const [event] = await events('usuario.modificado', cast.ids.carlos)
    expect(event).toMatchObject({ actorId: cast.ids.carlos, changes: { name: ['Carlos Vega', 'Carlos Vega Ríos'] } })
    await carlos.post('/cuenta/nombre', { nombre: 'Carlos Vega Ríos' })
    expect(await events('usuario.modificado', cast.ids.carlos)).toHaveLength(1)
  })

  it('cannot be empty or endless; what was typed stays', async () => {
    const carlos = await as('carlos')
    expect((await carlos.post('/cuenta/nombre', { nombre: ' ' })).body).toContain('Escriba su nombre.')
    const answer = await carlos.post('/cuenta/nombre', { nombre: 'x'.repeat(121) })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(`value="${'x'.repeat(121)}"`)
  })
})

describe('the password', () => {
  beforeEach(async () => {
    const passwordHash = await hashPassword(PASSWORD)
    await db.prisma.user.update({ where: { id: cast.ids.luis }, data: { passwordHash } })
  })
  const change = { actual: PASSWORD, clave: STRONG, repeticion: STRONG }

  it('is changed; the other sessions and open links end, this session goes on', async () => {
    const [here, there] = [await fresh('luis'), await fresh('luis')]
    const people = [{ id: cast.ids.luis, email: emailOf('luis') }]
    const [token = ''] = await transaction(db, tx => issueAccountLinks(tx, 'RESTABLECIMIENTO', people, clock.now()))
    expect(await here.post('/cuenta/clave', change)).toMatchObject({ status: 303, location: '/cuenta' })
    expect((await here.get('/cuenta')).body).toContain('Su contraseña cambió')
    expect((await there.get('/cuenta')).status).toBe(303)
    expect((await anonymous().get(`/acceso/${token}`)).status).toBe(404)
    const attempt = (clave: string) => anonymous().post('/ingresar', { correo: emailOf('luis'), clave })
    expect((await attempt(PASSWORD)).status).toBe(422)
    expect((await attempt(STRONG)).status).toBe(303)
    expect(await events('clave.cambiada', cast.ids.luis)).toMatchObject([{ actorId: cast.ids.luis, changes: null }])
    expect((await mailsTo(db, emailOf('luis')))[0]?.subject).toBe('Su contraseña cambió')
  })

  it('is not changed without the present one, which counts as a failed sign-in', async () => {
    const [here, there] = [await fresh('luis'), await fresh('luis')]
    for (let turn = 0; turn < 5; turn++) {
      const answer = await here.post('/cuenta/clave', { ...change, actual: 'otra clave' })
      expect(answer.status).toBe(422)
      expect(answer.body).toContain('La contraseña actual no es correcta.')
      expect(answer.body).not.toContain(STRONG)
    }
    expect((await here.post('/cuenta/clave', change)).status).toBe(429)
    const attempt = await anonymous().post('/ingresar', { correo: emailOf('luis'), clave: PASSWORD })
    expect(attempt.status).toBe(429)
    expect((await there.get('/cuenta')).status).toBe(200)
    clock.advance({ seconds: 60 })
    expect((await here.post('/cuenta/clave', change)).status).toBe(303)
    expect(await db.prisma.signInAttempt.count({ where: { failures: { gt: 0 } } })).toBe(1)
  })

  it.each([
    ['weak', { clave: 'luis ibáñez luis', repeticion: 'luis ibáñez luis' }, 'fácil de adivinar'],
    ['short', { clave: 'corta', repeticion: 'corta' }, 'al menos 12'],
    ['repeated differently', { clave: STRONG, repeticion: `${STRONG}!` }, 'no son iguales'],
  ])('is refused when it is %s', async (_what, chosen, message) => {
    const luis = await fresh('luis')
    const answer = await luis.post('/cuenta/clave', { ...change, ...chosen })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect((await anonymous().post('/ingresar', { correo: emailOf('luis'), clave: PASSWORD })).status).toBe(303)
  })

  it('sent twice at once or again is changed once, and blames nobody', async () => {
    const luis = await fresh('luis')
    const before = (await events('clave.cambiada', cast.ids.luis)).length
    const form = { ...change, envio: crypto.randomUUID() }
    const both = await Promise.all([luis.post('/cuenta/clave', form), luis.post('/cuenta/clave', form)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await luis.post('/cuenta/clave', form)).toMatchObject({ status: 303, location: '/cuenta' })
    expect(await events('clave.cambiada', cast.ids.luis)).toHaveLength(before + 1)
  })
})

describe('one’s sessions', () => {
  const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0'
  const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1'
  const signInWith = async (person: Person, browser: string) => {
    const client = anonymous()
    await client.post('/ingresar', { correo: emailOf(person), clave: PASSWORD }, { 'user-agent': browser })
    return client
  }

  it('are listed in plain words, this one marked, nobody else’s among them', async () => {
    const desk = await signInWith('elena', FIREFOX)
    await signInWith('elena', PHONE)
    await as('pedro')
    const { body } = await desk.get('/cuenta')
    const list = body.match(/<li class="session">[\s\S]*?<\/li>/g) ?? []
    expect(list).toHaveLength(2)
    const [here = ''] = list.filter(each => each.includes('Firefox en Windows'))
    expect(here).toContain('Esta sesión')
    expect(here).toContain('Ingreso: <time datetime="2026-')
    expect(list.filter(each => each.includes('Safari en iPhone') && !each.includes('Esta sesión'))).toHaveLength(1)
    expect(body).not.toContain('Mozilla')
  })

  it('are closed but for this one', async () => {
    const here = await fresh('mario')
    expect((await here.get('/cuenta')).body).not.toContain('Cerrar las demás')
    const there = await fresh('mario')
    expect((await here.get('/cuenta')).body).toContain('Cerrar las demás')
    expect((await here.post('/cuenta/sesiones/cierre')).location).toBe('/cuenta')
    expect((await there.get('/cuenta')).location).toContain('/ingresar')
    expect((await here.get('/cuenta')).body).toContain('Sus demás sesiones se cerraron.')
    expect(await events('sesiones.cerradas', cast.ids.mario)).toMatchObject([{ actorId: cast.ids.mario }])
  })
})

describe('the way dates are written', () => {
  it('is one’s own choice, in every date of every page, from the next request on', async () => {
    const number = await createTicket({ db, clock }, await viewer('sara'), {
      areaId: cast.areas.sistemas,
      categoryId: cast.categories.red,
      subject: 'Sin red',
      description: 'Nada',
    })
    const [sara, ana] = [await as('sara'), await as('ana')]
    const day = '/tickets?desde=2026-03-02'
    expect((await sara.get(`/tickets/${number}`)).body).toContain('2 de marzo de 2026, 9:0')
    expect((await sara.get(day)).body).toContain('Desde 2 mar 2026')
    expect((await sara.post('/cuenta/fechas', { fechas: 'es-CO' })).status).toBe(303)
    expect((await sara.get(`/tickets/${number}`)).body).toMatch(/2 de marzo de 2026, 9:\d\d\sa\.\sm\./)
    expect((await sara.get('/tickets')).body).toMatch(/2 de marzo de 2026, 9:\d\d\sa\.\sm\./)
    expect((await sara.get(day)).body).toContain('Desde 2/03/2026')
    expect((await sara.get('/cuenta')).body).toContain('<option value="es-CO" selected>')
    expect((await ana.get(`/tickets/${number}`)).body).not.toMatch(/a\.\sm\./)
    await sara.post('/cuenta/fechas', { fechas: '' })
    expect((await sara.get(day)).body).toContain('Desde 2 mar 2026')
  })

  it('is one of the list', async () => {
    const answer = await (await as('sara')).post('/cuenta/fechas', { fechas: 'en-US' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Elija una opción de la lista.')
  })
})
