import type { ClientBase } from 'pg'
import * as phrases from './phrases.ts'
import { one } from './tickets.ts'

/** So many tickets' entries are sealed in one statement, which sorts them in memory. */
const AT_ONCE = 50_000

/** Writes the bitácoras of the plan, each sealed as its trigger would have, and what else the triggers keep of them. */
export async function writeEntries(client: ClientBase, tickets: number): Promise<void> {
  await client.query(`CREATE FUNCTION pg_temp.seal(head bytea, start bytea, line text) RETURNS bytea LANGUAGE sql IMMUTABLE
    RETURN sha256(coalesce(head, start) || convert_to(line, 'UTF8'))`)
  await client.query('CREATE AGGREGATE pg_temp.chain (bytea, text) (SFUNC = pg_temp.seal, STYPE = bytea)')
  const { notes, progress, answers, resolutions, cancellations, impediments } = phrases
  for (let first = 1; first <= tickets; first += AT_ONCE) {
    const texts = [notes, progress, answers, resolutions, cancellations, impediments]
    await client.query(INSERT, [...texts, first, first + AT_ONCE - 1])
  }
  await client.query("SELECT setval(pg_get_serial_sequence('log_entries', 'id'), (SELECT max(id) FROM log_entries))")
  await client.query(CHAINS)
  await client.query(ATTENDANTS)
}

// Registered, assigned, started, what was said in between, and the end; the last thing said may be an impediment.
const PLACED = `SELECT plan.*, place, entries_before + place AS id, CASE
      WHEN place = 1 THEN 'CREACION'
      WHEN assigned AND place = 2 THEN 'ASIGNACION'
      WHEN started AND place = 3 THEN 'INICIO'
      WHEN confirmed AND place = entries THEN 'CONFIRMACION'
      WHEN closed AND place = entries - confirmed::int
        THEN CASE status WHEN 'FINALIZADO' THEN 'FINALIZACION' ELSE 'CANCELACION' END
      WHEN impeded AND place = entries THEN 'INCIDENCIA'
      ELSE 'COMENTARIO' END::log_entry_kind AS kind,
    -- Whoever attends and whoever asked take turns.
    started AND place % 2 = 0 AS by_agent,
    pg_temp.moment(created_at, last_at, place, entries) AS written_at
  FROM plan CROSS JOIN LATERAL generate_series(1, entries) place
  WHERE n BETWEEN $7 AND $8`

const WRITTEN = `SELECT id, n, place, kind, written_at,
    (CASE WHEN kind = 'COMENTARIO' AND by_agent AND pg_temp.chance(id, 30) < 0.3 THEN 'INTERNA' ELSE 'PUBLICA' END)::log_visibility
      AS visibility,
    CASE kind WHEN 'CREACION' THEN creator_id WHEN 'ASIGNACION' THEN supervisor_id
      WHEN 'CANCELACION' THEN CASE WHEN assigned THEN supervisor_id ELSE requester_id END
      WHEN 'CONFIRMACION' THEN requester_id
      WHEN 'COMENTARIO' THEN CASE WHEN by_agent THEN assignee_id ELSE requester_id END
      ELSE assignee_id END AS author_id,
    CASE kind WHEN 'ASIGNACION' THEN ${one(1, 31, 'id')} WHEN 'FINALIZACION' THEN ${one(4, 34, 'id')}
      WHEN 'CANCELACION' THEN ${one(5, 35, 'id')} WHEN 'INCIDENCIA' THEN ${one(6, 36)}
      WHEN 'COMENTARIO' THEN CASE WHEN by_agent THEN ${one(2, 32, 'id')} || ' ' || ${one(2, 37, 'id')} ELSE ${one(3, 33, 'id')} END
      ELSE '' END AS text,
    CASE kind
      WHEN 'CREACION' THEN jsonb_build_object('status', jsonb_build_array(NULL, 'REGISTRADO')) || CASE
        WHEN creator_id = requester_id THEN '{}' ELSE jsonb_build_object('requesterId', jsonb_build_array(NULL, requester_id)) END
      WHEN 'ASIGNACION' THEN jsonb_build_object('status', jsonb_build_array('REGISTRADO', 'ASIGNADO'))
        || CASE WHEN by_group THEN jsonb_build_object('assigneeGroupId', jsonb_build_array(NULL, assignee_group_id))
          ELSE jsonb_build_object('assigneeId', jsonb_build_array(NULL, assignee_id)) END
      WHEN 'INICIO' THEN jsonb_build_object('status', jsonb_build_array('ASIGNADO', 'EN_PROCESO'))
        || CASE WHEN by_group THEN jsonb_build_object('assigneeId', jsonb_build_array(NULL, assignee_id)) ELSE '{}' END
      WHEN 'FINALIZACION' THEN jsonb_build_object('status', jsonb_build_array('EN_PROCESO', 'FINALIZADO'))
      WHEN 'CANCELACION' THEN jsonb_build_object('status',
        jsonb_build_array(CASE WHEN assigned THEN 'ASIGNADO' ELSE 'REGISTRADO' END, 'CANCELADO'))
      WHEN 'INCIDENCIA' THEN jsonb_build_object('impediment',
        jsonb_build_array(NULL, (enum_range(NULL::impediment_reason))[1 + n % 4]))
    END AS changes,
    CASE kind WHEN 'CREACION' THEN 1 WHEN 'ASIGNACION' THEN 2 WHEN 'INICIO' THEN 3
      WHEN 'COMENTARIO' THEN 1 + assigned::int + started::int ELSE version END AS ticket_version
  FROM (${PLACED}) placed`

const INSERT = `INSERT INTO log_entries (id, ticket_number, kind, visibility, author_id, text, changes, ticket_version, created_at, seq, hash)
  SELECT id, n, kind, visibility, author_id, text, changes, ticket_version, written_at, place,
    pg_temp.chain(log_chain_start(n), concat_ws(E'\\n', 'v1', id, n, kind, visibility, author_id, ticket_version,
      floor(extract(epoch FROM written_at) * 1000)::bigint, octet_length(text), text, coalesce(changes::text, '')))
      OVER (PARTITION BY n ORDER BY place)
  FROM (${WRITTEN}) written`

const CHAINS = `INSERT INTO log_chains (ticket_number, entries, head)
  SELECT n, entries, hash FROM plan JOIN log_entries ON id = entries_before + entries ORDER BY n`

const ATTENDANTS = `INSERT INTO ticket_attendants (ticket_number, user_id, last_at)
  SELECT e.ticket_number, e.author_id, max(e.created_at)
  FROM log_entries e JOIN users u ON u.id = e.author_id AND u.role <> 'USUARIO'
  WHERE e.kind NOT IN ('CREACION', 'IMPORTACION', 'ASIGNACION', 'RECLASIFICACION') GROUP BY 1, 2 ORDER BY 1, 2`
