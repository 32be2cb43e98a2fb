import type { ClientBase } from 'pg'
import {
  AGENTS_PER_AREA,
  AREAS,
  CATEGORIES_PER_AREA,
  FIRST_AGENT,
  FIRST_REQUESTER,
  FIRST_SUPERVISOR,
  GROUPS_PER_AREA,
  REQUESTERS,
} from './organization.ts'

// What becomes of each ticket, drawn once into a temporary table; whatever is written later is computed from it.

/** A ticket of the first area, in process, whose bitácora has exactly so many entries at every size. */
export const LONG = { number: 1, entries: 200 }
export const SHORT = { number: 2, entries: 5 }

const KEPT = `n IN (${LONG.number}, ${SHORT.number})`

/** Makes the table `plan` of this connection: of as many tickets always the same, but for the dates, which end now. */
export async function planTickets(client: ClientBase, tickets: number): Promise<void> {
  // Unlike random() the same in each run: a figure of today is about the same tickets as one of last month.
  await client.query(`CREATE FUNCTION pg_temp.chance(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(n, salt) & 2147483647) / 2147483648.0::float8`)
  // When the entry at a place of a bitácora was written.
  await client.query(`CREATE FUNCTION pg_temp.moment(first timestamptz, last timestamptz, place bigint, entries integer)
    RETURNS timestamptz LANGUAGE sql IMMUTABLE
    RETURN (first + (last - first) * ((place - 1) / greatest(entries - 1, 1)::float8))::timestamptz(3)`)
  await client.query(`CREATE TEMP TABLE plan AS ${PLAN}`, [tickets])
  await client.query('ALTER TABLE plan ADD PRIMARY KEY (n)')
  await client.query('ANALYZE plan')
}

// Some areas and people ask for more than others. One in ten is open, mostly of the latest.
const DRAWN = `SELECT n,
    CASE WHEN ${KEPT} THEN 1 ELSE 1 + floor(${AREAS} * pg_temp.chance(n, 1) ^ 1.5)::int END AS area_id,
    ${FIRST_REQUESTER} + floor(${REQUESTERS} * pg_temp.chance(n, 2) ^ 1.5)::int AS requester_id,
    (now() - interval '3 years' * (1 - (n - 1 + pg_temp.chance(n, 3)) / $1::int))::timestamptz(3) AS created_at,
    ${KEPT} OR pg_temp.chance(n, 4) < CASE WHEN n > 0.9 * $1::int THEN 0.8 ELSE 0.0225 END AS open,
    pg_temp.chance(n, 5) AS fate,
    pg_temp.chance(n, 6) < 0.2 AND NOT ${KEPT} AS by_group,
    CASE WHEN ${KEPT} THEN 0 ELSE floor(${AGENTS_PER_AREA} * pg_temp.chance(n, 7))::int END AS agent
  FROM generate_series(1, $1::int) n`

const DECIDED = `SELECT *,
    (CASE WHEN ${KEPT} THEN 'EN_PROCESO'
      WHEN open THEN CASE WHEN fate < 0.3 THEN 'REGISTRADO' WHEN fate < 0.6 THEN 'ASIGNADO' ELSE 'EN_PROCESO' END
      WHEN fate < 0.92 THEN 'FINALIZADO' ELSE 'CANCELADO' END)::ticket_status AS status,
    -- The group of which the agent is the first or the second.
    (area_id - 1) * ${GROUPS_PER_AREA} + 1 + least(agent, ${GROUPS_PER_AREA - 1}) AS group_of_agent,
    ${FIRST_AGENT} + (area_id - 1) * ${AGENTS_PER_AREA} + agent AS agent_id,
    ${FIRST_SUPERVISOR} + area_id - 1 AS supervisor_id
  FROM (${DRAWN}) drawn`

const COURSE = `SELECT *,
    status IN ('ASIGNADO', 'EN_PROCESO', 'FINALIZADO') OR status = 'CANCELADO' AND pg_temp.chance(n, 8) < 0.5 AS assigned,
    status IN ('EN_PROCESO', 'FINALIZADO') AS started,
    status IN ('FINALIZADO', 'CANCELADO') AS closed,
    status = 'FINALIZADO' AND pg_temp.chance(n, 9) < 0.3 AS confirmed,
    CASE WHEN n = ${LONG.number} THEN ${LONG.entries - 3} WHEN n = ${SHORT.number} THEN ${SHORT.entries - 3}
      WHEN status = 'EN_PROCESO' THEN 1 + floor(5 * pg_temp.chance(n, 10))::int
      ELSE floor(3 * pg_temp.chance(n, 10))::int END AS comments
  FROM (${DECIDED}) decided`

const COUNTED = `SELECT *, 1 + assigned::int + started::int + comments + closed::int + confirmed::int AS entries,
    status = 'EN_PROCESO' AND NOT ${KEPT} AND pg_temp.chance(n, 11) < 0.05 AS impeded,
    CASE WHEN pg_temp.chance(n, 12) < 0.05 THEN supervisor_id ELSE requester_id END AS creator_id,
    CASE WHEN assigned AND (started OR NOT by_group) THEN agent_id END AS assignee_id,
    CASE WHEN assigned AND by_group THEN group_of_agent END AS assignee_group_id,
    (area_id - 1) * ${CATEGORIES_PER_AREA} + 1 + floor(${CATEGORIES_PER_AREA} * pg_temp.chance(n, 13))::int AS category_id,
    least(created_at + interval '5 minutes' + interval '10 days' * pg_temp.chance(n, 14) ^ 3, now()) AS worked_until
  FROM (${COURSE}) course`

const PLAN = `SELECT *, CASE WHEN entries = 1 THEN created_at ELSE worked_until::timestamptz(3) END AS last_at,
    1 + assigned::int + started::int + closed::int AS version,
    (sum(entries) OVER (ORDER BY n) - entries)::int AS entries_before
  FROM (${COUNTED}) counted`
