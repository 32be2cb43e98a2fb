import { afterEach, describe, expect, it } from 'vitest'
import { issueAccountLinks } from '../../src/auth/account-links.ts'
import { setPassword } from '../../src/auth/actions/set-password.ts'
import { mailSeal } from '../../src/mail/queue.ts'
import { transaction } from '../../src/platform/db.ts'
import { SECRET, signIn, useApplication } from '../support/application.ts'
import { emailOf, PASSWORD, type Person } from '../support/cast.ts'
import { mailsTo } from '../support/mails.ts'
import { untilWaiting } from '../support/waiting.ts'

// What a person does with the link of an invitation or of a forgotten password.

const { anonymous, as, cast, clock, db, log } = await useApplication()

const STRONG = 'siete gatos cruzan el puente'
const chosen = { clave: STRONG, repeticion: STRONG }

async function linkOf(who: Person, purpose: 'INVITACION' | 'RESTABLECIMIENTO' = 'RESTABLECIMIENTO') {
  const people = [{ id: cast.ids[who], email: emailOf(who) }]
  const [token = ''] = await transaction(db, tx => issueAccountLinks(tx, purpose, people, clock.now()))
  return `/acceso/${token}`
}

const hashOf = async (who: Person) =>
  (await db.prisma.user.findUniqueOrThrow({ where: { id: cast.ids[who] } })).passwordHash

afterEach(() => db.prisma.signInAttempt.deleteMany())

describe('a link', () => {
  it('lets its person set a password, who is in then', async () => {
    const link = await linkOf('clara')
    const clara = anonymous()
    const shown = await clara.get(link)
    expect(shown.status).toBe(200)
    expect(shown.body).toContain('Clara Solís')
    expect(await clara.post(link, chosen)).toMatchObject({ status: 303, location: '/' })
    expect((await clara.get('/mis-tickets')).body).toContain('Su contraseña quedó establecida.')
    const wrong = await anonymous().post('/ingresar', { correo: emailOf('clara'), clave: PASSWORD })
    expect(wrong.status).toBe(422)
    const right = await anonymous().post('/ingresar', { correo: emailOf('clara'), clave: STRONG })
    expect(right.status).toBe(303)
  })

  it('keeps its address to itself: no copy in a cache, no token in a referrer', async () => {
    const link = await linkOf('elena')
    for (const answer of [await anonymous().get(link), await anonymous().post(link, { clave: '' })]) {
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['referrer-policy']).toBe('strict-origin')
    }
  })

  it('is never written into the log, whether it works or not', async () => {
    const link = await linkOf('elena')
    log.splice(0)
    for (const path of [link, '/acceso/inventado', `${link}/mas`]) await anonymous().get(path)
    await anonymous().post(link, chosen)
    await anonymous().get('/salud/vivo')
    const lines = JSON.stringify(log)
    expect(lines).toContain('/acceso/:token')
    expect(lines).not.toContain(link.slice('/acceso/'.length))
    expect(lines).not.toContain('inventado')
  })

  it('works once, also for two at once, and ends every session of its person', async () => {
    const pedro = await signIn(anonymous(), 'pedro')
    const link = await linkOf('pedro')
    const answers = await Promise.all([anonymous().post(link, chosen), anonymous().post(link, chosen)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await pedro.get('/asignados')).location).toContain('/ingresar')
    const events = await db.prisma.auditEntry.findMany({
      where: { kind: 'clave.establecida', subjectId: cast.ids.pedro },
    })
    expect(events).toMatchObject([{ actorId: cast.ids.pedro, address: '127.0.0.1', subjectName: 'Pedro Gómez' }])
  })

  it('opens an account that was locked', async () => {
    const attempt = (clave: string) => anonymous().post('/ingresar', { correo: emailOf('mario'), clave })
    for (let turn = 0; turn < 5; turn++) await attempt('otra clave')
    expect((await attempt(PASSWORD)).status).toBe(429)
    await anonymous().post(await linkOf('mario'), chosen)
    expect((await attempt(STRONG)).status).toBe(303)
  })

  it('that was followed because of a forgotten password tells its person, an invitation does not', async () => {
    await anonymous().post(await linkOf('carlos', 'INVITACION'), chosen)
    expect(await mailsTo(db, emailOf('carlos'))).toEqual([])
    await anonymous().post(await linkOf('carlos'), chosen)
    expect((await mailsTo(db, emailOf('carlos'))).map(({ subject }) => subject)).toEqual(['Su contraseña cambió'])
  })

  it('sets no password for a mail that changes at the same moment', async () => {
    const [token = ''] = (await linkOf('marta')).match(/[^/]+$/) ?? []
    const before = await hashOf('marta')
    const other = await db.pool.connect()
    await other.query('BEGIN')
    await other.query('UPDATE users SET email = $1 WHERE id = $2', ['otra@ejemplo.test', cast.ids.marta])
    const links = { publicUrl: '', seal: mailSeal(SECRET) }
    const setting = setPassword({ db, clock, links }, { token, password: STRONG, address: '' })
    await untilWaiting(db)
    await other.query('COMMIT')
    other.release()
    expect(await setting).toBeNull()
    expect(await hashOf('marta')).toBe(before)
    await db.prisma.user.update({ where: { id: cast.ids.marta }, data: { email: emailOf('marta') } })
  })
})

describe('a link that is of no use', () => {
  it('gets one and the same page, with the way on', async () => {
    const used = await linkOf('luis')
    await anonymous().post(used, chosen)
    const expired = await linkOf('sara')
    clock.advance({ minutes: 121 })
    const pages = await Promise.all([used, expired, '/acceso/inventado'].map(path => anonymous().get(path)))
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1)
    expect(pages[0]?.body).toContain('Este enlace ya no sirve')
    expect(pages[0]?.body).toContain('href="/clave-olvidada"')
    expect((await anonymous().post(expired, chosen)).body).toBe(pages[0]?.body)
  })
})

describe('the password that somebody chooses', () => {
  it.each([
    ['too short', 'once letras', 'once letras', 'Escriba al menos 12 caracteres.'],
    ['repeated differently', STRONG, `${STRONG}s`, 'Las dos contraseñas no son iguales.'],
    ['common', 'contraseña123456', 'contraseña123456', 'Esta contraseña es fácil de adivinar.'],
    ['made of his name', 'ruizana ana ruiz', 'ruizana ana ruiz', 'Esta contraseña es fácil de adivinar.'],
    ['over the limit', 'x'.repeat(1001), 'x'.repeat(1001), 'Escriba como máximo'],
  ])('is refused when it is %s, and the link is not used up', async (_what, clave, repeticion, message) => {
    const before = await hashOf('ana')
    const link = await linkOf('ana')
    const answer = await anonymous().post(link, { clave, repeticion })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).not.toContain(clave)
    expect(await hashOf('ana')).toBe(before)
    expect((await anonymous().get(link)).status).toBe(200)
  })

  it('is taken whole, however long, with blanks at its ends', async () => {
    const long = ` ${'siete gatos cruzan el puente '.repeat(10)}`
    expect((await anonymous().post(await linkOf('ana'), { clave: long, repeticion: long })).status).toBe(303)
    const attempt = (clave: string) => anonymous().post('/ingresar', { correo: emailOf('ana'), clave })
    expect((await attempt(long.trim())).status).toBe(422)
    expect((await attempt(long)).status).toBe(303)
  })
})

it('shows the form also to whoever is signed in, and then lets him in as its person', async () => {
  const marta = await as('marta')
  const link = await linkOf('dario')
  expect((await marta.get(link)).status).toBe(404)
  const own = await linkOf('sara')
  expect((await marta.get(own)).body).toContain('Sara Peña')
  await marta.post(own, chosen)
  expect((await marta.get('/cuenta')).body).toContain('value="Sara Peña"')
})
