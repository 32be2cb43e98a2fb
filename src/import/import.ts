import { resolve } from 'node:path'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { type CsvRow, type CsvTable, openCsv } from './csv.ts'
import { type Loaded, loadBatch, type Rejected } from './load.ts'
import type { Mapping } from './mapping.ts'
import { ImportRefused, RowRefused } from './refused.ts'
import { openRejects } from './rejects.ts'
import { type ImportedRequest, requestReader } from './request.ts'
import { openSource, type Source } from './source.ts'
import type { Created } from './surroundings.ts'

export interface ImportOptions {
  db: Database
  /** CSV, possibly gzip. */
  file: string
  mapping: Mapping
  /** File for the rows that cannot be loaded; replaced, and absent when there are none. */
  rejects: string
  clock: Clock
  /** Called after every batch. */
  onProgress?: (progress: Progress) => void
  /** Aborting lets the batch that is being loaded finish and starts no other. */
  signal?: AbortSignal
}

export interface Progress {
  loaded: number
  /** Rows whose reference an earlier import has loaded. */
  alreadyThere: number
  rejected: number
  /** Bytes of the file as it lies on disk. */
  bytesRead: number
  bytesTotal: number
}

export interface ImportSummary extends Progress {
  created: Created
  seconds: number
  /** Null when nothing was rejected. */
  rejectsFile: string | null
  interrupted: boolean
}

const batchSize = 1000

/**
 * Loads the requests of another system as tickets. Each batch is one transaction, and what is there already is left
 * alone, so that an interrupted import is continued by running it again.
 * @throws ImportRefused with a Spanish sentence; other errors are the database's. What was loaded until then stays.
 */
export async function importRequests(options: ImportOptions): Promise<ImportSummary> {
  const { file, mapping, clock } = options
  if (resolve(file) === resolve(options.rejects))
    throw new ImportRefused('El archivo de rechazos no puede ser el importado.')
  const source = await openSource(file, mapping.encoding)
  const table = await openCsv(source.bytes, mapping.delimiter)
  try {
    const read = requestReader(mapping, table.header, clock.now())
    return await load(options, source, table, read)
  } finally {
    await table.rows.return()
  }
}

async function load(
  options: ImportOptions,
  source: Source,
  table: CsvTable,
  read: ReadRequest,
): Promise<ImportSummary> {
  const started = performance.now()
  const rejects = await openRejects(options.rejects, table)
  const tally = newTally(source)
  const loadedBefore = new Set<number>()
  const context = { pool: options.db.pool, clock: options.clock, origin: options.mapping.origin, loadedBefore }
  let interrupted = false
  try {
    for await (const { requests, refused } of oneAhead(batches(table.rows, read))) {
      interrupted = options.signal?.aborted ?? false
      if (interrupted) break
      const result = await loadBatch(context, requests)
      for (const number of result.numbers) loadedBefore.add(number)
      await rejects.add([...refused, ...result.rejected].sort((one, other) => one.row.line - other.row.line))
      tally.add(result, refused.length)
      options.onProgress?.(tally.progress())
    }
  } finally {
    await rejects.close()
  }
  const seconds = (performance.now() - started) / 1000
  return { ...tally.progress(), created: tally.created, seconds, rejectsFile: rejects.file(), interrupted }
}

/** Gets the next one ready while the caller works on this one. */
async function* oneAhead<T>(items: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let coming = items.next()
  for (;;) {
    const { value, done } = await coming
    if (done) return
    coming = items.next()
    // Its error is thrown when its turn comes; until then nobody waits for it, which would end the process.
    coming.catch(() => {})
    yield value
  }
}

type ReadRequest = (row: CsvRow) => ImportedRequest

interface Batch {
  requests: ImportedRequest[]
  refused: Rejected[]
}

/** Rejected rows count too: a file of nothing but bad rows does not pile up in memory. */
async function* batches(rows: AsyncIterable<CsvRow>, read: ReadRequest): AsyncGenerator<Batch, void> {
  let batch: Batch = { requests: [], refused: [] }
  for await (const row of rows) {
    try {
      batch.requests.push(read(row))
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error
      batch.refused.push({ row, reason: error.message })
    }
    if (batch.requests.length + batch.refused.length < batchSize) continue
    yield batch
    batch = { requests: [], refused: [] }
  }
  if (batch.requests.length + batch.refused.length > 0) yield batch
}

function newTally(source: Source) {
  const counts = { loaded: 0, alreadyThere: 0, rejected: 0 }
  const created: Created = { areas: 0, categories: 0, groups: 0, requesters: 0 }
  return {
    created,
    add(result: Loaded, refused: number) {
      counts.loaded += result.numbers.length
      counts.alreadyThere += result.alreadyThere
      counts.rejected += result.rejected.length + refused
      for (const table of ['areas', 'categories', 'groups', 'requesters'] as const)
        created[table] += result.created[table]
    },
    progress: (): Progress => ({ ...counts, bytesRead: source.bytesRead(), bytesTotal: source.bytesTotal }),
  }
}
