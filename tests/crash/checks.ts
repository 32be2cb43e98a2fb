import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type pg from 'pg'
import { storedName } from '../../src/attachments/stored.ts'
import type { FileStorage } from '../../src/platform/files.ts'
import { describeFinding } from '../../src/tickets/chain/diagnosis.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { carriesFile, type Journal } from './journal.ts'

/**
 * Something that must hold after every crash, of what is kept in the database or outside of it.
 * @returns what is wrong, in words
 */
type Check = (pool: pg.Pool, journal: Journal, files: FileStorage) => Promise<string[]>

export const checks: Record<string, Check> = {
  'everything acknowledged is there': async (pool, journal) => {
    const tickets = await textsOf(pool, TEXTS_OF_TICKETS)
    const entries = await textsOf(pool, TEXTS_OF_ENTRIES)
    return journal.acknowledged().flatMap(({ kind, text, ticket }) => {
      const found = (kind === 'CREACION' ? tickets : entries).get(text)?.[0]
      return found?.number === ticket && found.kind === kind ? [] : [`${kind} of ticket ${ticket} is lost (${text})`]
    })
  },

  'nothing is there twice': async (pool, journal) => {
    const tickets = await textsOf(pool, TEXTS_OF_TICKETS)
    const entries = await textsOf(pool, TEXTS_OF_ENTRIES)
    return journal.writes.flatMap(({ kind, text }) => {
      const times = (tickets.get(text)?.length ?? 0) + (entries.get(text)?.length ?? 0)
      return times > 1 ? [`${kind} is there ${times} times (${text})`] : []
    })
  },

  'the chain of the bitácora is whole': async pool => {
    const { findings, entries } = await verifyLog({ pool })
    return entries > 0 ? findings.map(describeFinding) : ['no entry was verified']
  },

  'no row names a file that is missing or another': async (pool, _journal, files) => {
    const { rows } = await pool.query<{ id: number; sha256: string }>(
      'SELECT id, sha256 FROM stored_files WHERE id IN (SELECT stored_file_id FROM attachments)',
    )
    const wrong: string[] = []
    for (const row of rows) {
      const found = await hashOf(files, row)
      if (found !== row.sha256) wrong.push(`file ${storedName(row)} holds ${found}`)
    }
    return wrong
  },

  'every acknowledged file hangs where it was sent': async (pool, journal) => {
    const { rows } = await pool.query<{ text: string; sha256: string }>(`
      SELECT CASE e.kind WHEN 'CREACION' THEN t.subject ELSE e.text END AS text, f.sha256
      FROM attachments a JOIN log_entries e ON e.id = a.log_entry_id JOIN tickets t ON t.number = e.ticket_number
      JOIN stored_files f ON f.id = a.stored_file_id`)
    const hanging = new Map(rows.map(row => [row.text, row.sha256]))
    return journal
      .acknowledged()
      .filter(({ kind, text }) => carriesFile(kind) && hanging.get(text) !== sha256(text))
      .map(({ kind, text }) => `the file of ${kind} is lost (${text})`)
  },

  'tickets and their bitácora agree': async pool => {
    const { rows: tickets } = await pool.query<Ticket>(`
      SELECT t.number, t.status, t.assignee_id AS "assigneeId", t.assignee_group_id AS "assigneeGroupId", t.version,
        coalesce((SELECT json_agg(json_build_object('kind', e.kind, 'changes', e.changes, 'version', e.ticket_version)
          ORDER BY e.id) FROM log_entries e WHERE e.ticket_number = t.number), '[]') AS entries
      FROM tickets t`)
    return tickets.flatMap(disagreements)
  },
}

/** @returns the content that the storage really holds, by what the row says it is */
async function hashOf(files: FileStorage, row: { id: number; sha256: string }): Promise<string> {
  const bytes = await files.open(storedName(row)).then(buffer, () => null)
  return bytes ? sha256(bytes) : 'nothing'
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

const TEXTS_OF_TICKETS = "SELECT number, subject AS text, 'CREACION' AS kind FROM tickets"
const TEXTS_OF_ENTRIES = "SELECT ticket_number AS number, text, kind FROM log_entries WHERE text <> ''"

interface Row {
  number: number
  text: string
  kind: string
}

async function textsOf(pool: pg.Pool, sql: string): Promise<Map<string, Row[]>> {
  const { rows } = await pool.query<Row>(sql)
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.text, [...(found.get(row.text) ?? []), row])
  return found
}

const FIELDS = ['status', 'assigneeId', 'assigneeGroupId'] as const
type State = Record<(typeof FIELDS)[number], string | number | null>

interface Ticket extends State {
  number: number
  version: number
  entries: { kind: string; version: number; changes: Partial<Record<string, [unknown, unknown]>> | null }[]
}

/** Replays the bitácora from nothing; it must lead to the ticket as it stands. */
function disagreements(ticket: Ticket): string[] {
  const wrong: string[] = []
  const state: Record<string, unknown> = { status: null, assigneeId: null, assigneeGroupId: null }
  let version = 0
  for (const { changes, version: after, kind } of ticket.entries) {
    const changed = FIELDS.filter(field => changes?.[field])
    for (const field of changed) {
      const [before, now] = changes?.[field] ?? []
      if (before !== state[field]) wrong.push(`${kind} starts from ${field} ${before}, which was ${state[field]}`)
      state[field] = now
    }
    if (after < version || after > version + 1 || (changed.length > 0 && after === version)) {
      wrong.push(`${kind} leads from version ${version} to ${after}`)
    }
    version = after
  }
  for (const field of FIELDS) {
    if (state[field] !== ticket[field]) wrong.push(`${field} is ${ticket[field]}, the bitácora says ${state[field]}`)
  }
  if (version !== ticket.version) wrong.push(`version is ${ticket.version}, the bitácora says ${version}`)
  if (ticket.entries.filter(({ kind }) => kind === 'CREACION').length !== 1) wrong.push('was not born once')
  return wrong.map(what => `ticket ${ticket.number}: ${what}`)
}
