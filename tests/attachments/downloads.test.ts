import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inspectFiles, keepFiles } from '../../src/attachments/keep.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { attachmentOf, picture, received } from '../support/attachments.ts'

// Who gets what hangs on a ticket, and how it is sent.

const application = await useApplication()
const { anonymous, as, cast, clock, db, viewer } = application

const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'Asunto', description: 'Texto' }
const photo = await picture(1200, 800, 'jpeg')
const { accepted } = await inspectFiles(db, [await received(application, 'Año ñ "1" (a).jpg', photo)])
const number = await createTicket({ db, clock }, await viewer('clara'), input, await keepFiles(application, accepted))
const { id: own } = await db.prisma.attachment.findFirstOrThrow()
const open = await attachmentOf(application, 'ana', number, { name: 'abierta.txt', bytes: Buffer.from('Para todos') })
const internal = await attachmentOf(application, 'ana', number, { visibility: 'INTERNA', name: 'interna.png' })

const forms = (id: number) => [
  `/adjuntos/${id}/interna.png`,
  `/adjuntos/${id}/otro%20nombre.txt`,
  `/adjuntos/${id}/..%2F..%2Finterna.png`,
  `/adjuntos/${id}/interna.png?x=1`,
  `/adjuntos/${id}/interna.png/`,
  `/adjuntos/${id}/miniatura`,
  `/adjuntos/${id}/miniatura/`,
  `/adjuntos/${id}/Miniatura`,
  `/adjuntos/./${id}/interna.png`,
  `/adjuntos/${id}`,
  `/adjuntos/0${id}/interna.png`,
  `/adjuntos/${id}.0/interna.png`,
  `/adjuntos/+${id}/interna.png`,
  `/adjuntos/%20${id}/interna.png`,
  `/Adjuntos/${id}/interna.png`,
]

describe('what hangs on an internal note', () => {
  it.each(forms(internal))('does not exist for the requester at %s', async path => {
    const clara = await as('clara')
    const { sha256 } = await db.prisma.storedFile.findFirstOrThrow({ where: { attached: { some: { id: internal } } } })
    for (const headers of [{}, { range: 'bytes=0-1' }, { 'if-none-match': `"${sha256}"` }]) {
      expect((await clara.get(path, headers as Record<string, string>)).status).toBe(404)
      expect((await clara.send('HEAD', path, null, headers as Record<string, string>)).status).toBe(404)
    }
  })

  it('exists for those who work on the ticket, and only for them', async () => {
    const status = async (person: 'ana' | 'sara' | 'marta' | 'luis' | 'elena') =>
      (await (await as(person)).get(`/adjuntos/${internal}/interna.png`)).status
    expect([await status('ana'), await status('sara')]).toEqual([200, 200])
    expect([await status('marta'), await status('luis'), await status('elena')]).toEqual([404, 404, 404])
    expect((await anonymous().get(`/adjuntos/${internal}/interna.png`)).location).toMatch(/^\/ingresar/)
  })

  it('is not mentioned on the page of the requester', async () => {
    const page = (await (await as('clara')).get(`/mis-tickets/${number}`)).body
    expect(page).toContain('abierta.txt')
    expect(page).not.toContain('interna.png')
    expect((await (await as('sara')).get(`/tickets/${number}`)).body).toContain('interna.png')
  })
})

describe('the ticket’s own attachment', () => {
  it('exists for whoever sees the ticket', async () => {
    for (const [person, status] of [
      ...(['clara', 'ana', 'sara'] as const).map(each => [each, 200] as const),
      ...(['carlos', 'elena', 'luis', 'marta'] as const).map(each => [each, 404] as const),
    ]) {
      for (const path of [`/adjuntos/${own}/x`, `/adjuntos/${own}/miniatura`]) {
        expect((await (await as(person)).get(path)).status, `${person} at ${path}`).toBe(status)
      }
    }
  })

  it('is shown with the description, once, with its size, measures and name', async () => {
    const page = (await (await as('clara')).get(`/mis-tickets/${number}`)).body
    const [about, log] = page.split('id="bitacora"')
    expect(about).toMatch(/src="\/adjuntos\/\d+\/miniatura" width="160" height="107"/)
    expect(about).toContain('Año ñ _1_ (a).jpg')
    expect(about).toMatch(/[\d,]+ KB/)
    expect(log).not.toContain('Año')
  })

  it('is what was sent, byte for byte, and shown by the browser under its own name', async () => {
    const answer = await (await as('clara')).get(`/adjuntos/${own}/x`)
    expect(answer.bytes.equals(photo)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(photo.length),
      'content-disposition': `inline; filename="Ano n _1_ (a).jpg"; filename*=UTF-8''A%C3%B1o%20%C3%B1%20_1_%20%28a%29.jpg`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache, no-transform',
      etag: `"${createHash('sha256').update(photo).digest('hex')}"`,
    })
  })

  it('has a small picture without what the camera wrote', async () => {
    const answer = await (await as('clara')).get(`/adjuntos/${own}/miniatura`)
    expect(answer.headers['content-type']).toBe('image/webp')
    expect(answer.bytes.subarray(8, 12).toString()).toBe('WEBP')
    expect(answer.bytes.length).toBeLessThan(photo.length)
  })

  it('is vouched for by the entry', async () => {
    const entry = await db.prisma.logEntry.findFirstOrThrow({ where: { ticketNumber: number, kind: 'CREACION' } })
    expect(entry.changes).toEqual({
      status: [null, 'REGISTRADO'],
      files: [createHash('sha256').update(photo).digest('hex')],
    })
  })
})

it('has no small picture of what is no picture', async () => {
  expect((await (await as('clara')).get(`/adjuntos/${open}/miniatura`)).status).toBe(404)
})

describe('a part of a file', () => {
  const get = async (headers: Record<string, string>) => (await as('clara')).get(`/adjuntos/${open}/a.txt`, headers)

  it.each([
    ['bytes=0-3', 206, 'Para', 'bytes 0-3/10'],
    ['bytes=5-', 206, 'todos', 'bytes 5-9/10'],
    ['bytes=-5', 206, 'todos', 'bytes 5-9/10'],
    ['bytes=5-100', 206, 'todos', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=0-1,4-5', 200, 'Para todos', undefined],
    ['bytes=nada', 200, 'Para todos', undefined],
    ['lineas=0-1', 200, 'Para todos', undefined],
  ])('%s: %i "%s"', async (range, status, body, contentRange) => {
    const answer = await get({ range })
    expect(answer).toMatchObject({ status, body })
    expect(answer.headers['content-range']).toBe(contentRange)
    if (status !== 416) expect(answer.headers['content-length']).toBe(String(body.length))
  })

  it('is only sent of the version that the asker has', async () => {
    const etag = String((await get({})).headers.etag)
    expect((await get({ range: 'bytes=0-3', 'if-range': etag })).status).toBe(206)
    expect((await get({ range: 'bytes=0-3', 'if-range': '"otra"' })).body).toBe('Para todos')
  })

  it('is not sent to whoever has it all', async () => {
    const etag = String((await get({})).headers.etag)
    expect(await get({ 'if-none-match': etag })).toMatchObject({ status: 304, body: '' })
    expect((await get({ 'if-none-match': '"otra"' })).status).toBe(200)
  })

  it('is not packed on the way', async () => {
    const answer = await get({ 'accept-encoding': 'gzip, br' })
    expect(answer.headers['content-encoding']).toBeUndefined()
  })
})

describe('the database', () => {
  const data = { name: 'a.txt', size: 1n, mediaType: 'text/plain', createdAt: clock.now() }

  it('lets nobody hang a file on an entry that is there already', async () => {
    const [entry, file] = [await db.prisma.logEntry.findFirstOrThrow(), await db.prisma.storedFile.findFirstOrThrow()]
    const later = db.prisma.attachment.create({ data: { ...data, logEntryId: entry.id, storedFileId: file.id } })
    await expect(later).rejects.toThrow('was written before')
  })

  it('lets nobody change or remove an attachment, nor the file that it names', async () => {
    await expect(db.prisma.attachment.update({ where: { id: own }, data: { name: 'b.txt' } })).rejects.toThrow(
      'append-only',
    )
    await expect(db.prisma.attachment.delete({ where: { id: own } })).rejects.toThrow('append-only')
    await expect(db.prisma.storedFile.deleteMany({ where: { attached: { some: { id: own } } } })).rejects.toThrow()
  })
})
