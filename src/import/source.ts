import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Mapping } from './mapping.ts'
import { ImportRefused } from './refused.ts'

export interface Source {
  /** The text as UTF-8 bytes, unpacked. */
  bytes: AsyncIterable<Buffer>
  /** Bytes of the file as it lies on disk: size, and read until now. */
  bytesTotal: number
  bytesRead(): number
}

/**
 * Opens a file for reading from begin to end; gzip is known by its first bytes, not by its name.
 * @throws ImportRefused when it cannot be read, at once or while it is being read
 */
export async function openSource(file: string, encoding: Mapping['encoding']): Promise<Source> {
  const { size, magic } = await inspectSource(file)
  const raw = createReadStream(file)
  const unpacked: Readable = magic.startsWith('1f8b') ? pipeline(raw, createGunzip(), () => {}) : raw
  return { bytes: read(unpacked, file, encoding), bytesTotal: size, bytesRead: () => raw.bytesRead }
}

/**
 * Whether a file can be imported at all, as far as its first bytes tell.
 * @returns its size in bytes, and its first four bytes in hexadecimal
 * @throws ImportRefused when it cannot
 */
export async function inspectSource(file: string): Promise<{ size: number; magic: string }> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) =>
    refuse(file, error.code === 'ENOENT' ? 'no existe' : 'no se puede abrir; compruebe los permisos'),
  )
  try {
    const found = await inspect(handle, file)
    if (found.magic === '504b0304') refuse(file, 'parece un libro de Excel; guárdelo como CSV')
    if (/^(fffe|feff)/.test(found.magic)) refuse(file, 'está en UTF-16; guárdelo como CSV UTF-8')
    return found
  } finally {
    await handle.close()
  }
}

async function inspect(handle: FileHandle, file: string): Promise<{ size: number; magic: string }> {
  const stat = await handle.stat()
  if (!stat.isFile()) refuse(file, 'es una carpeta o un dispositivo')
  if (stat.size === 0) refuse(file, 'está vacío')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
  return { size: stat.size, magic: buffer.subarray(0, bytesRead).toString('hex') }
}

async function* read(stream: Readable, file: string, encoding: Mapping['encoding']): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      yield encoding === 'utf-8' ? chunk : fromWindows1252(chunk)
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    refuse(file, code.startsWith('Z_') ? 'está incompleto o dañado (gzip)' : 'no se puede seguir leyendo')
  }
}

function refuse(file: string, why: string): never {
  throw new ImportRefused(`El archivo ${file} ${why}.`)
}

// The 32 places where Windows-1252 is not Latin 1. TextDecoder would not do: Node 20 reads windows-1252 as Latin 1.
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function fromWindows1252(chunk: Buffer): Buffer {
  const text = chunk.toString('latin1').replace(/[\x80-\x9f]/g, char => windows1252.charAt(char.charCodeAt(0) - 0x80))
  return Buffer.from(text)
}
