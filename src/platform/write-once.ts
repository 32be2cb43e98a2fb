import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from './start-failure.ts'

/**
 * Writes a file that never changes afterwards, durably and all at once; of several writers one wins.
 * @returns what the file holds: `text`, or what was there before
 */
export function writeOnce(path: string, text: string, mode: number): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, text, { mode, flush: true })
  try {
    linkSync(draft, path)
    flushFolder(dirname(path))
    return text
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return readFileSync(path, 'utf8')
  } finally {
    rmSync(draft)
  }
}

/** Gives a finished folder its name, durably; of several writers one wins and the others' folders are removed. */
export function moveOnce(draft: string, path: string): void {
  try {
    renameSync(draft, path)
    flushFolder(dirname(path))
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error
    rmSync(draft, { recursive: true })
  }
}

function flushFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
