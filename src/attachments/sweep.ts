import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { FileStorage } from '../platform/files.ts'
import { storedName } from './stored.ts'

// A file is stored before the entry that names it is written, so that a crash in between leaves a file that nobody names.
// Its row in stored_files goes first: the foreign key of attachments makes that impossible for a file with a name, and the write
// of an entry whose file's row has gone fails as a whole. Only then is the file removed, under a name that never comes back.
// So neither a slow upload nor the same bytes sent again at this very moment can end with an entry whose file is missing.

export interface SweepContext {
  db: Pick<Database, 'pool'>
  clock: Clock
  files: FileStorage
  /** Where forms' files are received. */
  incoming: string
}

/** No request takes this long, so that what is older belongs to none. */
const SAFE_AGE_MS = 24 * 3600 * 1000
const BATCH = 500

/** Removes the files that no entry names. @returns how many */
export async function sweepFiles({ db, clock, files, incoming }: SweepContext): Promise<number> {
  const limit = new Date(clock.now().getTime() - SAFE_AGE_MS)
  await removeReceived(incoming, limit)
  let removed = 0
  for (;;) {
    const rows = await forget(db, limit)
    for (const row of rows) await files.remove(storedName(row))
    removed += rows.length
    if (rows.length < BATCH) return removed + (await removeUnknown(db, files, limit))
  }
}

/** Deletes rows that nothing names; SKIP LOCKED leaves out those that an entry is being written for. */
async function forget({ pool }: SweepContext['db'], limit: Date): Promise<{ id: number; sha256: string }[]> {
  const { rows } = await pool.query<{ id: number; sha256: string }>(
    `DELETE FROM stored_files WHERE id IN (
      SELECT f.id FROM stored_files f
      WHERE f.touched_at < $1
        AND NOT EXISTS (SELECT FROM attachments a WHERE a.stored_file_id = f.id)
        AND NOT EXISTS (SELECT FROM attachments a WHERE a.thumbnail_file_id = f.id)
      ORDER BY f.touched_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING id, sha256`,
    [limit, BATCH],
  )
  return rows
}

/** Files without a row: somebody was cut off between the two removals. Their rows can never come back. */
async function removeUnknown(db: SweepContext['db'], files: FileStorage, limit: Date): Promise<number> {
  let removed = 0
  let batch: string[] = []
  const flush = async () => {
    const unknown = await withoutRow(db, batch)
    for (const name of unknown) await files.remove(name)
    removed += unknown.length
    batch = []
  }
  for await (const name of files.list(limit)) {
    batch.push(name)
    if (batch.length === BATCH) await flush()
  }
  await flush()
  return removed
}

async function withoutRow({ pool }: SweepContext['db'], names: string[]): Promise<string[]> {
  if (names.length === 0) return []
  const { rows: known } = await pool.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) name
      JOIN stored_files f ON f.sha256 = split_part(name, '.', 1) AND f.id = split_part(name, '.', 2)::int`,
    [names],
  )
  const rows = new Set(known.map(({ name }) => name))
  return names.filter(name => !rows.has(name))
}

/** What a process that ended in the middle had received. */
async function removeReceived(folder: string, limit: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found && found.mtime < limit) await rm(path, { force: true })
  }
}
