import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import multer, { MulterError } from 'multer'
import { errorCode } from '../platform/start-failure.ts'
import { InvalidForm, TooLarge } from './errors.ts'

/** Which files a form takes; they lie in a temporary folder until its handler is done. */
export interface UploadRules {
  /** The name of the file field; files in another field are refused. */
  field: string
  /** Where files are received; made when it is missing. */
  folder: string
  /** Read anew for each form. */
  limits: () => Promise<UploadLimits>
}

export interface UploadLimits {
  /** Of one file, in bytes. */
  maxBytes: number
  /** Of one form. */
  maxFiles: number
}

/** The same, with the kinds of files that are let in. */
export interface FileLimits extends UploadLimits {
  extensions: readonly string[]
}

/** A file as it came: nothing that is said of it was checked but its size. */
export interface ReceivedFile {
  /** As the sender calls it, with whatever that holds. */
  name: string
  /** Where the bytes lie; null for what was over a limit and is not kept. */
  path: string | null
  /** In bytes, counted even beyond the limit. */
  size: number
  /** Of the bytes, in hexadecimal. */
  sha256: string
  /** The limit that it is over. */
  over: 'size' | 'count' | null
}

const MOST_PARTS = 500

/** Receives a multipart form: texts into req.body, files into the folder. Another kind of form goes on untouched. */
export function receiveFiles(rules: UploadRules): RequestHandler {
  return async (req, res, next) => {
    const limits = await rules.limits()
    await mkdir(rules.folder, { recursive: true, mode: 0o700 })
    const receive = multer({
      storage: storageOf(rules.folder, limits),
      // Names come as they are: what is dropped of them is decided in one place.
      preservePath: true,
      defParamCharset: 'utf8',
      limits: { fieldSize: 256 * 1024, fieldNameSize: 100, parts: MOST_PARTS },
      fileFilter: (_req, { fieldname }, decide) =>
        fieldname === rules.field
          ? decide(null, true)
          : decide(new InvalidForm('', 'El formulario trae archivos que esta página no espera.')),
    })
    receive.any()(req, res, error => next(error && translated(error)))
  }
}

/** What a form's files were received as, in the order of the form. */
export const receivedFiles = (req: Request): ReceivedFile[] =>
  ((req.files ?? []) as unknown as (ReceivedFile & { originalname: string })[]).map(file => ({
    name: file.originalname,
    path: file.path,
    size: file.size,
    sha256: file.sha256,
    over: file.over,
  }))

/** Removes what was received; what is to stay has been copied by then. */
export async function discardFiles(files: readonly ReceivedFile[]): Promise<void> {
  for (const { path } of files) if (path) await rm(path, { force: true })
}

/** A script that shows how far a form is cannot see where a redirect leads: it asks for that in an empty answer. */
export function tellDestination(req: Request, res: Response): void {
  if (req.get('x-destino') === undefined) return
  const tell = (_status: number, url: string) => void res.status(204).location(url).end()
  res.redirect = tell as Response['redirect']
}

/** A file over a limit is read to its end all the same: only so does the sender see the page that says so. */
function storageOf(folder: string, { maxBytes, maxFiles }: UploadLimits): multer.StorageEngine {
  let count = 0
  return {
    _handleFile(_req, file, done) {
      count++
      const tooMany = count > maxFiles
      receive(file.stream, join(folder, randomUUID()), tooMany ? 0 : maxBytes)
        .then(({ path, size, sha256 }) => {
          const over = tooMany ? 'count' : size > maxBytes ? 'size' : null
          done(null, { path, size, sha256, over } as never)
        })
        .catch(done)
    },
    _removeFile(_req, { path }, done) {
      rm(path ?? '', { force: true }).then(() => done(null), done)
    },
  }
}

/** @param most bytes that are kept; of a longer file nothing is */
async function receive(stream: Readable, path: string, most: number) {
  const hash = createHash('sha256')
  let size = 0
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      size += chunk.length
      if (size > most) continue
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(stream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  if (size > most) await rm(path, { force: true })
  return { path: size > most ? null : path, size, sha256: hash.digest('hex') }
}

function translated(error: unknown): unknown {
  if (error instanceof InvalidForm) return error
  if (error instanceof MulterError && error.code.startsWith('LIMIT_')) {
    return new TooLarge('El envío trae más datos de los que esta página admite. Acorte el texto o quite archivos.')
  }
  // The system's own complaints (a full disk) are ours; whatever else goes wrong is a broken form.
  return errorCode(error)?.match(/^E[A-Z]+$/) ? error : Object.assign(new Error('broken form'), { status: 400 })
}
