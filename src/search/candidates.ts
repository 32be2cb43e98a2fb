import { Prisma } from '../generated/prisma/client.ts'
import { type Clause, requestedBy, visibleSql, workOf } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import type { Key } from '../web/listing.ts'
import { documentsSql, labelsOf } from './documents.ts'
import { query, readable } from './language/matching.ts'
import type { Question } from './language/tsquery.ts'

// Which tickets are ranked: never all that match, for a common word is in hundreds of thousands, but the newest of those that the
// person sees. What is older is another search, which begins where this one ended.

/** As many tickets are ranked and counted. */
export const MOST_FOUND = 100
/** So many texts are looked through for what an index does not tell: a phrase, or a word that is still being typed. */
const EFFORT = 5000
const EFFORT_WHILE_TYPING = 1000

/** What a person may read of some tickets, as a vector of `ticket_documents d`. */
export interface Scope {
  name: 'work' | 'own'
  clauses: readonly Clause[]
  internal: boolean
}

/** Everything of the tickets that he works on, what is public of those that he asked for. */
export function scopesOf(viewer: Viewer): Scope[] {
  const work = workOf(viewer)
  const scopes: Scope[] = [
    { name: 'work', clauses: work, internal: true },
    { name: 'own', clauses: requestedBy(viewer), internal: false },
  ]
  return work.some(({ by }) => by === 'all') ? scopes.slice(0, 1) : scopes.slice(work.length > 0 ? 0 : 1)
}

/** How many are looked for, and the place beyond which they lie. */
export interface Extent {
  most: number
  before?: Key | null | undefined
  typing?: boolean
}

/**
 * Common table expressions of which `found` has number, internal (whether the person reads internal notes) and created_at of the
 * tickets that match, and `older` at most one row: where the search for older ones begins, if there may be any.
 */
export function candidates(viewer: Viewer, question: Question, extent: Extent): Prisma.Sql {
  const scopes = scopesOf(viewer)
  const walks = scopes.map(scope => walkOf(scope, question, extent))
  const rests = extent.typing ? scopes.map(scope => restOf(scope, question, extent)) : []
  const met = scopes.flatMap(scope => ['walk', ...(extent.typing ? ['rest'] : [])].map(step => metIn(step, scope)))
  return Prisma.sql`${Prisma.join([...walks, ...rests])},
    met AS MATERIALIZED (SELECT number, bool_or(internal) AS internal, created_at
      FROM (${Prisma.join(met, ' UNION ALL ')}) step WHERE ${extent.typing ? Prisma.sql`true` : searched(scopes)}
      GROUP BY number, created_at ORDER BY created_at DESC, number DESC LIMIT ${extent.most + 1}::int),
    found AS MATERIALIZED (SELECT * FROM met ORDER BY created_at DESC, number DESC LIMIT ${extent.most}::int),
    older AS MATERIALIZED ((SELECT created_at, number FROM found WHERE (SELECT count(*) FROM met) > ${extent.most}::int
        ORDER BY created_at, number LIMIT 1)
      UNION ALL (SELECT created_at, 0 FROM (${all(scopes)}) walk WHERE number IS NULL ORDER BY created_at DESC LIMIT 1)
      LIMIT 1)`
}

const named = (step: string, { name }: Scope) => Prisma.raw(`${step}_${name}`)

const all = (scopes: readonly Scope[]) =>
  Prisma.join(
    scopes.map(scope => Prisma.sql`SELECT number, created_at FROM ${named('walk', scope)}`),
    ' UNION ALL ',
  )

/** Whether a ticket lies where both scopes were searched: what is older comes when one goes on from there. */
const searched = (scopes: readonly Scope[]) => Prisma.sql`created_at >=
  coalesce((SELECT max(created_at) FROM (${all(scopes)}) walk WHERE number IS NULL), '-infinity')`

function walkOf(scope: Scope, question: Question, { most, before, typing }: Extent): Prisma.Sql {
  const effort = typing ? EFFORT_WHILE_TYPING : EFFORT
  const documents = documentsSql({ ...scope, words: question, olderThan: before ?? null, most: most + 1, effort })
  return Prisma.sql`${named('walk', scope)} AS MATERIALIZED (SELECT number, created_at FROM ${documents})`
}

/** A word of which only the beginning is known, and which none of the newest has: any that the index gives. */
function restOf(scope: Scope, { whole, wanted }: Question, { most }: Extent): Prisma.Sql {
  return Prisma.sql`${named('rest', scope)} AS MATERIALIZED (SELECT d.ticket_number AS number, d.created_at
    FROM ticket_documents d
    WHERE NOT EXISTS (SELECT FROM ${named('walk', scope)} WHERE number IS NOT NULL)
      AND EXISTS (SELECT FROM ${named('walk', scope)} WHERE number IS NULL)
      AND d.labels && ${labelsOf(scope.clauses)} AND d.everything @@ ${query(wanted)}
      AND ${readable(scope.internal)} @@ ${query(whole)} LIMIT ${most}::int)`
}

/** What a step has found, as far as the person sees it. */
const metIn = (
  step: string,
  scope: Scope,
) => Prisma.sql`SELECT w.number, ${scope.internal}::boolean AS internal, w.created_at
  FROM ${named(step, scope)} w JOIN tickets t ON t.number = w.number WHERE ${visibleSql(scope.clauses)}`
