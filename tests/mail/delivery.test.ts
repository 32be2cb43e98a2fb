import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type DeliveryContext, deliverMails } from '../../src/mail/delivery.ts'
import { forgetMails } from '../../src/mail/forget.ts'
import { openPostOffice } from '../../src/mail/post-office.ts'
import { mailSeal, queueMails } from '../../src/mail/queue.ts'
import { mailTransport } from '../../src/mail/transport.ts'
import { connect, transaction } from '../../src/platform/db.ts'
import { createClock } from '../support/application.ts'
import { useDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'

const { db, url } = await useDatabase()
const clock = createClock()
const seal = mailSeal('el secreto')
const silent = pino({ level: 'silent' })
const closers: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await db.prisma.mail.deleteMany()
})

const server = async (rules: Parameters<typeof startMailServer>[0] = {}) => {
  const started = await startMailServer(rules)
  closers.push(started.close)
  return started
}
const contextTo = (smtpUrl: string, given: Partial<DeliveryContext> = {}): DeliveryContext => ({
  db,
  clock,
  seal,
  send: mailTransport({ smtpUrl, mailFrom: 'soporte@ejemplo.test' }),
  ...given,
})
const queue = (...recipients: string[]) =>
  transaction(db, tx =>
    queueMails(
      tx,
      seal,
      clock.now(),
      recipients.map(recipient => ({ recipient, subject: 'Elija su contraseña', body: `Hola:\n\n${LINK}` })),
    ),
  )
const LINK = `https://soporte.ejemplo.test/acceso/${'a'.repeat(43)}`
const kept = () => db.prisma.mail.findMany({ orderBy: { id: 'asc' } })

describe('a mail that was queued', () => {
  it('arrives as it was written, and its text is not kept', async () => {
    const { url: smtpUrl, delivered } = await server()
    await queue('ana@ejemplo.test')
    await deliverMails(contextTo(smtpUrl))
    expect(delivered).toMatchObject([{ from: 'soporte@ejemplo.test', to: ['ana@ejemplo.test'] }])
    const [{ raw, text }] = delivered as [(typeof delivered)[0]]
    expect(text.replaceAll('\r\n', '\n').trim()).toBe(`Hola:\n\n${LINK}`)
    expect(raw).toMatch(/^Subject: =\?UTF-8\?Q\?Elija_su_contrase=C3=B1a\?=/m)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m)
    expect(raw).toMatch(/^Message-ID: <correo-\d+-\d+@ejemplo\.test>/m)
    expect(await kept()).toMatchObject([
      { sentAt: clock.now(), body: null, failure: null, attempts: 1, nextAttemptAt: null },
    ])
  })

  it('goes to one address, whatever that looks like', async () => {
    const { url: smtpUrl, delivered } = await server()
    await queue('ana,otra@ejemplo.test')
    await deliverMails(contextTo(smtpUrl))
    expect(delivered.flatMap(({ to }) => to)).not.toContain('otra@ejemplo.test')
  })

  it('goes out as soon as its transaction commits, once, by one of two processes', async () => {
    const { url: smtpUrl, delivered } = await server()
    const processes = [connect(url), connect(url)]
    const offices = processes.map(each => openPostOffice(contextTo(smtpUrl, { db: each }), silent))
    closers.push(...processes.map(each => each.close), ...offices.map(each => each.close))
    const recipients = Array.from({ length: 40 }, (_, index) => `persona${index}@ejemplo.test`)
    await vi.waitUntil(async () => (await listeners()) === 2, { timeout: 10_000 })
    await queue(...recipients)
    await vi.waitFor(async () => expect(await db.prisma.mail.count({ where: { sentAt: null } })).toBe(0), {
      timeout: 30_000,
    })
    expect(delivered.flatMap(({ to }) => to).sort()).toEqual(recipients.sort())
  })

  it('goes out although the connection that listens was lost', async () => {
    const { url: smtpUrl, delivered } = await server()
    const other = connect(url)
    const office = openPostOffice(contextTo(smtpUrl, { db: other }), silent)
    closers.push(other.close, office.close)
    await vi.waitUntil(async () => (await listeners()) === 1, { timeout: 10_000 })
    await db.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${LISTENING}`)
    await queue('ana@ejemplo.test')
    await vi.waitFor(() => expect(delivered).toHaveLength(1), { timeout: 30_000 })
  })

  it('goes nowhere when its transaction is rolled back', async () => {
    const { url: smtpUrl, delivered } = await server()
    const failing = transaction(db, async tx => {
      await queueMails(tx, seal, clock.now(), [{ recipient: 'ana@ejemplo.test', subject: 'Nada', body: 'Nada' }])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await deliverMails(contextTo(smtpUrl))
    expect(delivered).toEqual([])
  })
})

const LISTENING = `datname = current_database() AND query LIKE 'LISTEN %'`
const listeners = async () => (await db.pool.query(`SELECT FROM pg_stat_activity WHERE ${LISTENING}`)).rowCount

describe('when it does not work', () => {
  it('waits longer each time while the server is down, and arrives when it is up again', async () => {
    const down = await startMailServer()
    await down.close()
    const context = contextTo(down.url)
    await queue('ana@ejemplo.test', 'luis@ejemplo.test')
    await deliverMails(context)
    // One mail showed that nobody is there: the other waits without being tried.
    expect((await kept()).map(({ attempts, failure }) => [attempts, failure])).toEqual([
      [1, 'El servidor de correo no contesta.'],
      [0, null],
    ])
    clock.advance({ seconds: 59 })
    await deliverMails(context)
    await deliverMails(context)
    expect((await kept()).map(({ attempts }) => attempts)).toEqual([1, 1])
    clock.advance({ seconds: 1 })
    await deliverMails(context)
    const [first] = await kept()
    expect(first).toMatchObject({ attempts: 2, nextAttemptAt: new Date(clock.now().getTime() + 120_000) })
    const { delivered } = await server({ port: down.port })
    clock.advance({ minutes: 2 })
    await deliverMails(context)
    expect(delivered.flatMap(({ to }) => to).sort()).toEqual(['ana@ejemplo.test', 'luis@ejemplo.test'])
    expect(await kept()).toMatchObject([
      { failure: null, body: null },
      { failure: null, body: null },
    ])
  })

  it('is given up after a day', async () => {
    const down = await startMailServer()
    await down.close()
    await queue('ana@ejemplo.test')
    for (let turn = 0; turn < 40; turn++) {
      await deliverMails(contextTo(down.url))
      clock.advance({ minutes: 60 })
    }
    const [mail] = await kept()
    expect(mail?.nextAttemptAt).toBeNull()
    expect(mail?.body).not.toBeNull()
    expect(mail?.attempts).toBeGreaterThan(20)
    expect(mail?.attempts).toBeLessThan(27)
  })

  it('is not tried again for a recipient whom the server refuses; the others get theirs', async () => {
    const refuse = (recipient: string) => (recipient.startsWith('nadie') ? 550 : undefined)
    const { url: smtpUrl, delivered } = await server({ refuse })
    await queue('nadie@ejemplo.test', 'ana@ejemplo.test')
    await deliverMails(contextTo(smtpUrl))
    expect(delivered.flatMap(({ to }) => to)).toEqual(['ana@ejemplo.test'])
    const [refused] = await kept()
    expect(refused).toMatchObject({ failure: 'El servidor de correo no acepta al destinatario (550).', sentAt: null })
    expect(refused?.nextAttemptAt).toBeNull()
  })

  it('is tried again where the server only asks to wait', async () => {
    let busy = true
    const { url: smtpUrl, delivered } = await server({ refuse: () => (busy ? 451 : undefined) })
    await queue('ana@ejemplo.test')
    await deliverMails(contextTo(smtpUrl))
    expect(await kept()).toMatchObject([{ failure: 'El servidor de correo pidió esperar (451).' }])
    busy = false
    clock.advance({ minutes: 1 })
    await deliverMails(contextTo(smtpUrl))
    expect(delivered).toHaveLength(1)
  })

  it('is due again when the process that had taken it died', async () => {
    const { url: smtpUrl, delivered } = await server()
    await queue('ana@ejemplo.test')
    // Never settles, as if the process had gone in between.
    void deliverMails(contextTo(smtpUrl, { send: () => new Promise(() => {}) }))
    await expect.poll(async () => (await kept())[0]?.attempts).toBe(1)
    await deliverMails(contextTo(smtpUrl))
    expect(delivered).toEqual([])
    clock.advance({ minutes: 10 })
    await deliverMails(contextTo(smtpUrl))
    expect(delivered).toHaveLength(1)
  })

  it('says so when the text was sealed with another secret', async () => {
    const { url: smtpUrl } = await server()
    await queue('ana@ejemplo.test')
    await deliverMails(contextTo(smtpUrl, { seal: mailSeal('otro secreto') }))
    const [mail] = await kept()
    expect(mail?.failure).toContain('otro secreto de sesiones')
    expect(mail?.nextAttemptAt).toBeNull()
  })
})

it('the text of what never went out is kept for 72 hours, and then removed', async () => {
  await queue('ana@ejemplo.test')
  clock.advance({ minutes: 72 * 60, seconds: -1 })
  expect(await forgetMails({ db, clock })).toBe(0)
  clock.advance({ seconds: 1 })
  expect(await forgetMails({ db, clock })).toBe(1)
  expect(await kept()).toMatchObject([{ body: null, nextAttemptAt: null, sentAt: null }])
})
