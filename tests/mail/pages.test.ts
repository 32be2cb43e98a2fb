import { afterEach, describe, expect, it } from 'vitest'
import { mailSeal, queueMails } from '../../src/mail/queue.ts'
import { transaction } from '../../src/platform/db.ts'
import { SECRET, signIn, startApplication, useApplication } from '../support/application.ts'
import { Client } from '../support/client.ts'

// Administración → Correo: what the system wrote to people.

const { as, clock, db } = await useApplication()
const LINK = 'https://soporte.ejemplo.test/acceso/abc'

const write = async (recipient: string, subject = 'Su cuenta', secret = SECRET) => {
  const mails = [{ recipient, subject, body: `Hola, <b>${recipient}</b>:\n\n${LINK}` }]
  await transaction(db, tx => queueMails(tx, mailSeal(secret), clock.now(), mails))
  return (await db.prisma.mail.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}
const mark = (id: number, data: object) => db.prisma.mail.update({ where: { id }, data })
const page = async (path: string) => (await as('ana')).get(path)
/** To whom the mails of a page go, from the top. */
const recipientsOn = (body: string) => {
  const table = /<tbody>[\s\S]*<\/tbody>/.exec(body)?.[0] ?? ''
  return [...table.matchAll(/listing-note">(\w+@ejemplo\.test)/g)].map(match => match[1])
}

afterEach(() => db.prisma.mail.deleteMany())

describe('the list of mails', () => {
  it('is in the sidebar of whoever keeps the installation, and of nobody else', async () => {
    expect((await page('/tickets')).body).toContain('href="/administracion/correo"')
    expect((await (await as('sara')).get('/tickets')).body).not.toContain('/administracion/correo')
  })

  it('says what is here when there is nothing', async () => {
    expect((await page('/administracion/correo')).body).toContain('No hay mensajes')
  })

  it('shows the newest first, with what became of each', async () => {
    const sent = await write('ana@ejemplo.test')
    await mark(sent, { sentAt: clock.now(), body: null })
    clock.advance({ seconds: 1 })
    const failed = await write('luis@ejemplo.test')
    await mark(failed, { failure: 'El servidor de correo no contesta.' })
    clock.advance({ seconds: 1 })
    await write('sara@ejemplo.test')
    const { body } = await page('/administracion/correo')
    expect(recipientsOn(body)).toEqual(['sara@ejemplo.test', 'luis@ejemplo.test', 'ana@ejemplo.test'])
    for (const text of ['Enviado', 'Guardado', 'Falló', 'El servidor de correo no contesta.'])
      expect(body).toContain(text)
    expect(body).toContain('No hay un servidor de correo configurado')
    expect(body).not.toContain(LINK)
  })

  it('is narrowed by state and by any part of recipient and subject', async () => {
    const failed = await write('luis@ejemplo.test', 'Elija su contraseña')
    await mark(failed, { failure: 'El servidor de correo no contesta.' })
    await write('sara@ejemplo.test', 'Descuento del 100%')
    const found = async (query: string) => recipientsOn((await page(`/administracion/correo?${query}`)).body)
    expect(await found('estado=fallido')).toEqual(['luis@ejemplo.test'])
    expect(await found('estado=guardado')).toEqual(['sara@ejemplo.test'])
    expect(await found('buscar=CONTRASENA')).toEqual(['luis@ejemplo.test'])
    expect(await found('buscar=sara%40')).toEqual(['sara@ejemplo.test'])
    expect(await found('buscar=100%25')).toEqual(['sara@ejemplo.test'])
    expect(await found('buscar=%25')).toEqual(['sara@ejemplo.test'])
    expect(await found('buscar=_')).toEqual([])
    expect((await page('/administracion/correo?buscar=nadie')).body).toContain('Quitar filtros')
    expect(await found('estado=otra&siguiente=x&buscar=%00')).toHaveLength(2)
  })

  it('has pages, each mail on one of them', async () => {
    const subjects = Array.from({ length: 60 }, (_, index) => ({
      recipient: `p${index}@ejemplo.test`,
      subject: 'Hola',
      body: 'x',
    }))
    await transaction(db, tx => queueMails(tx, mailSeal(SECRET), clock.now(), subjects))
    const seen: (string | undefined)[] = []
    let path: string | undefined = '/administracion/correo'
    let last = ''
    while (path) {
      last = path
      const { body } = await page(path)
      seen.push(...recipientsOn(body))
      path = /href="([^"]*siguiente=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(new Set(seen).size).toBe(60)
    expect(seen).toHaveLength(60)
    const back = /href="([^"]*anterior=[^"]*)"/.exec((await page(last)).body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(recipientsOn((await page(back)).body)).toEqual(seen.slice(25, 50))
  })
})

describe('the page of a mail', () => {
  it('shows its text as text, so that it can be delivered by hand, and changes nothing', async () => {
    const id = await write('ana@ejemplo.test')
    const before = await db.prisma.mail.findMany()
    const { status, body, headers } = await page(`/administracion/correo/${id}`)
    expect(status).toBe(200)
    expect(body).toContain(LINK)
    expect(body).toContain('Hola, &lt;b&gt;')
    expect(body).toContain('entregue usted este mensaje')
    expect(headers['cache-control']).toBe('private, no-store')
    expect(await db.prisma.mail.findMany()).toEqual(before)
  })

  it('tells what became of it', async () => {
    const id = await write('ana@ejemplo.test')
    const path = `/administracion/correo/${id}`
    await mark(id, { failure: 'El servidor de correo no contesta.', attempts: 2 })
    expect((await page(path)).body).toContain('El servidor de correo no contesta. Se intentó 2 veces.')
    await mark(id, { body: null, nextAttemptAt: null })
    expect((await page(path)).body).toContain('se borró a las 72 horas')
    await mark(id, { sentAt: clock.now(), failure: null })
    expect((await page(path)).body).toContain('no se conserva después del envío')
  })

  it('says so when the text cannot be read any more', async () => {
    const id = await write('ana@ejemplo.test', 'Su cuenta', 'otro secreto')
    expect((await page(`/administracion/correo/${id}`)).body).toContain('se guardó con otro secreto')
  })

  it('exists only for mails that are there', async () => {
    for (const id of ['0', 'x', '999999', '99999999999']) {
      expect((await page(`/administracion/correo/${id}`)).status).toBe(404)
    }
  })
})

it('with a mail server, what was not sent yet is on its way', async () => {
  const config = {
    timeZone: 'UTC',
    trustProxy: 0,
    demonstration: false,
    publicUrl: 'https://soporte.ejemplo.test',
    smtpUrl: 'smtp://127.0.0.1:1',
  }
  const { origin, close } = await startApplication(db, { config })
  const ana = await signIn(new Client(origin), 'ana')
  const id = await write('ana@ejemplo.test')
  const list = (await ana.get('/administracion/correo')).body
  const { body } = await ana.get(`/administracion/correo/${id}`)
  await close()
  expect(list).toContain('Por enviar')
  expect(list).not.toContain('No hay un servidor de correo')
  expect(body).toContain('Saldrá en un momento.')
})
