import type { ClientBase } from 'pg'
import type { ImportedRequest } from './request.ts'
import { ensureSurroundings } from './surroundings.ts'

const insertTickets = `INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id,
    creator_id, assignee_group_id, created_at, last_activity_at, closed_at, origin_system, origin_reference)
  SELECT area_id, category_id, priority, status, subject, description, requester_id,
    requester_id, group_id, created_at, coalesce(closed_at, created_at), closed_at, $2, reference
  FROM ROWS FROM (json_to_recordset($1) AS (area_id integer, category_id integer, priority priority,
    status ticket_status, subject text, description text, requester_id integer, group_id integer,
    created_at timestamptz, closed_at timestamptz, reference text)) WITH ORDINALITY AS row(area_id, category_id, priority,
    status, subject, description, requester_id, group_id, created_at, closed_at, reference, place)
  ORDER BY place
  ON CONFLICT (origin_system, origin_reference) WHERE origin_system IS NOT NULL DO NOTHING
  RETURNING number, status, assignee_group_id AS "assigneeGroupId", origin_reference AS reference`

const insertLogEntries = `INSERT INTO log_entries (ticket_number, kind, text, changes, created_at)
  SELECT ticket_number, 'IMPORTACION', text, changes, $2
  FROM json_to_recordset($1) AS entry(ticket_number integer, text text, changes jsonb)
  ORDER BY ticket_number`

interface LoadedTicket {
  number: number
  status: string
  assigneeGroupId: number | null
  reference: string
}

/** Ticket numbers of the references that are in the database already. */
export async function findTickets(client: ClientBase, origin: string, references: string[]) {
  const { rows } = await client.query<{ reference: string; number: number }>(
    `SELECT origin_reference AS reference, number FROM tickets
      WHERE origin_system = $1 AND origin_reference = ANY ($2)`,
    [origin, references],
  )
  return new Map(rows.map(row => [row.reference, row.number]))
}

/**
 * Inserts the requests with everything they need, and one bitácora entry each.
 * @param importedAt time of the bitácora entries: they tell what was done here; the tickets keep their own times
 * @returns the new tickets' numbers, fewer than requests when somebody else has just loaded the same reference
 */
export async function writeRequests(client: ClientBase, origin: string, importedAt: Date, requests: ImportedRequest[]) {
  const { created, idsOf } = await ensureSurroundings(client, origin, requests)
  const rows = requests.map(request => ({
    ...idsOf(request),
    priority: request.priority,
    status: request.status,
    subject: request.subject,
    description: request.description,
    created_at: request.createdAt,
    closed_at: request.closedAt,
    reference: request.reference,
  }))
  const tickets = await client.query<LoadedTicket>(insertTickets, [JSON.stringify(rows), origin])
  await client.query(insertLogEntries, [
    JSON.stringify(tickets.rows.map(ticket => entryOf(origin, ticket))),
    importedAt,
  ])
  return { numbers: tickets.rows.map(ticket => ticket.number), created }
}

function entryOf(origin: string, { number, status, assigneeGroupId, reference }: LoadedTicket) {
  return {
    ticket_number: number,
    text: `Importado de ${origin}, referencia ${reference}.`,
    changes: {
      status: [null, status],
      ...(assigneeGroupId !== null && { assigneeGroupId: [null, assigneeGroupId] }),
      originSystem: [null, origin],
      originReference: [null, reference],
    },
  }
}
