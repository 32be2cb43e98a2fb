import type { ClientBase } from 'pg'

/** What the sleeping triggers would have seen to; each statement finds the tickets with which something is wrong. */
const CHECKS: Record<string, string> = {
  'a step that no transition allows': `SELECT ticket_number FROM (
      SELECT ticket_number, ticket_version, seq, changes -> 'status' ->> 0 AS before, changes -> 'status' ->> 1 AS after,
        lag(changes -> 'status' ->> 1) OVER (PARTITION BY ticket_number ORDER BY seq) AS reached,
        row_number() OVER (PARTITION BY ticket_number ORDER BY seq) AS version
      FROM log_entries WHERE changes ? 'status') step
    WHERE ticket_version <> version OR before IS DISTINCT FROM reached OR NOT EXISTS (SELECT FROM ticket_transitions
      WHERE from_status IS NOT DISTINCT FROM before::ticket_status AND to_status = after::ticket_status)`,
  'a ticket that its bitácora contradicts': `SELECT number FROM tickets t LEFT JOIN LATERAL (
      SELECT changes -> 'status' ->> 1 AS status, ticket_version FROM log_entries
      WHERE ticket_number = t.number AND changes ? 'status' ORDER BY seq DESC LIMIT 1) last ON true
    WHERE t.status::text IS DISTINCT FROM last.status OR t.version <> last.ticket_version
      OR t.last_activity_at <> (SELECT max(created_at) FROM log_entries WHERE ticket_number = t.number)`,
  'an owner who may not own it': `SELECT number FROM tickets t
    LEFT JOIN area_members m ON m.area_id = t.area_id AND m.user_id = t.assignee_id
    LEFT JOIN users u ON u.id = m.user_id AND u.active AND u.role <> 'USUARIO'
    LEFT JOIN groups g ON g.id = t.assignee_group_id AND g.area_id = t.area_id AND g.active
    WHERE (t.assignee_id IS NULL) <> (u.id IS NULL) OR (t.assignee_group_id IS NULL) <> (g.id IS NULL)`,
  'an entry after the cancellation': `SELECT e.ticket_number FROM log_entries e
    JOIN log_chains c ON c.ticket_number = e.ticket_number WHERE e.kind = 'CANCELACION' AND e.seq <> c.entries`,
  'a mark without its impediment': `SELECT t.number FROM tickets t
    FULL JOIN impediments i ON i.ticket_number = t.number AND i.closed_at IS NULL
    WHERE t.impeded_at IS DISTINCT FROM i.opened_at`,
  'a chain that ends elsewhere': `SELECT t.number FROM tickets t LEFT JOIN log_chains c ON c.ticket_number = t.number
    LEFT JOIN log_entries e ON e.ticket_number = c.ticket_number AND e.seq = c.entries
    WHERE e.hash IS DISTINCT FROM c.head OR e.hash IS NULL
      OR EXISTS (SELECT FROM log_entries WHERE ticket_number = c.ticket_number AND seq > c.entries)`,
}

// The function that the trigger seals with, on one ticket in so many.
const SEALS = `SELECT ticket_number FROM (
    SELECT e, ticket_number, hash, lag(hash) OVER (PARTITION BY ticket_number ORDER BY seq) AS head
    FROM log_entries e WHERE ticket_number % $1::int = 0) sealed
  WHERE hash <> log_chain_next(coalesce(head, log_chain_start(ticket_number)), log_entry_line(e))`

/** @throws when a ticket is not as the application would have made it */
export async function checkTickets(client: ClientBase, tickets: number): Promise<void> {
  const sampled = Math.max(1, Math.floor(tickets / 50_000))
  const questions = [...Object.entries(CHECKS).map(([wrong, sql]) => ({ wrong, sql, values: [] as number[] }))]
  questions.push({ wrong: 'an entry that is not sealed', sql: SEALS, values: [sampled] })
  for (const { wrong, sql, values } of questions) {
    const { rows } = await client.query({ text: `${sql} LIMIT 1`, values, rowMode: 'array' })
    if (rows.length > 0) throw new Error(`The bench made ${wrong}: ticket ${rows[0]}`)
  }
}
