import { beforeEach, describe, expect, it } from 'vitest'
import { findAccountLink, issueAccountLinks, useAccountLink } from '../../src/auth/account-links.ts'
import { sendAccountLinks } from '../../src/auth/account-mails.ts'
import { endSessions } from '../../src/auth/sessions.ts'
import { transaction } from '../../src/platform/db.ts'
import { sealOf } from '../../src/platform/seal.ts'
import { useApplication } from '../support/application.ts'
import { emailOf, type Person } from '../support/cast.ts'

const { as, cast, clock, db } = await useApplication()
const person = (who: Person) => ({ id: cast.ids[who], email: emailOf(who), name: who })

const issue = async (who: Person, purpose: 'INVITACION' | 'RESTABLECIMIENTO' = 'INVITACION') => {
  const [token = ''] = await transaction(db, tx => issueAccountLinks(tx, purpose, [person(who)], clock.now()))
  return token
}
const find = (token: string) => findAccountLink(db.prisma, token, clock.now())

describe('a link that lets somebody set a password', () => {
  beforeEach(async () => {
    await db.prisma.accountLink.deleteMany()
  })

  it('is random and kept as its hash only', async () => {
    const token = await issue('clara')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const [row] = await db.prisma.accountLink.findMany()
    expect(JSON.stringify(row)).not.toContain(token)
    expect((await find(token))?.user.name).toBe('Clara Solís')
    expect(await find(`${token.slice(0, -2)}xx`)).toBeNull()
  })

  it('works once, also when two follow it at once', async () => {
    const token = await issue('clara')
    const { tokenHash = '' } = (await find(token)) ?? {}
    const uses = [1, 2, 3].map(() => transaction(db, tx => useAccountLink(tx, tokenHash, clock.now())))
    expect((await Promise.all(uses)).filter(used => used)).toEqual([true])
    expect(await find(token)).toBeNull()
  })

  it.each([
    ['INVITACION', 72],
    ['RESTABLECIMIENTO', 2],
  ] as const)('of an %s expires in %i hours', async (purpose, hours) => {
    const token = await issue('clara', purpose)
    clock.advance({ minutes: hours * 60, seconds: -1 })
    expect(await find(token)).not.toBeNull()
    clock.advance({ seconds: 1 })
    expect(await find(token)).toBeNull()
  })

  it('dies when the mail changes, when the person is deactivated, and when a newer one is made', async () => {
    const where = { id: cast.ids.carlos }
    const first = await issue('carlos')
    await db.prisma.user.update({ where, data: { email: 'otro@ejemplo.test' } })
    expect(await find(first)).toBeNull()
    await db.prisma.user.update({ where, data: { email: emailOf('carlos'), active: false } })
    expect(await find(first)).toBeNull()
    await db.prisma.user.update({ where, data: { active: true } })
    expect(await find(first)).not.toBeNull()
    await issue('carlos')
    expect(await find(first)).toBeNull()
  })

  it('is mailed, sealed in the database', async () => {
    const seal = sealOf('el secreto', 'correo')
    const context = { publicUrl: 'https://soporte.ejemplo.test', seal }
    const [link = ''] = await transaction(db, tx =>
      sendAccountLinks(tx, context, 'INVITACION', [person('elena')], clock.now()),
    )
    const mail = await db.prisma.mail.findFirstOrThrow()
    const body = mail.body ?? new Uint8Array()
    expect(mail.recipient).toBe(emailOf('elena'))
    expect(link).toMatch(/^https:\/\/soporte\.ejemplo\.test\/acceso\/[\w-]{43}$/)
    expect(seal.open(body)).toContain(link)
    expect(Buffer.from(body).includes('acceso')).toBe(false)
    expect(sealOf('otro secreto', 'correo').open(body)).toBeNull()
    expect(sealOf('el secreto', 'otra cosa').open(body)).toBeNull()
  })
})

it('ends all sessions of somebody, or all but one', async () => {
  const clara = await as('clara')
  const luis = await as('luis')
  const sid = (await db.prisma.session.findFirstOrThrow({ where: { userId: cast.ids.luis } })).sid
  expect(await transaction(db, tx => endSessions(tx, [cast.ids.luis, cast.ids.clara], sid))).toBe(1)
  expect((await clara.get('/mis-tickets')).status).toBe(303)
  expect((await luis.get('/asignados')).status).toBe(200)
  expect(await transaction(db, tx => endSessions(tx, [cast.ids.luis]))).toBe(1)
  expect((await luis.get('/asignados')).status).toBe(303)
})
