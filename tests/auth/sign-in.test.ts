import { describe, expect, it } from 'vitest'
import { signIn, useApplication } from '../support/application.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'

const { anonymous, as, cast, clock, db } = await useApplication()

const attempt = (correo: string, clave: string, headers = {}) =>
  anonymous().post('/ingresar', { correo, clave }, headers)

describe('signing in', () => {
  it('leads to the page that the role begins with', async () => {
    const starts = {
      luis: '/asignados',
      clara: '/mis-tickets',
      elena: '/mis-tickets',
    }
    for (const [person, start] of Object.entries(starts)) {
      expect((await (await as(person as 'ana')).get('/')).location).toBe(start)
    }
    for (const person of ['ana', 'sara'] as const) {
      expect((await (await as(person)).get('/')).body).toContain('Esperan responsable desde hace más tiempo')
    }
  })

  it('takes the mail in capitals and with spaces around it', async () => {
    expect((await attempt('  ANA@Ejemplo.test ', PASSWORD)).status).toBe(303)
  })

  it('leads to the page that one wanted, with its query', async () => {
    const client = anonymous()
    const sent = await client.get('/tickets?estado=cancelados')
    expect(sent).toMatchObject({ status: 303, location: '/ingresar?volver=%2Ftickets%3Festado%3Dcancelados' })
    expect((await client.get(sent.location)).body).toContain('value="/tickets?estado=cancelados"')
    const volver = '/tickets?estado=cancelados'
    const answer = await client.post('/ingresar', { correo: emailOf('ana'), clave: PASSWORD, volver })
    expect(answer.location).toBe(volver)
  })

  it('never leads to another site', async () => {
    const volver = 'https://malo.example/tickets'
    const answer = await anonymous().post('/ingresar', { correo: emailOf('ana'), clave: PASSWORD, volver })
    expect(answer.location).toBe('/')
  })

  it('changes the id of the session, at signing in and at signing out', async () => {
    const client = await signIn(anonymous(), 'ana')
    const first = client.cookies.get('sesion')
    await signIn(client, 'ana')
    const second = client.cookies.get('sesion')
    expect(second).not.toBe(first)
    await client.post('/salir')
    expect(client.cookies.get('sesion')).not.toBe(second)
    const thief = anonymous()
    thief.cookies.set('sesion', second ?? '')
    expect((await thief.get('/tickets')).status).toBe(303)
  })

  it('sets a cookie that scripts and other sites do not get', async () => {
    const answer = await attempt(emailOf('ana'), PASSWORD)
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).not.toContain('Secure')
  })

  it('keeps only who signed in, when and with what, not what he may do', async () => {
    await as('ana')
    const { sess } = await db.prisma.session.findFirstOrThrow({
      where: { sess: { path: ['passport', 'user'], equals: cast.ids.ana } },
    })
    expect(Object.keys(sess as object).sort()).toEqual(['browser', 'cookie', 'passport', 'since'])
    expect((sess as { passport: object }).passport).toEqual({ user: cast.ids.ana })
  })
})

describe('a wrong sign-in', () => {
  it('gets the same answer whether account or password is wrong, and keeps the mail', async () => {
    const wrongs = await Promise.all([
      attempt(emailOf('sara'), 'otra clave'),
      attempt('nadie@ejemplo.test', 'otra clave'),
      attempt(emailOf('dario'), PASSWORD),
    ])
    const bodies = wrongs.map(({ body }) => body.replace(/value="[^"]*@ejemplo\.test"/, ''))
    expect(wrongs.map(({ status }) => status)).toEqual([422, 422, 422])
    expect(new Set(bodies).size).toBe(1)
    expect(bodies[0]).toContain('El correo o la contraseña no son correctos.')
    expect(wrongs[1]?.body).toContain('value="nadie@ejemplo.test"')
    expect(wrongs[0]?.body).not.toContain('otra clave')
  })

  it('takes the same time for an unknown account as for a wrong password', async () => {
    const time = async (correo: string) => {
      const before = process.hrtime.bigint()
      expect((await attempt(correo, 'otra clave')).status).toBe(422)
      return Number(process.hrtime.bigint() - before)
    }
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let turn = 0; turn < 9; turn++) {
      // Other accounts each time, so that no lock shortens the way.
      const person = (['marta', 'luis', 'pedro', 'mario', 'clara'] as const)[turn % 5] ?? 'luis'
      times.known.push(await time(emailOf(person)))
      times.unknown.push(await time(`nadie${turn}@ejemplo.test`))
    }
    // Whatever else the machine does only adds to a time. Without the decoy an unknown account answers in a small part of it.
    const ratio = Math.min(...times.unknown) / Math.min(...times.known)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
    await db.prisma.signInAttempt.deleteMany()
  })

  it.each([
    ['no mail', { correo: '', clave: 'x' }, 'Escriba su correo.'],
    ['no password', { correo: 'a@b.test', clave: '' }, 'Escriba su contraseña.'],
    ['a foreign key', { correo: 'a@b.test', clave: 'x', role: 'ADMINISTRADOR' }, 'datos que esta página no espera'],
  ])('with %s is shown again', async (_what, form, message) => {
    const answer = await anonymous().post('/ingresar', form)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
  })
})

describe('too many attempts', () => {
  it('lock the account for a time that grows, whoever asks, and a success ends the count', async () => {
    const fail = () => attempt(emailOf('carlos'), 'otra clave')
    const wait = async () => Number((await fail()).headers['retry-after'])
    for (let turn = 0; turn < 5; turn++) expect((await fail()).status).toBe(422)
    const locked = await attempt(emailOf('carlos'), PASSWORD)
    expect(locked.status).toBe(429)
    expect(locked.body).toContain('Espere un minuto')
    clock.advance({ seconds: 60 })
    expect((await fail()).status).toBe(422)
    expect(await wait()).toBe(120)
    clock.advance({ seconds: 120 })
    expect((await fail()).status).toBe(422)
    expect(await wait()).toBe(240)
    clock.advance({ seconds: 240 })
    expect((await attempt(emailOf('carlos'), PASSWORD)).status).toBe(303)
    expect((await fail()).status).toBe(422)
    await db.prisma.signInAttempt.deleteMany()
  })

  it('cannot be made faster by asking many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(emailOf('carlos'), 'otra clave')))
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
    await db.prisma.signInAttempt.deleteMany()
  })

  it('from one address on many accounts lock the address', async () => {
    for (let turn = 0; turn < 30; turn++) await attempt(`cuenta${turn}@ejemplo.test`, 'otra clave')
    expect((await attempt('otra@ejemplo.test', 'otra clave')).status).toBe(429)
    await db.prisma.signInAttempt.deleteMany()
  })
})

describe('a session', () => {
  it('ends when its user is deactivated', async () => {
    const mario = await signIn(anonymous(), 'mario')
    expect((await mario.get('/asignados')).status).toBe(200)
    await db.prisma.user.update({ where: { id: cast.ids.mario }, data: { active: false } })
    expect((await mario.get('/asignados')).location).toBe('/ingresar?volver=%2Fasignados')
    await db.prisma.user.update({ where: { id: cast.ids.mario }, data: { active: true } })
    expect((await mario.get('/asignados')).status).toBe(303)
  })

  it('knows a change of role and of permissions at the next request', async () => {
    const pedro = await signIn(anonymous(), 'pedro')
    const id = cast.ids.pedro
    expect((await pedro.get('/tickets/nuevo')).status).toBe(403)
    const key = { userId: id, permission: 'tickets.crear' }
    await db.prisma.userPermission.create({ data: { ...key, effect: 'CONCEDER' } })
    expect((await pedro.get('/tickets/nuevo')).status).toBe(200)
    await db.prisma.userPermission.update({ where: { userId_permission: key }, data: { effect: 'DENEGAR' } })
    expect((await pedro.get('/tickets/nuevo')).status).toBe(403)
    expect((await pedro.get('/tickets')).status).toBe(403)
    await db.prisma.user.update({ where: { id }, data: { role: 'SUPERVISOR' } })
    expect((await pedro.get('/tickets')).status).toBe(200)
  })

  const minutesLeft = async (userId: number) => {
    const { rows } = await db.pool.query(
      'SELECT extract(epoch FROM expire::timestamptz - now())::float8 / 60 AS left FROM session WHERE user_id = $1',
      [userId],
    )
    return rows[0].left
  }
  const leave = (userId: number, minutes: number) =>
    db.pool.query('UPDATE session SET expire = now() + make_interval(mins => $2) WHERE user_id = $1', [userId, minutes])

  it('lasts longer with what is done, is over when nothing was, and is not written for every page', async () => {
    const id = cast.ids.elena
    await db.prisma.session.deleteMany({ where: { userId: id } })
    const elena = await signIn(anonymous(), 'elena')
    await leave(id, 5)
    expect((await elena.get('/mis-tickets')).status).toBe(200)
    expect(await minutesLeft(id)).toBeGreaterThan(12 * 60 - 5)
    const { rows } = await db.pool.query('SELECT xmin FROM session WHERE user_id = $1', [id])
    await elena.get('/mis-tickets')
    expect((await db.pool.query('SELECT xmin FROM session WHERE user_id = $1', [id])).rows).toEqual(rows)
    await leave(id, -1)
    expect((await elena.get('/mis-tickets')).location).toBe('/ingresar?volver=%2Fmis-tickets')
  })
})

describe('a write', () => {
  it.each([
    ['from another origin', { origin: 'https://malo.example' }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from another subdomain', { 'sec-fetch-site': 'same-site' }],
    ['that does not say where it comes from', { origin: '' }],
  ])('%s is refused', async (_what, headers) => {
    const answer = await (await as('ana')).post('/salir', {}, headers)
    expect(answer.status).toBe(403)
    expect((await (await as('ana')).get('/tickets')).status).toBe(200)
  })
})
