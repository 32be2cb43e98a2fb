import { Prisma } from '../generated/prisma/client.ts'
import { visibleSql, visibleTo, workOf } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import type { Key } from '../web/listing.ts'
import { documentsSql, labelsOf, TICKET_OF_HIT } from './language/documents.ts'
import { query } from './language/matching.ts'
import type { Question } from './language/tsquery.ts'

// Which tickets are ranked: never all that match, for a common word is in hundreds of thousands, but the newest of those that the
// person sees. What is older is another search, which begins where this one ended.

/** As many tickets are ranked and counted. */
export const MOST_FOUND = 100
/** So many texts are looked through for what an index does not tell: a phrase, or a word that is still being typed. */
const EFFORT = 2000
const EFFORT_WHILE_TYPING = 1000

/** How many are looked for, and the place beyond which they lie. */
export interface Extent {
  most: number
  before?: Key | null | undefined
  /** Whether the last word may be the beginning of one. */
  typing?: boolean
}

/**
 * Common table expressions of which `found` has number, internal (whether the person reads internal notes) and created_at of the
 * tickets that match, and `older` at most one row: where the search for older ones begins, if there may be any.
 */
export function candidates(viewer: Viewer, question: Question, extent: Extent): Prisma.Sql {
  const { most, before = null, typing = false } = extent
  const effort = typing ? EFFORT_WHILE_TYPING : EFFORT
  const walk = documentsSql({ ...reachOf(viewer), words: question, olderThan: before, most: most + 1, effort })
  const steps = [Prisma.sql`walk`, ...(typing ? [Prisma.sql`likely`, Prisma.sql`begun`] : [])]
  const hits = steps.map(step => Prisma.sql`SELECT number, created_at, internal FROM ${step}`)
  return Prisma.sql`walk AS MATERIALIZED (SELECT * FROM ${walk}), ${typing ? begunSql(viewer, question, most) : Prisma.empty}
    met AS MATERIALIZED (SELECT hit.number, hit.internal, hit.created_at
      FROM (${Prisma.join(hits, ' UNION ALL ')}) hit ${TICKET_OF_HIT}
      WHERE ${seen(viewer)} ORDER BY hit.created_at DESC, hit.number DESC LIMIT ${most + 1}::int),
    found AS MATERIALIZED (SELECT * FROM met LIMIT ${most}::int),
    older AS MATERIALIZED ((SELECT created_at, number FROM found WHERE (SELECT count(*) FROM met) > ${most}::int
        ORDER BY created_at, number LIMIT 1)
      UNION ALL SELECT created_at, 0 FROM walk WHERE number IS NULL LIMIT 1)`
}

/** What a person sees, and of what he reads internal notes: of everything that he works on, not of what he asked for. */
export const reachOf = (viewer: Viewer) => ({ clauses: visibleTo(viewer), inside: workOf(viewer) })

/** A condition on `tickets t`: whether a person sees what is in `hit`, and what it was found in. */
export const seen = (viewer: Viewer) =>
  Prisma.sql`${visibleSql(visibleTo(viewer))} AND (NOT hit.internal OR ${visibleSql(workOf(viewer))})`

/**
 * Where none of the newest has what is being typed: the newest that have a word that it may be, or any that have a word that
 * begins so.
 */
function begunSql(viewer: Viewer, { whole, wanted, likely }: Question, most: number): Prisma.Sql {
  const { clauses, inside } = reachOf(viewer)
  const nothingIn = (step: Prisma.Sql) => Prisma.sql`NOT EXISTS (SELECT FROM ${step} WHERE number IS NOT NULL)`
  const words = { indexed: query(likely), exact: query(whole) }
  const documents = documentsSql({ clauses, inside, words, most, effort: EFFORT_WHILE_TYPING })
  return Prisma.sql`likely AS MATERIALIZED (SELECT * FROM ${documents} WHERE ${nothingIn(Prisma.sql`walk`)}),
    begun AS MATERIALIZED (SELECT d.ticket_number AS number, d.created_at, d.labels && ${labelsOf(inside)} AS internal
      FROM ticket_documents d WHERE ${nothingIn(Prisma.sql`walk`)} AND ${nothingIn(Prisma.sql`likely`)}
        AND d.labels && ${labelsOf(clauses)} AND d.everything @@ ${query(wanted)}
        AND CASE WHEN d.labels && ${labelsOf(inside)} THEN d.everything ELSE coalesce(d.published, d.everything) END
          @@ ${query(whole)} LIMIT ${most}::int),`
}
