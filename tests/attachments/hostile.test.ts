import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import type { Client } from '../support/client.ts'
import { postFiles, type SentFile } from '../support/multipart.ts'
import { bodies, type Case, MAX_BYTES, names } from './corpus.ts'

// What people send who mean harm, or know no better: each file with the answer that it must get.

const { as, cast, db, incoming, log, origin } = await useApplication()
await db.prisma.settings.update({ where: { id: 1 }, data: { attachmentMaxBytes: MAX_BYTES, attachmentMaxFiles: 3 } })
const clara = await as('clara')
const ticket = () => ({
  area: cast.areas.sistemas,
  categoria: cast.categories.red,
  asunto: 'Con archivos',
  descripcion: 'Lo que tardé en escribir',
})
const send = (files: SentFile[], headers = {}) => postFiles(clara, '/tickets', ticket(), files, headers)
const numberOf = (location: string) => Number(/\/mis-tickets\/(\d+)$/.exec(location)?.[1])
const attachmentsOf = (ticketNumber: number) =>
  db.prisma.attachment.findMany({ where: { logEntry: { ticketNumber } }, orderBy: { id: 'asc' } })
/** What was received is removed once it was answered. */
const nothingIsLeft = () => expect.poll(() => readdir(incoming)).toEqual([])
const counts = async () => [await db.prisma.ticket.count(), await db.prisma.storedFile.count()]

async function tryOut({ expected, ...file }: Case) {
  const before = await counts()
  const answer = await send([{ name: 'buena.txt', bytes: 'Una nota' }, file])
  if ('status' in expected) {
    expect(answer.status).toBe(expected.status)
    expect(answer.body).toContain(expected.says)
    expect(answer.body).toContain('Lo que tardé en escribir')
    expect(answer.body).toContain('elíjalos de nuevo')
    // Nothing of the whole submission is kept.
    expect(await counts()).toEqual(before)
  } else {
    expect(answer.status).toBe(303)
    const [, attachment] = await attachmentsOf(numberOf(answer.location))
    expect(attachment).toMatchObject({ name: expected.name, mediaType: expected.mediaType })
    const download = await clara.get(`/adjuntos/${attachment?.id}/x`)
    expect(download.bytes.equals(Buffer.from(file.bytes))).toBe(true)
    expect(download.headers).toMatchObject({
      'content-type': expected.mediaType,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect(download.headers['content-disposition']).toMatch(expected.shown ? /^inline; / : /^attachment; /)
  }
  await nothingIsLeft()
}

describe('the name of a file', () => {
  it.each(names)('with $what: $name', tryOut)
})

describe('the bytes of a file', () => {
  it.each(bodies)('$what as $name', tryOut)
})

describe('a submission', () => {
  it('with one file too many is refused, and says which', async () => {
    const before = await counts()
    const files = ['a', 'b', 'c', 'd'].map(name => ({ name: `${name}.txt`, bytes: name }))
    const answer = await send(files)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('«d.txt» sobra: se aceptan 3 archivos por envío.')
    expect(answer.body).not.toContain('«c.txt» sobra')
    expect(await counts()).toEqual(before)
    expect((await send(files.slice(0, 3))).status).toBe(303)
  })

  it('names every file that is refused and keeps the text, also when the text is wrong too', async () => {
    const files = [
      { name: 'grande.txt', bytes: 'a'.repeat(MAX_BYTES * 3) },
      { name: 'a.exe', bytes: 'MZ' },
    ]
    const answer = await postFiles(clara, '/tickets', { ...ticket(), asunto: '' }, files)
    expect(answer.status).toBe(413)
    for (const part of [
      '«grande.txt» pesa demasiado',
      '«a.exe» no es de un tipo',
      'Escriba el asunto',
      'Lo que tardé',
    ]) {
      expect(answer.body).toContain(part)
    }
    await nothingIsLeft()
  })

  it('with an empty file input, as browsers send it, is one without files', async () => {
    const answer = await send([{ name: '', bytes: '' }])
    expect(answer.status).toBe(303)
    expect(await attachmentsOf(numberOf(answer.location))).toEqual([])
  })

  it('with the same key and the same files is done once, and with other files is refused', async () => {
    const before = await db.prisma.ticket.count()
    const form = { ...ticket(), envio: randomUUID() }
    const sent = (bytes: string) => postFiles(clara, '/tickets', form, [{ name: 'a.txt', bytes }])
    const [first, second] = [await sent('una'), await sent('una')]
    expect(second).toMatchObject({ status: 303, location: first.location })
    expect(await attachmentsOf(numberOf(first.location))).toHaveLength(1)
    const other = await sent('otra')
    expect(other.status).toBe(422)
    expect(other.body).toContain('ya se había enviado con otro contenido')
    expect(await db.prisma.ticket.count()).toBe(before + 1)
  })

  it('in the other encoding works all the same', async () => {
    expect((await clara.post('/tickets', ticket())).status).toBe(303)
  })

  it.each([
    ['a file in another field', 422, [{ name: 'a.txt', bytes: 'a', field: 'otro' }]],
    ['500 files', 413, Array.from({ length: 501 }, () => ({ name: 'a.txt', bytes: 'a' }))],
  ])('with %s is refused with %i', async (_what, status, files) => {
    expect((await send(files)).status).toBe(status)
    await nothingIsLeft()
  })

  it.each([
    [
      'that breaks off',
      Buffer.from('--x\r\nContent-Disposition: form-data; name="adjuntos"; filename="a.txt"\r\n\r\nab'),
    ],
    ['that is none', Buffer.from('nada')],
    [
      'with a NUL in the name',
      Buffer.from('--x\r\nContent-Disposition: form-data; name="adjuntos"; filename="a\0.png"\r\n\r\nab\r\n--x--\r\n'),
    ],
  ])('%s is refused and leaves nothing', async (_what, body) => {
    const answer = await clara.postBody('/tickets', body, { 'content-type': 'multipart/form-data; boundary=x' })
    expect([400, 422]).toContain(answer.status)
    await nothingIsLeft()
  })

  it('is answered before it is read when its sender may not write there', async () => {
    const number = numberOf((await send([])).location)
    const answers = [
      await answerToBeginning('carlos', `/tickets/${number}/bitacora`),
      await answerToBeginning('luis', `/tickets/${number}/bitacora`),
      await answerToBeginning('luis', '/tickets'),
      await answerToBeginning('clara', '/tickets', 'https://otro.test'),
    ]
    expect(answers).toEqual([404, 404, 403, 403])
    expect(await readdir(incoming)).toEqual([])
  })

  it('never fills the disk beyond the limit of a file', async () => {
    const sent = beginning(clara, '/tickets', origin)
    // Flushed only once the other side has taken nearly all of it.
    await new Promise(flushed => sent.write(Buffer.alloc(30_000_000, 'a'), flushed))
    const [file = ''] = await readdir(incoming)
    expect((await stat(join(incoming, file))).size).toBeLessThanOrEqual(MAX_BYTES)
    sent.on('error', () => {}).destroy()
    await nothingIsLeft()
  })

  it('that is given up half-way leaves nothing', async () => {
    const request = beginning(await as('clara'), '/tickets', origin)
    await expect.poll(() => readdir(incoming)).toHaveLength(1)
    request.on('error', () => {}).destroy()
    await nothingIsLeft()
  })
})

/** Sends the beginning of a form with a file, and never its end. */
function beginning({ cookies }: Client, path: string, from: string) {
  const sent = request(new URL(path, origin), {
    method: 'POST',
    agent: false,
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      origin: from,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 5_000_000_000,
    },
  })
  sent.write('--x\r\nContent-Disposition: form-data; name="adjuntos"; filename="a.txt"\r\n\r\nab')
  return sent
}

async function answerToBeginning(person: Person, path: string, from = origin): Promise<number | undefined> {
  const sent = beginning(await as(person), path, from)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  sent.on('error', () => {}).destroy()
  return answer.statusCode
}

it('nothing of all this was a failure of ours', () => {
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([])
})
