import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { visibleSql, visibleTo, workOf } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import { candidates } from './candidates.ts'
import { query, readable } from './language/matching.ts'
import type { Question } from './language/tsquery.ts'
import { HIT_END, HIT_START } from './snippets.ts'

const foundRow = z.object({
  /** How many match, as far as they are counted. */
  total: z.coerce.number(),
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
    Prisma.sql`WITH ${candidates(viewer, question, most)}, ${best(question, { rows, offset: 0 })}
      SELECT ${COLUMNS} FROM best ${TICKETS} ORDER BY best.rank DESC, best.number DESC`,
  )
  return z.array(foundRow).parse(found)
}

/** A page of the tickets that match and are visible, the best first, with what may be read of them and its hits marked. */
export async function searchTickets(
  db: Reading,
  viewer: Viewer,
  question: Question,
  page: { rows: number; offset: number },
): Promise<ResultRow[]> {
  const found = await select(
    db,
    Prisma.sql`WITH ${candidates(viewer, question)}, ${best(question, page)}
      SELECT ${COLUMNS}, ${marked(Prisma.sql`t.subject`, question)} AS "markedSubject",
        ${marked(Prisma.sql`requester.name`, question)} AS "markedRequester",
        described.text AS description, described.marked AS "markedDescription", log.text AS log,
        ${marked(Prisma.sql`log.text`, question)} AS "markedLog"
      FROM best ${TICKETS}
      CROSS JOIN LATERAL (SELECT text, ${marked(Prisma.sql`text`, question)} AS marked
        FROM (SELECT left(t.description, ${LONGEST}::int) AS text OFFSET 0) description) described
      CROSS JOIN LATERAL (SELECT CASE WHEN strpos(described.marked, ${HIT_START}) = 0 THEN (${LOG}) END AS text OFFSET 0) log
      ORDER BY best.rank DESC, best.number DESC`,
  )
  return z.array(resultRow).parse(found)
}

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

const COLUMNS = Prisma.sql`best.total, best.number, best.internal, t.status, t.created_at AS "createdAt", t.subject,
  area.name AS area, requester.name AS requester`

const TICKETS = Prisma.sql`JOIN tickets t ON t.number = best.number JOIN areas area ON area.id = t.area_id
  JOIN users requester ON requester.id = t.requester_id`

/** What was written and attached to, newest first, as far as the person reads it. */
const LOG = Prisma.sql`SELECT left(string_agg(written.text, E'\n' ORDER BY written.seq DESC), ${LONGEST}::int)
  FROM (SELECT e.seq, concat_ws(E'\n', nullif(e.text, ''),
      (SELECT string_agg(a.name, E'\n' ORDER BY a.id) FROM attachments a WHERE a.log_entry_id = e.id)) AS text
    FROM log_entries e WHERE e.ticket_number = t.number AND (best.internal OR e.visibility = 'PUBLICA')
    ORDER BY e.seq DESC LIMIT 200) written WHERE written.text <> ''`

/** Weights of D to A: bitácora, requester, description, subject. A new ticket counts up to twice as much as an old one. */
const best = (
  question: Question,
  { rows, offset }: { rows: number; offset: number },
) => Prisma.sql`best AS MATERIALIZED (
  SELECT found.number, found.internal, count(*) OVER () AS total,
    ts_rank('{0.1, 0.3, 0.4, 1}', CASE WHEN found.internal THEN ${readable(true)} ELSE ${readable(false)} END, ${query(question.wanted)})
      * (1 + 1 / (1 + (extract(epoch FROM newest.at - t.created_at) / 2592000))) AS rank
  FROM found JOIN ticket_documents d ON d.ticket_number = found.number JOIN tickets t ON t.number = found.number
  CROSS JOIN (SELECT max(created_at) AS at FROM found JOIN tickets USING (number)) newest
  ORDER BY rank DESC, found.number DESC LIMIT ${rows}::int OFFSET ${offset}::int)`

/** A text with its hits between two characters that no text has. */
const marked = (text: Prisma.Sql, question: Question) => Prisma.sql`ts_headline('public.ticket_search',
  search_text(translate(${text}, ${HIT_START + HIT_END}, '')), ${query(question.wanted)},
  ${`HighlightAll=true, StartSel=${HIT_START}, StopSel=${HIT_END}`})`
