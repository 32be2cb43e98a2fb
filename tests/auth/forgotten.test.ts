import { afterEach, describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'
import { linkTo, mailsTo } from '../support/mails.ts'

const { anonymous, cast, clock, db } = await useApplication()

const ask = (correo: string) => anonymous().post('/clave-olvidada', { correo })

afterEach(async () => {
  await db.prisma.signInAttempt.deleteMany()
  await db.prisma.mail.deleteMany()
})

describe('whoever forgot his password', () => {
  it('finds the page from the one to sign in', async () => {
    expect((await anonymous().get('/ingresar')).body).toContain('href="/clave-olvidada"')
    expect((await anonymous().get('/clave-olvidada')).status).toBe(200)
  })

  it('is mailed a link that works, and signs in with what he chose', async () => {
    expect(await ask('  CLARA@ejemplo.test ')).toMatchObject({ status: 303, location: '/clave-olvidada/enviado' })
    const link = await linkTo(db, emailOf('clara'))
    const clave = 'siete gatos cruzan el puente'
    expect((await anonymous().post(link, { clave, repeticion: clave })).status).toBe(303)
    expect((await anonymous().post('/ingresar', { correo: emailOf('clara'), clave })).status).toBe(303)
  })

  it('keeps his password until he chose another', async () => {
    await ask(emailOf('luis'))
    expect((await anonymous().post('/ingresar', { correo: emailOf('luis'), clave: PASSWORD })).status).toBe(303)
  })

  it('who never had a password gets his invitation anew', async () => {
    const newcomer = { name: 'Nora Vidal', email: 'nora@ejemplo.test', role: 'AGENTE' as const }
    await db.prisma.user.create({ data: newcomer })
    await ask(newcomer.email)
    expect((await mailsTo(db, newcomer.email))[0]?.subject).toContain('Su cuenta en')
    const link = await db.prisma.accountLink.findFirst({ where: { email: newcomer.email } })
    expect(link?.purpose).toBe('INVITACION')
  })
})

describe('who has an account is told to nobody', () => {
  it('the answer is the same for known, unknown and inactive, and only the known is mailed', async () => {
    const answers = [await ask(emailOf('clara')), await ask('nadie@ejemplo.test'), await ask(emailOf('dario'))]
    const told = answers.map(({ status, location, body }) => ({ status, location, body }))
    expect(told).toEqual([told[0], told[0], told[0]])
    expect((await db.prisma.mail.findMany()).map(({ recipient }) => recipient)).toEqual([emailOf('clara')])
  })

  it('and takes the same time', async () => {
    const time = async (correo: string) => {
      const before = process.hrtime.bigint()
      await ask(correo)
      return Number(process.hrtime.bigint() - before) / 1e6
    }
    const known = [await time(emailOf('sara')), await time(emailOf('marta')), await time(emailOf('pedro'))]
    const unknown = [await time('a@ejemplo.test'), await time('b@ejemplo.test'), await time('c@ejemplo.test')]
    expect(Math.min(...known, ...unknown)).toBeGreaterThanOrEqual(399)
    const middle = (times: number[]) => times.sort((one, other) => one - other)[1] ?? 0
    expect(middle(known) / middle(unknown)).toBeGreaterThan(0.8)
    expect(middle(known) / middle(unknown)).toBeLessThan(1.25)
  })

  it('the audit names the known person, and nothing of what was typed for others', async () => {
    await ask(emailOf('mario'))
    await ask('nadie@ejemplo.test')
    const events = await db.prisma.auditEntry.findMany({ where: { kind: 'clave.olvidada' }, orderBy: { id: 'desc' } })
    expect(events[0]).toMatchObject({ actorId: null, subjectId: null, subjectName: null, changes: null })
    expect(events[1]).toMatchObject({ actorId: null, subjectId: cast.ids.mario, subjectName: 'Mario Ortega' })
    expect(JSON.stringify(events)).not.toContain('nadie')
  })
})

describe('asking again and again', () => {
  it.each([
    ['a known account', emailOf('clara')],
    ['an unknown one', 'nadie@ejemplo.test'],
  ])('for %s is stopped, but signing in is not', async (_what, correo) => {
    for (let turn = 0; turn < 3; turn++) expect((await ask(correo)).status).toBe(303)
    const stopped = await ask(correo)
    expect(stopped.status).toBe(429)
    expect(stopped.headers['retry-after']).toBe('60')
    expect((await anonymous().post('/ingresar', { correo, clave: 'otra clave' })).status).toBe(422)
    clock.advance({ seconds: 60 })
    expect((await ask(correo)).status).toBe(303)
  })

  it('from one address for many accounts is stopped', async () => {
    const answers = await Promise.all(Array.from({ length: 22 }, (_, turn) => ask(`cuenta${turn}@ejemplo.test`)))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2)
    expect((await anonymous().post('/ingresar', { correo: emailOf('ana'), clave: PASSWORD })).status).toBe(303)
  })

  it('is not hindered by failed sign-ins', async () => {
    for (let turn = 0; turn < 6; turn++) {
      await anonymous().post('/ingresar', { correo: emailOf('pedro'), clave: 'otra clave' })
    }
    expect((await ask(emailOf('pedro'))).status).toBe(303)
  })
})

it.each([
  ['nothing', ''],
  ['a text without @', 'sin arroba'],
  ['a text with a blank', 'a b@c'],
  ['a text with a control character', 'a\0@b.test'],
])('%s is no mail', async (_what, correo) => {
  const answer = await ask(correo)
  expect(answer.status).toBe(422)
  expect(answer.body).toContain('aria-invalid="true"')
})
