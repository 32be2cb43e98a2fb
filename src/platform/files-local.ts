import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type ByteRange, type FileStorage, isFileName, placeOf } from './files.ts'
import { errorCode } from './start-failure.ts'

const DRAFT = '.escribiendo-'

/** Files in a folder of this machine, or of a disk that several machines share. @param root absolute; it exists */
export function localStorage(root: string): FileStorage {
  const pathOf = (name: string) => join(root, placeOf(name))
  return {
    put: (source, name) => put(root, source, pathOf(name)),
    async open(name, range?: ByteRange) {
      // Opened before anything is answered: a missing file is an error, not a broken answer.
      const handle = await open(pathOf(name))
      return handle.createReadStream(range)
    },
    stat: name => stat(pathOf(name)).then(({ size }) => ({ size }), nullWhenMissing),
    remove: name => rm(pathOf(name), { force: true }),
    list: olderThan => list(root, olderThan),
  }
}

/** A copy is complete and flushed before it gets its name, so that no crash leaves half a file under one. */
async function put(root: string, source: string, path: string): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `${DRAFT}${randomUUID()}`)
  try {
    await copyFile(source, draft, constants.COPYFILE_EXCL)
    await flush(draft, 'r+')
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  // The names, too, of the file and of the two folders that may be new.
  for (const changed of [folder, dirname(folder), root]) await flush(changed, 'r')
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* list(root: string, olderThan: Date): AsyncGenerator<string> {
  for await (const path of filesBelow(root, 2)) {
    const found = await stat(path).catch(nullWhenMissing)
    if (!found || found.mtime >= olderThan) continue
    const name = basename(path)
    if (isFileName(name)) yield name
    else if (name.startsWith(DRAFT)) await rm(path, { force: true })
  }
}

async function* filesBelow(folder: string, levels: number): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && levels > 0) yield* filesBelow(path, levels - 1)
    else if (entry.isFile() && levels === 0) yield path
  }
}

function nullWhenMissing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw error
}
