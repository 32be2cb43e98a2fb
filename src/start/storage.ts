import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import type { FileStorage } from '../platform/files.ts'
import { localStorage } from '../platform/files-local.ts'
import { errorCode, StartFailure } from '../platform/start-failure.ts'
import { writeOnce } from '../platform/write-once.ts'

/** Where attachments are kept, and the folder in which they are received. */
interface OpenStorage {
  files: FileStorage
  incoming: string
  /** The same for everybody who keeps attachments in this place, whatever he calls it. */
  place: string
}

/** Makes what is missing and tries what is there. @throws StartFailure when attachments could not be kept */
export async function openStorage({
  storage,
  dataDirectory,
}: Pick<Config, 'storage' | 'dataDirectory'>): Promise<OpenStorage> {
  const incoming = join(dataDirectory, 'entrantes')
  await usable(incoming, 'DATA_DIR')
  if (storage.kind === 's3') return { files: await openBucket(storage), incoming, place: `s3 ${storage.bucket}` }
  await usable(storage.folder, 'UPLOADS_DIR')
  const place = writeOnce(join(storage.folder, '.identidad'), randomUUID(), 0o600)
  return { files: localStorage(storage.folder), incoming, place }
}

async function usable(folder: string, variable: string): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true })
    // Nobody else has business in there; PostgreSQL, which may run as another account, does in the folder above.
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new StartFailure(
      `No se pueden guardar archivos en ${folder} (${errorCode(error) ?? error}); dé permiso de escritura o corrija ${variable}.`,
    )
  }
}

async function openBucket(place: Extract<Config['storage'], { kind: 's3' }>): Promise<FileStorage> {
  // Only when it is wanted: the library is large and slow to load.
  const { s3Storage } = await import('../platform/files-s3.ts')
  const bucket = s3Storage(place)
  try {
    await bucket.check()
    return bucket
  } catch (error) {
    const reason = errorCode(error) ?? (error instanceof Error ? error.name : error)
    throw new StartFailure(
      `No se puede usar el depósito ${place.bucket} de ${place.endpoint} (${reason}); revise las variables S3_*.`,
      { cause: error },
    )
  }
}
