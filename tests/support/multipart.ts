import { randomBytes, randomUUID } from 'node:crypto'
import type { Answer, Client } from './client.ts'

/** A file as a browser sends it. */
export interface SentFile {
  /** In the header as it stands here, byte for byte, but for quotes and line breaks, which browsers escape. */
  name: string
  bytes: Buffer | string
  field?: string
  /** What the sender says it is. */
  type?: string
}

/** Sends a form with files as a page of the same origin would, with a key of its own. */
export function postFiles(
  client: Client,
  path: string,
  fields: Record<string, string | number>,
  files: SentFile[],
  headers: Record<string, string> = {},
): Promise<Answer> {
  const boundary = `----limite${randomBytes(12).toString('hex')}`
  const parts = [
    ...Object.entries({ envio: randomUUID(), ...fields }).map(([name, value]) =>
      part(boundary, `name="${name}"`, String(value)),
    ),
    ...files.map(({ name, bytes, field = 'adjuntos', type = 'application/octet-stream' }) => {
      const escaped = name.replace(/["\r\n]/g, sign => encodeURIComponent(sign))
      return part(boundary, `name="${field}"; filename="${escaped}"`, bytes, `Content-Type: ${type}\r\n`)
    }),
  ]
  const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])
  return client.postBody(path, body, { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers })
}

function part(boundary: string, disposition: string, content: Buffer | string, extra = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${extra}\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
}
