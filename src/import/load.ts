import type { ClientBase, Pool } from 'pg'
import type { Clock } from '../platform/clock.ts'
import { errorCode } from '../platform/start-failure.ts'
import type { CsvRow } from './csv.ts'
import type { ImportedRequest } from './request.ts'
import type { Created } from './surroundings.ts'
import { findTickets, writeRequests } from './tickets.ts'

export interface Rejected {
  row: CsvRow
  /** In Spanish. */
  reason: string
}

/** What became of a batch. */
export interface Loaded {
  /** Numbers of the new tickets. */
  numbers: number[]
  alreadyThere: number
  rejected: Rejected[]
  created: Created
}

export interface LoadContext {
  pool: Pool
  clock: Clock
  /** Name of the other system. */
  origin: string
  /** Numbers that this import has loaded before: a reference among them is in the file twice. */
  loadedBefore: ReadonlySet<number>
}

const nothing: Loaded = {
  numbers: [],
  alreadyThere: 0,
  rejected: [],
  created: { areas: 0, categories: 0, groups: 0, requesters: 0 },
}

/**
 * Loads a batch in one transaction: all that the database takes; what it does not take comes back as rejected.
 * Imports take turns batch by batch, so that two of them never create the same thing nor wait for each other in a circle.
 * @throws whatever the connection throws; then nothing of the batch is there
 */
export async function loadBatch(context: LoadContext, requests: ImportedRequest[]): Promise<Loaded> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(context.pool, async client => {
        await client.query(`SELECT pg_advisory_xact_lock(hashtext('import'))`)
        const { fresh, alreadyThere, repeated } = await sortOut(client, context, requests)
        const written = await writePieces(client, context, fresh)
        return join(written, { ...nothing, alreadyThere, rejected: repeated })
      })
    } catch (error) {
      if (attempt === 3 || !transient.has(errorCode(error) ?? '')) throw error
    }
  }
}

/** Serialization failure and deadlock with a writer that is no import: the same batch goes through when tried again. */
const transient = new Set(['40001', '40P01'])

async function inTransaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A server that goes away is reported by the running query; without a listener it would also end the process.
  const ignore = () => {}
  client.on('error', ignore)
  let broken = true
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    broken = false
    return result
  } finally {
    client.off('error', ignore)
    // A connection whose transaction did not end well is closed, which rolls it back.
    client.release(broken)
  }
}

async function sortOut(client: ClientBase, { origin, loadedBefore }: LoadContext, requests: ImportedRequest[]) {
  const known = await findTickets(
    client,
    origin,
    requests.map(request => request.reference),
  )
  const fresh = new Map<string, ImportedRequest>()
  const repeated: Rejected[] = []
  let alreadyThere = 0
  for (const request of requests) {
    const number = known.get(request.reference)
    const twice = number === undefined ? fresh.has(request.reference) : loadedBefore.has(number)
    if (twice)
      repeated.push({ row: request.row, reason: `la referencia «${request.reference}» está repetida en el archivo` })
    else if (number === undefined) fresh.set(request.reference, request)
    else alreadyThere++
  }
  return { fresh: [...fresh.values()], alreadyThere, repeated }
}

/** When the database refuses a piece it is halved, until the rows that are to blame stand alone. */
async function writePieces(client: ClientBase, context: LoadContext, requests: ImportedRequest[]): Promise<Loaded> {
  const [first] = requests
  if (first === undefined) return nothing
  await client.query('SAVEPOINT piece')
  try {
    const { numbers, created } = await writeRequests(client, context.origin, context.clock.now(), requests)
    await client.query('RELEASE SAVEPOINT piece')
    return { ...nothing, numbers, created, alreadyThere: requests.length - numbers.length }
  } catch (error) {
    const reason = faultOfRow(error)
    if (reason === null) throw error
    await client.query('ROLLBACK TO SAVEPOINT piece')
    await client.query('RELEASE SAVEPOINT piece')
    if (requests.length === 1) return { ...nothing, rejected: [{ row: first.row, reason }] }
    const half = Math.ceil(requests.length / 2)
    const left = await writePieces(client, context, requests.slice(0, half))
    return join(left, await writePieces(client, context, requests.slice(half)))
  }
}

/** Null when it is not the row's fault (the connection, the server's disk, a mistake of ours). */
function faultOfRow(error: unknown): string | null {
  const state = errorCode(error) ?? ''
  if (state === 'TS002') return 'el grupo responsable no está activo'
  const refused = state.startsWith('22') || state.startsWith('23') || state === 'TS001' || state === '54000'
  return refused ? `la base de datos no la acepta: ${(error as Error).message}` : null
}

function join(left: Loaded, right: Loaded): Loaded {
  const created = (table: keyof Created) => left.created[table] + right.created[table]
  return {
    numbers: [...left.numbers, ...right.numbers],
    alreadyThere: left.alreadyThere + right.alreadyThere,
    rejected: [...left.rejected, ...right.rejected],
    created: {
      areas: created('areas'),
      categories: created('categories'),
      groups: created('groups'),
      requesters: created('requesters'),
    },
  }
}
