import type { ClientBase, Pool } from 'pg'
import type { Progress } from '../../platform/progress.ts'
import { diagnose, type Finding } from './diagnosis.ts'
import type { SealedEntry } from './seal.ts'
import { type TicketEnd, Walk } from './walk.ts'

export interface Verification {
  tickets: number
  entries: number
  /** How many tickets have something wrong. */
  faulty: number
  /** The first thing that is wrong, for the first of those tickets. */
  findings: Finding[]
  interrupted: boolean
}

interface Options {
  pool: Pool
  /** Called every some thousand entries. */
  onProgress?: (progress: Progress) => void
  /** Aborting ends it soon, with what was found until then. */
  signal?: AbortSignal
}

const FETCHED_AT_ONCE = 2000
const MOST_FINDINGS = 20

/**
 * Checks the bitácora of every ticket as of one moment; whoever works meanwhile neither waits nor disturbs. How much
 * memory it takes does not depend on how many there are.
 */
export async function verifyLog({ pool, onProgress, signal }: Options): Promise<Verification> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await client.query<{ total: number }>('SELECT coalesce(max(number), 1) AS total FROM tickets')
    const walk = new Walk(fetched<TicketEnd>(client, 'ends', ENDS))
    for await (const entry of fetched<SealedEntry>(client, 'entries', `${ENTRIES} ORDER BY ticket_number, seq`)) {
      await walk.meet(entry)
      if (walk.entries % FETCHED_AT_ONCE !== 0) continue
      onProgress?.({ count: walk.entries, done: entry.ticketNumber, total: rows[0]?.total ?? 1 })
      if (signal?.aborted) break
    }
    const interrupted = signal?.aborted ?? false
    if (!interrupted) await walk.finish()
    const { tickets, entries, suspects } = walk
    const findings = await explain(client, suspects.slice(0, MOST_FINDINGS))
    return { tickets, entries, faulty: suspects.length, findings, interrupted }
  } finally {
    // Closes the connection, which ends the transaction and its cursors.
    client.release(true)
  }
}

const ENDS = `SELECT coalesce(t.number, c.ticket_number) AS number, t.number IS NOT NULL AS "ticketExists", c.entries, c.head
  FROM tickets t FULL JOIN log_chains c ON c.ticket_number = t.number
  ORDER BY 1`
const END = `SELECT EXISTS (SELECT FROM tickets WHERE number = wanted.number) AS "ticketExists", c.entries, c.head
  FROM (SELECT $1::int AS number) wanted LEFT JOIN log_chains c ON c.ticket_number = wanted.number`
const ENTRIES = `SELECT id, ticket_number AS "ticketNumber", seq, kind, visibility, author_id AS "authorId",
    ticket_version AS "ticketVersion", floor(extract(epoch FROM created_at) * 1000)::text AS "createdAt", text,
    changes::text AS changes, hash
  FROM log_entries`

/** The rows of a query, through a cursor. */
async function* fetched<Row extends object>(
  client: ClientBase,
  name: string,
  query: string,
): AsyncGenerator<Row, void> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query}`)
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${FETCHED_AT_ONCE} FROM ${name}`)
    if (rows.length === 0) return
    yield* rows
  }
}

async function explain(client: ClientBase, suspects: number[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const ticketNumber of suspects) {
    const ends = await client.query<Omit<TicketEnd, 'number'>>(END, [ticketNumber])
    const { rows } = await client.query<SealedEntry>(`${ENTRIES} WHERE ticket_number = $1 ORDER BY seq`, [ticketNumber])
    const { ticketExists = false, entries = null, head = null } = ends.rows[0] ?? {}
    const end = entries !== null && head !== null ? { entries, head } : null
    const finding = diagnose({ ticketNumber, ticketExists, entries: rows, end })
    if (finding) findings.push(finding)
  }
  return findings
}
