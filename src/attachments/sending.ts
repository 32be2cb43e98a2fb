import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { ByteRange, FileStorage } from '../platform/files.ts'
import { isShown } from './kinds.ts'

/** A file on its way to somebody who may have it. */
export interface OutgoingFile {
  /** Its name in the storage. */
  stored: string
  sha256: string
  name: string
  mediaType: string
  /** In bytes. */
  size: number
}

/** Answers with a file, a part of it (206), or with the news that the asker has it already (304). */
export async function sendFile(files: FileStorage, req: Request, res: Response, file: OutgoingFile): Promise<void> {
  const etag = `"${file.sha256}"`
  res.set({
    ETag: etag,
    // Asked again each time, for who may see it may have changed; and no proxy packs it anew, which would break ranges.
    'Cache-Control': 'private, no-cache, no-transform',
    'Content-Type': file.mediaType,
    'Content-Disposition': dispositionOf(file),
    'X-Content-Type-Options': 'nosniff',
    // Were it opened as a page for all that, it would be nobody's: no scripts, no cookies, nothing loaded.
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Accept-Ranges': 'bytes',
  })
  if (req.fresh) return void res.status(304).end()
  const range = rangeOf(req, file.size, etag)
  if (range === 'unsatisfiable') return void res.status(416).set('Content-Range', `bytes */${file.size}`).end()
  if (range) res.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`)
  res.set('Content-Length', String(range ? range.end - range.start + 1 : file.size))
  if (req.method === 'HEAD') return void res.end()
  await stream(files, res, file.stored, range)
}

async function stream(files: FileStorage, res: Response, stored: string, range: ByteRange | undefined) {
  const source = await files.open(stored, range)
  try {
    await pipeline(source, res)
  } catch (error) {
    // Whoever asked went away in the middle; that is no failure of ours.
    if (!res.writableFinished && res.destroyed) return
    throw error
  }
}

/** One part only: several at once are answered with the whole, as RFC 9110 allows. */
function rangeOf(req: Request, size: number, etag: string): ByteRange | 'unsatisfiable' | undefined {
  const condition = req.get('if-range')
  if (condition !== undefined && condition !== etag) return undefined
  const ranges = req.range(size, { combine: true })
  if (ranges === -1) return 'unsatisfiable'
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined
  return ranges[0]
}

/** Both forms of the name of RFC 6266: plain ASCII for old programs, RFC 5987's for all others. */
function dispositionOf({ name, mediaType }: OutgoingFile): string {
  const plain = name.normalize('NFD').replace(/[^\x20-\x7e]|["\\%]/g, match => (/\p{M}/u.test(match) ? '' : '_'))
  const full = encodeURIComponent(name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${isShown(mediaType) ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${full}`
}
