import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { visibleSql, visibleTo, workOf } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import type { Key } from '../web/listing.ts'
import { candidates, MOST_FOUND } from './candidates.ts'
import { query, readable } from './language/matching.ts'
import type { Question } from './language/tsquery.ts'
import { HIT_END, HIT_START } from './snippets.ts'

const foundRow = z.object({
  number: z.number(),
  status: z.enum(TicketStatus),
  createdAt: z.date(),
  /** Whether the person works on it; else it is one that he asked for. */
  internal: z.boolean(),
  subject: z.string(),
  area: z.string(),
  requester: z.string(),
})

const resultRow = foundRow.extend({
  markedSubject: z.string(),
  markedRequester: z.string(),
  description: z.string(),
  markedDescription: z.string(),
  /** The bitácora as far as he reads it; null when the description says already why it was found. */
  log: z.string().nullable(),
  markedLog: z.string().nullable(),
})

export type FoundRow = z.infer<typeof foundRow>
export type ResultRow = z.infer<typeof resultRow>

type Reading = Pick<Database, 'pool'>

/** The best of the tickets that match and are visible, without their texts. */
export async function findTickets(
  db: Reading,
  viewer: Viewer,
  question: Question,
  { most, rows }: { most: number; rows: number },
): Promise<FoundRow[]> {
  const found = await select(
    db,
    Prisma.sql`WITH ${asked(question)}, ${candidates(viewer, question, { most, typing: true })}, ${best({ rows, offset: 0 })}
      SELECT ${COLUMNS} FROM best ${TICKETS} ORDER BY best.rank DESC, best.number DESC`,
  )
  return z.array(foundRow).parse(found)
}

const summary = z.object({ total: z.number(), olderAt: z.date().nullable(), olderNumber: z.number().nullable() })

/** What a search came to. */
export interface FoundTickets {
  /** The best of a page. */
  rows: ResultRow[]
  /** How many match, up to {@link MOST_FOUND}. */
  total: number
  /** Beyond this place there may be older ones. */
  older: Key | null
}

/**
 * A page of the newest tickets that match and are visible, the best first, with what may be read of them and its hits marked.
 * @param page.before only what is older than this
 */
export async function searchTickets(
  db: Reading,
  viewer: Viewer,
  question: Question,
  page: { rows: number; offset: number; before?: Key | null },
): Promise<FoundTickets> {
  const found = await select(
    db,
    Prisma.sql`WITH ${asked(question)}, ${candidates(viewer, question, { most: MOST_FOUND, before: page.before })}, ${best(page)}
      SELECT counted.total, older.created_at AS "olderAt", older.number AS "olderNumber", shown.*
      FROM (SELECT count(*)::int AS total FROM found) counted LEFT JOIN older ON true
      LEFT JOIN (SELECT ${COLUMNS}, best.rank, ${marked(Prisma.sql`t.subject`)} AS "markedSubject",
          ${marked(Prisma.sql`requester.name`)} AS "markedRequester",
          described.text AS description, described.marked AS "markedDescription", log.text AS log,
          ${marked(Prisma.sql`log.text`)} AS "markedLog"
        FROM best ${TICKETS} CROSS JOIN asked
        CROSS JOIN LATERAL (SELECT text, ${marked(Prisma.sql`text`)} AS marked
          FROM (SELECT left(t.description, ${LONGEST}::int) AS text OFFSET 0) description) described
        CROSS JOIN LATERAL (SELECT CASE WHEN strpos(described.marked, ${HIT_START}) = 0 THEN (${LOG}) END AS text OFFSET 0) log
      ) shown ON true
      ORDER BY shown.rank DESC, shown.number DESC`,
  )
  const { total, olderAt, olderNumber } = summary.parse(found[0])
  return {
    rows: z.array(resultRow).parse(found.filter(row => noNumber.safeParse(row).success === false)),
    total,
    older: olderAt === null || olderNumber === null ? null : { createdAt: olderAt, number: olderNumber },
  }
}

/** The one row of a page without tickets. */
const noNumber = z.object({ number: z.null() })

/** @returns how a person sees the ticket of this number; null when he does not */
export async function findNumber(db: Reading, viewer: Viewer, number: number): Promise<{ works: boolean } | null> {
  const [row] = await select(
    db,
    Prisma.sql`SELECT ${visibleSql(workOf(viewer))} AS works FROM tickets t
      WHERE t.number = ${number} AND ${visibleSql(visibleTo(viewer))}`,
  )
  return row ? z.object({ works: z.boolean() }).parse(row) : null
}

/** So many characters of a text are looked through for its hits. */
const LONGEST = 8000

const COLUMNS = Prisma.sql`best.number, best.internal, t.status, t.created_at AS "createdAt", t.subject,
  area.name AS area, requester.name AS requester`

const TICKETS = Prisma.sql`JOIN tickets t ON t.number = best.number JOIN areas area ON area.id = t.area_id
  JOIN users requester ON requester.id = t.requester_id`

/** What was written and attached to, newest first, as far as the person reads it. */
const LOG = Prisma.sql`SELECT left(string_agg(written.text, E'\n' ORDER BY written.seq DESC), ${LONGEST}::int)
  FROM (SELECT e.seq, concat_ws(E'\n', nullif(e.text, ''),
      (SELECT string_agg(a.name, E'\n' ORDER BY a.id) FROM attachments a WHERE a.log_entry_id = e.id)) AS text
    FROM log_entries e WHERE e.ticket_number = t.number AND (best.internal OR e.visibility = 'PUBLICA')
    ORDER BY e.seq DESC LIMIT 200) written WHERE written.text <> ''`

/** The words as the database understands them, once for all texts. */
const asked = ({ wanted }: Question) => Prisma.sql`asked AS MATERIALIZED (SELECT ${query(wanted)} AS wanted)`

/** Weights of D to A: bitácora, requester, description, subject. A new ticket counts up to twice as much as an old one. */
const best = ({ rows, offset }: { rows: number; offset: number }) => Prisma.sql`best AS MATERIALIZED (
  SELECT found.number, found.internal,
    ts_rank('{0.1, 0.3, 0.4, 1}', CASE WHEN found.internal THEN ${readable(true)} ELSE ${readable(false)} END, asked.wanted)
      * (1 + 1 / (1 + (extract(epoch FROM newest.at - found.created_at) / 2592000))) AS rank
  FROM found JOIN ticket_documents d ON d.ticket_number = found.number CROSS JOIN asked
  CROSS JOIN (SELECT max(created_at) AS at FROM found) newest
  ORDER BY rank DESC, found.number DESC LIMIT ${rows}::int OFFSET ${offset}::int)`

/** A text with its hits between two characters that no text has. */
const marked = (text: Prisma.Sql) => Prisma.sql`ts_headline('public.ticket_search',
  search_text(translate(${text}, ${HIT_START + HIT_END}, '')), asked.wanted,
  ${`HighlightAll=true, StartSel=${HIT_START}, StopSel=${HIT_END}`})`
