import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import S3rver from 's3rver'
import { afterAll, describe, expect, it } from 'vitest'
import { type FileStorage, placeOf } from '../../src/platform/files.ts'
import { localStorage } from '../../src/platform/files-local.ts'
import { s3Storage } from '../../src/platform/files-s3.ts'
import { openStorage } from '../../src/start/storage.ts'

// Both storages keep the same promises.

const folder = mkdtempSync(join(tmpdir(), 'tickets-deposito-'))
const uploads = join(folder, 'uploads')
mkdirSync(uploads)
afterAll(() => rmSync(folder, { recursive: true }))

const bucket = await startBucket()
const storages: [string, FileStorage][] = [
  ['a folder', localStorage(uploads)],
  ['a bucket', bucket.storage],
]

async function startBucket() {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'adjuntos', configs: [] }],
  })
  const { port } = await server.run()
  const place = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'adjuntos',
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    region: 'us-east-1',
  }
  const storage = s3Storage(place)
  afterAll(async () => {
    storage.close()
    await server.close()
  })
  return { place, storage }
}

let serial = 0
function written(content: string) {
  const source = join(folder, `origen-${++serial}`)
  writeFileSync(source, content)
  return { source, name: `${createHash('sha256').update(content).digest('hex')}.${serial}` }
}

const all = async (names: AsyncIterable<string>) => {
  const listed: string[] = []
  for await (const name of names) listed.push(name)
  return listed
}
const soon = () => new Date(Date.now() + 60_000)
const longAgo = () => new Date(Date.now() - 60_000)

describe.each(storages)('%s', (_kind, storage) => {
  it('gives back what was put, whole and in parts, also when it was put twice', async () => {
    const { source, name } = written('Contenido con eñe')
    await storage.put(source, name)
    await storage.put(source, name)
    expect(existsSync(source)).toBe(true)
    expect(await text(await storage.open(name))).toBe('Contenido con eñe')
    expect(await text(await storage.open(name, { start: 3, end: 8 }))).toBe('tenido')
    expect(await storage.stat(name)).toEqual({ size: 18 })
  })

  it('keeps a file of many megabytes as it is', async () => {
    const { source, name } = written('0123456789abcdef'.repeat(1_000_000))
    await storage.put(source, name)
    const hash = createHash('sha256')
    for await (const chunk of await storage.open(name)) hash.update(chunk)
    expect(name.startsWith(hash.digest('hex'))).toBe(true)
  })

  it('knows nothing of a file that was removed or never put; removing it again does no harm', async () => {
    const { source, name } = written('Pasajero')
    await storage.put(source, name)
    await storage.remove(name)
    await storage.remove(name)
    expect(await storage.stat(name)).toBeNull()
    await expect(storage.open(name)).rejects.toThrow()
  })

  it('lists what was stored before a moment', async () => {
    const { source, name } = written('En la lista')
    await storage.put(source, name)
    expect(await all(storage.list(soon()))).toContain(name)
    expect(await all(storage.list(longAgo()))).not.toContain(name)
  })

  it.each(['../../etc/passwd', 'abc.1', `${'a'.repeat(64)}`, `${'a'.repeat(64)}.1/..`, ''])(
    'takes no other name than its own: "%s"',
    async name => {
      await expect(async () => storage.put(written('x').source, name)).rejects.toThrow('Not the name')
      await expect(async () => storage.open(name)).rejects.toThrow('Not the name')
      await expect(async () => storage.remove(name)).rejects.toThrow('Not the name')
    },
  )
})

describe('a folder', () => {
  it('keeps nothing of a copy that was cut off, and lists no strangers', async () => {
    const name = written('otro').name
    const place = join(uploads, placeOf(name), '..')
    mkdirSync(place, { recursive: true })
    const draft = join(place, '.escribiendo-1')
    const stranger = join(place, 'ajeno.txt')
    for (const file of [draft, stranger]) {
      writeFileSync(file, 'x')
      utimesSync(file, new Date(0), new Date(0))
    }
    const listed = await all(localStorage(uploads).list(longAgo()))
    expect(listed.filter(each => !/^[0-9a-f]{64}\.\d+$/.test(each))).toEqual([])
    expect([existsSync(draft), existsSync(stranger)]).toEqual([false, true])
  })
})

describe('opening the storage', () => {
  const open = (storage: Parameters<typeof openStorage>[0]['storage']) =>
    openStorage({ storage, dataDirectory: join(folder, 'data') })

  it('makes the folders', async () => {
    const { files, incoming } = await open({ kind: 'local', folder: join(folder, 'nueva', 'uploads') })
    expect([existsSync(incoming), existsSync(join(folder, 'nueva', 'uploads'))]).toEqual([true, true])
    const { source, name } = written('Primero')
    await files.put(source, name)
    expect(await text(await files.open(name))).toBe('Primero')
  })

  it('finds the bucket, and says so in Spanish when it cannot', async () => {
    await expect(open({ kind: 's3', ...bucket.place })).resolves.toBeDefined()
    await expect(open({ kind: 's3', ...bucket.place, bucket: 'no-existe' })).rejects.toThrow(
      'No se puede usar el depósito no-existe',
    )
  })

  it('says in Spanish that a folder cannot be written', async () => {
    const file = written('x').source
    await expect(open({ kind: 'local', folder: join(file, 'uploads') })).rejects.toThrow(
      'No se pueden guardar archivos',
    )
  })
})
