import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import type { TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { factsColumns, factsRow } from './facts.ts'
import { can, type Verb, verbs } from './policy.ts'
import { branches, visibleSql, visibleTo } from './visibility.ts'

/** How many tickets; `more` when not all were looked at. */
interface Counted {
  count: number
  more: boolean
}

/** On how many tickets somebody could do something as one person and not as the other. */
export interface ChangedVerdict {
  verb: Verb
  gained: Counted
  lost: Counted
}

/** Tickets looked at of each reason to see them and each state. */
const LOOKED_AT = 200

/** Nobody can do anything to the cancelled ones, see can(). */
const CHANGEABLE: readonly TicketStatus[] = ['REGISTRADO', 'ASIGNADO', 'EN_PROCESO', 'FINALIZADO']

/**
 * What a person could do to the tickets before and after a change of his permissions: each verdict asked of can(), within what
 * he sees. Of what is more than {@link LOOKED_AT} of a kind only as many are looked at.
 */
export async function changedVerdicts(
  db: Pick<Database, 'pool'>,
  before: Viewer,
  after: Viewer,
  now: Date,
): Promise<ChangedVerdict[]> {
  const tickets = await ticketsInReach(db, before, after, now)
  return verbs
    .map(verb => {
      const changed = tickets.map(ticket => {
        const could = ticket.seenBefore && can(before, verb, ticket).allowed
        const canThen = ticket.seenAfter && can(after, verb, ticket).allowed
        return { ticket, gained: !could && canThen, lost: could && !canThen }
      })
      const counted = (which: 'gained' | 'lost'): Counted => {
        const found = changed.filter(each => each[which])
        return { count: found.length, more: found.some(({ ticket }) => !ticket.counted) }
      }
      return { verb, gained: counted('gained'), lost: counted('lost') }
    })
    .filter(({ gained, lost }) => gained.count + lost.count > 0)
}

const row = factsRow.extend({ seenBefore: z.boolean(), seenAfter: z.boolean(), counted: z.boolean() })

/** `counted` are those that stand among all of their kind; of the others there are more. */
async function ticketsInReach(db: Pick<Database, 'pool'>, before: Viewer, after: Viewer, now: Date) {
  const clauses = [visibleTo(before), visibleTo(after)]
  const reasons = distinct(clauses.flatMap(branches))
  if (reasons.length === 0) return []
  const arms = reasons.flatMap((reason, index) =>
    CHANGEABLE.map(
      status => Prisma.sql`(SELECT number, ${`${index} ${status}`} AS arm FROM tickets t
        WHERE ${reason} AND t.status = ${status}::ticket_status LIMIT ${LOOKED_AT + 1})`,
    ),
  )
  const [seenBefore, seenAfter] = clauses.map(visibleSql)
  const rows = await select(
    db,
    Prisma.sql`WITH found AS (${Prisma.join(arms, ' UNION ALL ')}),
      arms AS (SELECT arm, count(*) <= ${LOOKED_AT} AS whole FROM found GROUP BY arm),
      key AS (SELECT number, bool_or(whole) AS counted FROM found JOIN arms USING (arm) GROUP BY number)
    SELECT ${factsColumns(now)}, key.counted, ${seenBefore} IS TRUE AS "seenBefore",
      ${seenAfter} IS TRUE AS "seenAfter"
    FROM key JOIN tickets t ON t.number = key.number`,
  )
  return z.array(row).parse(rows)
}

function distinct(conditions: Prisma.Sql[]): Prisma.Sql[] {
  return [...new Map(conditions.map(each => [JSON.stringify([each.text, each.values]), each])).values()]
}
