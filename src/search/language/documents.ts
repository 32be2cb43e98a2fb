import { Prisma } from '../../generated/prisma/client.ts'
import type { Clause } from '../../tickets/visibility.ts'
import { query } from './matching.ts'
import type { Question } from './tsquery.ts'

// What find_documents() of the database is asked: it goes through time, period by period, with words, labels and time in one
// index, and so costs what it finds, not what the table holds.

/** What the index is asked, and what is looked for in what it gives. */
interface Asked {
  indexed: Prisma.Sql
  exact: Prisma.Sql
}

/** A time and, of those that were registered then, a number. */
interface Bound {
  createdAt: Date | Prisma.Sql
  number: number
}

/** Which tickets are looked for, by words and by labels. */
export interface Wanted {
  words: Question | Asked
  /** The reasons for which they are visible. */
  clauses: readonly Clause[]
  /** The reasons for which internal notes are read, too. */
  inside: readonly Clause[]
  /** Labels that each has. */
  required?: readonly Prisma.Sql[]
  newerThan?: Bound | null | undefined
  olderThan?: Bound | null | undefined
  oldestFirst?: boolean | undefined
  most: number
  /** Of so many only the words are looked at; null: of as many as there are. */
  effort: number | null
}

/**
 * Rows of number, created_at and internal (whether internal notes are read), the newest first. Where the effort did not suffice one has no number, and tells how far it went.
 * Labels only narrow down: what is found has still to be held against `visibleTo`.
 */
export function documentsSql(wanted: Wanted): Prisma.Sql {
  const { indexed, exact } = asked(wanted)
  const { required = [], newerThan, olderThan, oldestFirst = false, most, effort } = wanted
  return Prisma.sql`find_documents(${indexed}, ${exact}, ${labelsOf(wanted.inside)},
    ${required.length > 0 ? Prisma.sql`ARRAY[${Prisma.join([...required])}]` : ANY}, ${labelsOf(wanted.clauses)},
    (${newerThan?.createdAt ?? null})::timestamptz, ${newerThan?.number ?? null}::int,
    (${olderThan?.createdAt ?? null})::timestamptz, ${olderThan?.number ?? null}::int,
    ${oldestFirst}::boolean, ${most}::int, ${effort}::int)`
}

function asked({ words, inside }: Wanted): Asked {
  if ('exact' in words) return words
  const { whole, indexed, settled } = words
  // Whoever does not read all internal notes must not miss what has an unwanted word in one.
  if (settled && isAll(inside)) return { indexed: query(whole), exact: NOTHING }
  return { indexed: indexed === null ? NOTHING : query(indexed), exact: query(whole) }
}

const isAll = (clauses: readonly Clause[]) => clauses.some(({ by }) => by === 'all')

const NOTHING = Prisma.sql`NULL::tsquery`
/** Each ticket has this label. */
const ANY = Prisma.sql`ARRAY[0]`

/** @param id of a row or, as SQL, a value of an enum */
export const label = (kind: string, id: number | Prisma.Sql) =>
  Prisma.sql`document_label(${kind}::text, ${typeof id === 'number' ? Prisma.sql`${id}::int` : id})`

/** An array of the labels of which a ticket must have one to be seen for one of these reasons. */
export function labelsOf(clauses: readonly Clause[]): Prisma.Sql {
  if (isAll(clauses)) return ANY
  const pairs = clauses.flatMap(clause => (clause.by === 'all' ? [] : clause.ids.map(id => ({ kind: clause.by, id }))))
  return Prisma.sql`ARRAY(SELECT document_label(kind, id)
    FROM unnest(${pairs.map(({ kind }) => kind)}::text[], ${pairs.map(({ id }) => id)}::int[]) label(kind, id))`
}

/** What stands behind the rows of {@link documentsSql}, one look-up for each: OFFSET 0 keeps the planner from reading all that is seen. */
export const TICKET_OF_HIT = Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM tickets WHERE number = hit.number OFFSET 0) t`
