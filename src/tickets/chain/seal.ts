import { hash } from 'node:crypto'

/** An entry of a bitácora with everything that its link of the chain covers, and that link as it is stored. */
export interface SealedEntry {
  id: number
  ticketNumber: number
  seq: number
  kind: string
  visibility: string
  authorId: number | null
  ticketVersion: number
  /** Milliseconds since 1970, in digits. */
  createdAt: string
  text: string
  /** PostgreSQL's own text of the jsonb. */
  changes: string | null
  hash: Buffer
}

/** What the first entry of a ticket follows. */
export const chainStart = (ticketNumber: number): Buffer => sha256(Buffer.from(`ticket ${ticketNumber}`))

/**
 * The link of an entry that follows `head`: the same as the trigger log_entries_seal computes, once more here, so that a
 * trigger or a function that somebody replaced in the database does not hide anything.
 */
function linkAfter(head: Buffer, entry: SealedEntry): Buffer {
  const line = [
    'v1',
    entry.id,
    entry.ticketNumber,
    entry.kind,
    entry.visibility,
    entry.authorId ?? '',
    entry.ticketVersion,
    entry.createdAt,
    Buffer.byteLength(entry.text),
    entry.text,
    entry.changes ?? '',
  ].join('\n')
  return sha256(Buffer.concat([head, Buffer.from(line)]))
}

/** Whether an entry is as it was written, given that it follows `head`. */
export const follows = (head: Buffer, entry: SealedEntry): boolean => linkAfter(head, entry).equals(entry.hash)

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer')
