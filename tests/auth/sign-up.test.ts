import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { emailOf } from '../support/cast.ts'
import { linkTo, mailsTo } from '../support/mails.ts'

// Clients who ask for an account by themselves.

const { anonymous, cast, clock, db } = await useApplication()

const permit = (signUp: boolean) => db.prisma.settings.update({ where: { id: 1 }, data: { signUp } })
const ask = (correo: string, nombre = 'Olga Soto') => anonymous().post('/registro', { nombre, correo })
const STRONG = 'siete gatos cruzan el puente'
const chosen = { clave: STRONG, repeticion: STRONG }

beforeEach(() => permit(true))
afterEach(async () => {
  await db.prisma.signInAttempt.deleteMany()
  await db.prisma.mail.deleteMany()
})

describe('where it is switched off', () => {
  it('there is nothing, and no way to it', async () => {
    await ask('olga@ejemplo.test')
    const link = await linkTo(db, 'olga@ejemplo.test')
    await permit(false)
    for (const path of ['/registro', '/registro/enviado', link]) expect((await anonymous().get(path)).status).toBe(404)
    expect((await ask('otra@ejemplo.test')).status).toBe(404)
    expect((await anonymous().post(link, chosen)).status).toBe(404)
    expect((await anonymous().get('/ingresar')).body).not.toContain('/registro')
    expect(await db.prisma.user.count({ where: { email: 'olga@ejemplo.test' } })).toBe(0)
  })
})

describe('asking for an account', () => {
  it('makes none until the mailed link is followed, which makes a client who is in', async () => {
    expect((await anonymous().get('/ingresar')).body).toContain('href="/registro"')
    const email = 'rita@ejemplo.test'
    expect(await ask(` ${email.toUpperCase()}`, 'Rita  Mora')).toMatchObject({
      status: 303,
      location: '/registro/enviado',
    })
    expect(await db.prisma.user.count({ where: { email } })).toBe(0)
    const link = await linkTo(db, email)
    const rita = anonymous()
    expect((await rita.get(link)).body).toContain('Rita Mora')
    expect(await db.prisma.user.count({ where: { email } })).toBe(0)
    expect(await rita.post(link, chosen)).toMatchObject({ status: 303, location: '/' })
    expect((await rita.get('/mis-tickets')).status).toBe(200)
    const person = await db.prisma.user.findFirstOrThrow({ where: { email } })
    expect(person).toMatchObject({ name: 'Rita Mora', role: 'USUARIO', kind: 'CLIENTE', organizationId: null })
    const events = await db.prisma.auditEntry.findMany({
      where: { kind: { in: ['registro.pedido', 'cliente.creado'] } },
    })
    expect(events.at(-1)).toMatchObject({ kind: 'cliente.creado', actorId: person.id, subjectId: person.id })
    expect(events.some(({ kind, subjectId }) => kind === 'registro.pedido' && subjectId === null)).toBe(true)
  })

  it('is answered alike for a mail that has an account, whose owner is told so', async () => {
    const known = await ask(emailOf('clara'))
    const unknown = await ask('quien@ejemplo.test')
    const inactive = await ask(emailOf('dario'))
    const told = [known, unknown, inactive].map(({ status, location, body }) => ({ status, location, body }))
    expect(told).toEqual([told[0], told[0], told[0]])
    const [mail] = await mailsTo(db, emailOf('clara'))
    expect(mail?.text).toContain('Usted ya tiene una')
    expect(await linkTo(db, emailOf('clara'))).toBe('')
    expect((await mailsTo(db, emailOf('dario')))[0]?.text).toContain('está desactivada')
    expect(await linkTo(db, emailOf('dario'))).toBe('')
  })

  it('tells the owner of a mail nothing that a stranger wrote', async () => {
    await ask('olga@ejemplo.test', 'Gane dinero en https://malo.example')
    expect((await mailsTo(db, 'olga@ejemplo.test'))[0]?.text).not.toContain('malo.example')
  })

  it('again and again is stopped', async () => {
    for (let turn = 0; turn < 3; turn++) expect((await ask('olga@ejemplo.test')).status).toBe(303)
    expect((await ask('olga@ejemplo.test')).status).toBe(429)
  })

  it.each([
    [{ nombre: '', correo: 'a@b.test' }, 'Escriba su nombre.'],
    [{ nombre: 'Olga', correo: 'no es un correo' }, 'Escriba un correo válido'],
  ])('is refused without a name or a mail, and keeps what was typed', async (form, message) => {
    const answer = await anonymous().post('/registro', form)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain(`value="${form.correo}"`)
  })
})

describe('the link', () => {
  it('works once, also for two at once', async () => {
    await ask('sol@ejemplo.test')
    const link = await linkTo(db, 'sol@ejemplo.test')
    const answers = await Promise.all([anonymous().post(link, chosen), anonymous().post(link, chosen)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await anonymous().get(link)).status).toBe(404)
  })

  it('dies after a day, and when another was asked for', async () => {
    await ask('eva@ejemplo.test')
    const first = await linkTo(db, 'eva@ejemplo.test')
    await ask('eva@ejemplo.test')
    const second = await linkTo(db, 'eva@ejemplo.test')
    expect((await anonymous().get(first)).status).toBe(404)
    expect((await anonymous().get(second)).status).toBe(200)
    clock.advance({ days: 1 })
    expect((await anonymous().get(second)).body).toContain('Este enlace ya no sirve')
  })

  it('is of no use when the mail has got an account meanwhile, which stays as it is', async () => {
    await ask('ines@ejemplo.test')
    const link = await linkTo(db, 'ines@ejemplo.test')
    await db.prisma.user.create({ data: { name: 'Inés', email: 'ines@ejemplo.test', role: 'AGENTE' } })
    expect((await anonymous().post(link, chosen)).status).toBe(404)
    const person = await db.prisma.user.findFirstOrThrow({ where: { email: 'ines@ejemplo.test' } })
    expect(person).toMatchObject({ role: 'AGENTE', passwordHash: null })
  })

  it('takes no weak password', async () => {
    await ask('olga@ejemplo.test')
    const link = await linkTo(db, 'olga@ejemplo.test')
    const answer = await anonymous().post(link, { clave: 'olgasoto olgasoto', repeticion: 'olgasoto olgasoto' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('fácil de adivinar')
    expect(
      await db.prisma.user.count({
        where: { id: { gt: Math.max(...Object.values(cast.ids)) }, name: 'Olga Soto', email: 'olga@ejemplo.test' },
      }),
    ).toBe(0)
  })
})
