import { Prisma } from '../generated/prisma/client.ts'
import { TicketStatus } from '../generated/prisma/enums.ts'
import { branches, type Clause, requestedBy, visibleSql, workOf } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import { matching, query, readable } from './language/matching.ts'
import type { Question } from './language/tsquery.ts'

// Which tickets are looked at: never all that match, for a common word is in hundreds of thousands. What a person sees is walked
// from the newest back. Where that finds few, the word is rare, and its index is asked. Each step runs only when those before it
// left something open, in one statement; what a step finds depends on nothing that the person does not see.

/** As many tickets are ranked and counted. */
export const MOST_FOUND = 100
/** So many of the newest are walked in any case. */
const NEAR = 600
/** With at least so many hits among them it is worth walking on, to here. */
const PROMISING = 7
const FAR = 10_000

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

/**
 * Common table expressions of which the last, `found`, has number and internal (whether the person reads internal notes) of the
 * tickets that match.
 */
export function candidates(viewer: Viewer, question: Question, most = MOST_FOUND): Prisma.Sql {
  const scopes = scopesOf(viewer)
  const steps = scopes.flatMap(scope => stepsOf(scope, question, most))
  const found = scopes.flatMap(scope =>
    ['near', 'far', 'rest'].map(
      step => Prisma.sql`SELECT number, ${scope.internal}::boolean AS internal FROM ${named(step, scope)}`,
    ),
  )
  return Prisma.sql`${Prisma.join(steps)},
    found AS MATERIALIZED (SELECT number, bool_or(internal) AS internal
      FROM (${Prisma.join(found, ' UNION ALL ')}) step GROUP BY number)`
}

function stepsOf(scope: Scope, question: Question, most: number): Prisma.Sql[] {
  const [walk, near, far, rest] = ['walk', 'near', 'far', 'rest'].map(step => named(step, scope)) as [
    Prisma.Sql,
    Prisma.Sql,
    Prisma.Sql,
    Prisma.Sql,
  ]
  const count = (step: Prisma.Sql) => Prisma.sql`(SELECT count(*) FROM ${step})`
  // OFFSET 0 keeps the planner from turning one look-up for each walked ticket into a join with all documents.
  const matches = Prisma.sql`EXISTS (SELECT FROM ticket_documents d
    WHERE d.ticket_number = w.number AND ${readable(scope.internal)} @@ ${query(question.whole)} OFFSET 0)`
  return [
    Prisma.sql`${walk} AS MATERIALIZED (SELECT number FROM (${walkOf(scope.clauses)}) seen
      ORDER BY created_at DESC, number DESC LIMIT ${FAR}::int)`,
    Prisma.sql`${near} AS MATERIALIZED (SELECT number FROM (SELECT number FROM ${walk} LIMIT ${NEAR}::int) w
      WHERE ${matches} LIMIT ${most + 1}::int)`,
    Prisma.sql`${far} AS MATERIALIZED (SELECT number FROM (SELECT number FROM ${walk} OFFSET ${NEAR}::int) w
      WHERE ${count(near)} BETWEEN ${PROMISING}::int AND ${most}::int AND ${matches}
      LIMIT ${most + 1}::int - ${count(near)})`,
    Prisma.sql`${rest} AS MATERIALIZED (SELECT number FROM (SELECT d.ticket_number AS number FROM ticket_documents d
        WHERE ${matching(question, scope)} OFFSET 0) m
      WHERE ${count(near)} + ${count(far)} <= ${most}::int
        AND (SELECT count(*) FROM (SELECT FROM ${walk} LIMIT ${NEAR + 1}::int) start) > ${NEAR}::int
        AND ${seen(scope.clauses)} ORDER BY number DESC LIMIT ${most + 1}::int)`,
  ]
}

export const named = (step: string, { name }: Scope) => Prisma.raw(`${step}_${name}`)

/** The newest tickets of a scope, as a common table expression. */
export const newest = (scope: Scope) => Prisma.sql`${named('newest', scope)} AS MATERIALIZED (SELECT number
  FROM (${walkOf(scope.clauses)}) seen ORDER BY created_at DESC, number DESC LIMIT ${NEAR}::int)`

/** Each arm is read from one index, newest first, so that the walk takes no more of it than it needs. */
function walkOf(clauses: readonly Clause[]): Prisma.Sql {
  const arms = clauses.flatMap(clause => {
    if (clause.by === 'attendant')
      return clause.ids.map(
        id => Prisma.sql`(SELECT ticket_number AS number, last_at AS created_at FROM ticket_attendants
          WHERE user_id = ${id} ORDER BY last_at DESC, ticket_number DESC LIMIT ${FAR}::int)`,
      )
    const states = clause.by === 'requester' || clause.by === 'creator' ? [Prisma.sql`true`] : STATES
    return branches([clause]).flatMap(branch =>
      states.map(
        state => Prisma.sql`(SELECT number, created_at FROM tickets t WHERE ${branch} AND ${state}
          ORDER BY created_at DESC, number DESC LIMIT ${FAR}::int)`,
      ),
    )
  })
  return arms.length === 0
    ? Prisma.sql`SELECT number, created_at FROM tickets WHERE false`
    : Prisma.join(arms, ' UNION ALL ')
}

/** The indexes of lists have the state before the time. */
const STATES = Object.values(TicketStatus).map(status => Prisma.sql`t.status = ${status}::ticket_status`)

/** A condition on `m`, which has the number of a ticket. */
export const seen = (clauses: readonly Clause[]) =>
  clauses.some(({ by }) => by === 'all')
    ? Prisma.sql`true`
    : Prisma.sql`EXISTS (SELECT FROM tickets t WHERE t.number = m.number AND ${visibleSql(clauses)})`
