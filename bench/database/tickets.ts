import type { ClientBase } from 'pg'
import * as phrases from './phrases.ts'

/** How many tickets have the rare word. */
const RARE = 10

/** Writes the tickets of the plan, with their impediments. */
export async function writeTickets(client: ClientBase, tickets: number): Promise<void> {
  const { things, troubles, places, circumstances, impediments } = phrases
  const words = [
    `la ${phrases.COMMON_WORD}`,
    `la ${phrases.RARE_WORD}`,
    ` Antes avisaba por ${phrases.FADED_WORD}.`,
    ` También lo notó el ${phrases.UNCOMMON_WORD}.`,
  ]
  await client.query(INSERT, [things, troubles, places, circumstances, words, Math.floor(tickets / RARE)])
  await client.query("SELECT setval(pg_get_serial_sequence('tickets', 'number'), (SELECT max(number) FROM tickets))")
  await client.query(IMPEDIMENTS, [impediments])
}

/** One text of an array parameter. */
export const one = (array: number, salt: number, number = 'n') =>
  `($${array}::text[])[1 + floor(cardinality($${array}::text[]) * pg_temp.chance(${number}, ${salt}))::int]`

const INSERT = `INSERT INTO tickets (number, area_id, category_id, priority, status, subject, description, requester_id, creator_id,
    assignee_id, assignee_group_id, version, created_at, last_activity_at, closed_at, impeded_at)
  SELECT n, area_id, category_id,
    (ARRAY['BAJA', 'MEDIA', 'MEDIA', 'MEDIA', 'ALTA', 'URGENTE'])[1 + floor(6 * pg_temp.chance(n, 20))::int]::priority, status,
    upper(left(matter, 1)) || substr(matter, 2),
    'Les escribo porque ' || matter || '. ' || ${one(4, 21)} || ' ' || ${one(4, 22)}
      || CASE WHEN pg_temp.chance(n, 23) < 0.5 THEN E'\\n\\n' || ${one(4, 24)} || ' ' || ${one(4, 25)} ELSE '' END
      || CASE WHEN n <= 8 * $6::int AND pg_temp.chance(n, 15) < 0.25 THEN ($5::text[])[3] ELSE '' END
      || CASE WHEN pg_temp.chance(n, 16) < 0.02 THEN ($5::text[])[4] ELSE '' END
      || ' Inventario INV-' || lpad((n::bigint * 7919 % 1000000)::text, 6, '0') || ', oficina ' || 100 + n % 400 || '.',
    requester_id, creator_id, assignee_id, assignee_group_id, version, created_at, last_at,
    CASE WHEN closed THEN pg_temp.moment(created_at, last_at, entries - confirmed::int, entries) END,
    CASE WHEN impeded THEN last_at END
  FROM (SELECT *, CASE WHEN n % $6::int = 5 THEN ($5::text[])[2] WHEN pg_temp.chance(n, 26) < 0.2 THEN ($5::text[])[1]
      ELSE ${one(1, 27)} END || ' ' || ${one(2, 28)} || ' ' || ${one(3, 29)} AS matter FROM plan) told
  ORDER BY n`

const IMPEDIMENTS = `INSERT INTO impediments (ticket_number, reason, text, opened_at, opened_by)
  SELECT n, (enum_range(NULL::impediment_reason))[1 + n % 4], ${one(1, 43)}, last_at, assignee_id
  FROM plan WHERE impeded ORDER BY n`
