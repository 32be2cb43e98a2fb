import { createHash, randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { FileStorage } from '../platform/files.ts'
import { fileLimitsOf, readSettings } from '../settings/queries.ts'
import { LOCALE } from '../web/format.ts'
import type { FileLimits, ReceivedFile } from '../web/uploads.ts'
import { type AcceptedFile, inspect, type RefusedFile } from './inspect.ts'
import { storedName } from './stored.ts'

/** What files are kept with. */
export interface KeepingContext {
  db: Database
  clock: Clock
  files: FileStorage
}

/** A file in the storage that waits for the entry which will name it. */
export interface KeptFile {
  storedFileId: number
  thumbnailFileId: number | null
  sha256: string
  name: string
  size: number
  mediaType: string
  width: number | null
  height: number | null
}

/** The limits that are in effect now. */
export async function readLimits(db: Pick<Database, 'pool'>): Promise<FileLimits> {
  return fileLimitsOf(await readSettings(db))
}

/** Looks at every received file, without keeping any. @param locale of the sizes in what is said of refused ones */
export async function inspectFiles(db: Pick<Database, 'pool'>, received: readonly ReceivedFile[], locale = LOCALE) {
  const accepted: AcceptedFile[] = []
  const refused: RefusedFile[] = []
  if (received.length === 0) return { accepted, refused }
  const limits = await readLimits(db)
  for (const file of received) {
    const verdict = await inspect(file, limits, locale)
    if ('accepted' in verdict) accepted.push(verdict.accepted)
    else refused.push(verdict.refused)
  }
  return { accepted, refused }
}

/** Stores files durably. Before the transaction that names them: what no entry names in the end is swept later. */
export async function keepFiles(context: KeepingContext, accepted: readonly AcceptedFile[]): Promise<KeptFile[]> {
  const kept: KeptFile[] = []
  for (const { name, path, size, sha256, mediaType, picture } of accepted) {
    kept.push({
      storedFileId: await store(context, path, sha256),
      thumbnailFileId: picture && (await storeThumbnail(context, dirname(path), picture.thumbnail)),
      ...{ sha256, name, size, mediaType },
      width: picture?.width ?? null,
      height: picture?.height ?? null,
    })
  }
  return kept
}

/** @returns the id of the row that stands for the bytes; the same for the same bytes as long as it lives */
async function store({ db, clock, files }: KeepingContext, path: string, sha256: string): Promise<number> {
  const touchedAt = clock.now()
  const { id } = await db.prisma.storedFile.upsert({
    where: { sha256 },
    create: { sha256, touchedAt },
    update: { touchedAt },
    select: { id: true },
  })
  // Also when the row was there: whoever made it may have been cut off before he wrote the file.
  await files.put(path, storedName({ id, sha256 }))
  return id
}

async function storeThumbnail(context: KeepingContext, folder: string, bytes: Buffer): Promise<number> {
  const path = join(folder, randomUUID())
  try {
    await writeFile(path, bytes, { mode: 0o600 })
    return await store(context, path, createHash('sha256').update(bytes).digest('hex'))
  } finally {
    await rm(path, { force: true })
  }
}
