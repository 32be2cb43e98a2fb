import { basename, resolve } from 'node:path'
import { type Actor, recordAudit } from '../../audit/record.ts'
import type { LinkContext } from '../../auth/account-mails.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, type Transaction, transaction } from '../../platform/db.ts'
import { takeTurn } from '../../users/actions/turn.ts'
import type { Viewer } from '../../web/access.ts'
import { type CsvRow, openCsv } from '../csv.ts'
import type { Rejected } from '../load.ts'
import { ImportRefused, RowRefused } from '../refused.ts'
import { openRejects } from '../rejects.ts'
import { openSource } from '../source.ts'
import { type ImportedPerson, personReader } from './columns.ts'
import { type Decision, decide } from './decide.ts'
import { readKnown } from './known.ts'
import { write } from './write.ts'

export interface PeopleImport {
  db: Database
  clock: Clock
  /** CSV, possibly gzip. */
  file: string
  /** File for the rows that are refused; replaced, and absent when there are none. */
  rejects: string
  /** Who imports: his rank decides what he may do. */
  viewer: Viewer
  actor: Actor
  /** What invitations need; null where nobody is invited. */
  links: LinkContext | null
  /** Whether it is done, or only told what would be. */
  apply: boolean
}

export interface PeopleSummary {
  applied: boolean
  created: string[]
  changed: string[]
  unchanged: number
  organizations: number
  refused: { line: number; reason: string }[]
  /** Null when nothing was refused. */
  rejectsFile: string | null
}

const batchSize = 500

/**
 * Creates and changes accounts out of a file, each batch in a transaction of its own. Who is there already, by mail or
 * reference, is changed and never created again, so that it can be repeated. What would be done is found out by doing it
 * and taking it back, so that it is what will be done.
 * @throws ImportRefused with a Spanish sentence
 */
export async function importPeople(options: PeopleImport): Promise<PeopleSummary> {
  if (resolve(options.file) === resolve(options.rejects)) {
    throw new ImportRefused('El archivo de rechazos no puede ser el importado.')
  }
  const table = await openCsv((await openSource(options.file, 'utf-8')).bytes, undefined)
  const read = personReader(table.header)
  const rejects = await openRejects(options.rejects, table)
  const tally: PeopleSummary = {
    applied: options.apply,
    created: [],
    changed: [],
    unchanged: 0,
    organizations: 0,
    refused: [],
    rejectsFile: null,
  }
  const seen = new Map<string, number>()
  try {
    for await (const rows of batches(table.rows)) {
      const refused = await importBatch(options, rows, row => unrepeated(read(row), seen), tally)
      await rejects.add(refused)
      tally.refused.push(...refused.map(({ row, reason }) => ({ line: row.line, reason })))
    }
  } finally {
    await table.rows.return()
    await rejects.close()
  }
  return { ...tally, rejectsFile: rejects.file() }
}

async function* batches(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow[], void> {
  let batch: CsvRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** @throws RowRefused when the file has this person before */
function unrepeated(person: ImportedPerson, seen: Map<string, number>): ImportedPerson {
  const keys = [person.email, person.reference].flatMap((key, at) => (key === null ? [] : [`${at}:${key}`]))
  const line = keys.map(key => seen.get(key)).find(known => known !== undefined)
  if (line !== undefined) throw new RowRefused(`la persona está repetida en el archivo: ya está en la línea ${line}`)
  for (const key of keys) seen.set(key, person.row.line)
  return person
}

/** Thrown to take a batch back that was only to be tried. */
class TriedOnly extends Error {}

async function importBatch(
  options: PeopleImport,
  rows: CsvRow[],
  read: (row: CsvRow) => ImportedPerson,
  tally: PeopleSummary,
): Promise<Rejected[]> {
  const refused: Rejected[] = []
  const people = attempted(rows, row => row, read, refused)
  const batch = async (tx: Transaction) => {
    const viewer = await takeTurn(tx, options.viewer)
    const known = await readKnown(tx, people)
    const decisions = attempted(
      people,
      ({ row }) => row,
      person => decide(viewer, known, person),
      refused,
    )
    await carryOut(tx, options, decisions, refused.length, tally)
    if (!options.apply) throw new TriedOnly()
  }
  await transaction(options.db, batch).catch(error => {
    if (!(error instanceof TriedOnly)) throw error
  })
  return refused.sort((one, other) => one.row.line - other.row.line)
}

function attempted<T, R>(items: T[], rowOf: (item: T) => CsvRow, attempt: (item: T) => R, refused: Rejected[]): R[] {
  return items.flatMap(item => {
    try {
      return [attempt(item)]
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error
      refused.push({ row: rowOf(item), reason: error.message })
      return []
    }
  })
}

async function carryOut(
  tx: Transaction,
  { clock, actor, links, file }: PeopleImport,
  decisions: Decision[],
  refused: number,
  tally: PeopleSummary,
) {
  const now = clock.now()
  const effective = decisions.filter(({ changes }) => Object.keys(changes).length > 0)
  const line = ({ person, after }: Decision) => `línea ${person.row.line}: ${after.name}`
  const [created, changed] = [effective.filter(each => !each.account), effective.filter(each => each.account)]
  if (effective.length > 0) {
    tally.organizations += await write(tx, { actor, now, links }, effective)
    await recordAudit(tx, actor, now, {
      kind: 'personas.importadas',
      subject: { type: 'archivo', id: null, name: basename(file) },
      changes: { created: [null, created.length], changed: [null, changed.length], refused: [null, refused] },
    })
  }
  tally.created.push(...created.map(line))
  tally.changed.push(...changed.map(line))
  tally.unchanged += decisions.length - effective.length
}
