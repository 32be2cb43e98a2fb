import type { Readable } from 'node:stream'

/** The part of a file that is asked for, in bytes; both ends are included. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * Where files are kept, outside of everything that is served. A file never changes and its name never comes back once it was
 * removed: names are "<sha256>.<serial number>".
 */
export interface FileStorage {
  /** Keeps a copy of a local file; once this resolves, it survives a power cut. Again is harmless. */
  put(source: string, name: string): Promise<void>
  /** @throws when there is no such file */
  open(name: string, range?: ByteRange): Promise<Readable>
  /** @returns the size in bytes, or null when there is no such file */
  stat(name: string): Promise<{ size: number } | null>
  /** Of no effect when there is no such file. */
  remove(name: string): Promise<void>
  /** The names of the files that were stored before a moment. */
  list(olderThan: Date): AsyncIterable<string>
}

const NAME = /^[0-9a-f]{64}\.[1-9]\d*$/

/** Whether something that lies in the storage is one of our files. */
export const isFileName = (name: string): boolean => NAME.test(name)

/** "ab/cd/abcd….7": two levels keep folders small. @throws for what is not a name of ours */
export function placeOf(name: string): string {
  if (!isFileName(name)) throw new Error(`Not the name of a stored file: ${name}`)
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`
}
