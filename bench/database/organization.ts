import type { ClientBase } from 'pg'
import * as phrases from './phrases.ts'

// Who there is. Ids are given, not drawn, so that the statements that make tickets compute whom they belong to.

export const AREAS = 20
export const AGENTS_PER_AREA = 3
export const GROUPS_PER_AREA = 2
export const CATEGORIES_PER_AREA = 6
export const REQUESTERS = 2000
const CLIENTS = 1500
const ORGANIZATIONS = 100

/** Users come in this order: one Administrador, a Supervisor per area, the areas' agents, the requesters. */
export const ADMINISTRATOR = 1
export const FIRST_SUPERVISOR = 2
export const FIRST_AGENT = FIRST_SUPERVISOR + AREAS
export const FIRST_REQUESTER = FIRST_AGENT + AREAS * AGENTS_PER_AREA

/** The mail of a user, by id. */
export const mailOf = (id: number): string => `persona${id}@banco.test`

/** Fills an empty, migrated database with areas, categories, groups and people. @param passwordHash everybody's */
export async function fillOrganization(client: ClientBase, passwordHash: string): Promise<void> {
  const run = (text: string, values: unknown[] = []) => client.query(text, values)
  await run("UPDATE settings SET organization_name = 'Banco de pruebas', time_zone = 'America/Mexico_City'")
  await run("INSERT INTO organizations (id, name) SELECT n, 'Organización ' || n FROM generate_series(1, $1::int) n", [
    ORGANIZATIONS,
  ])
  await run('INSERT INTO areas (id, name) SELECT place, name FROM unnest($1::text[]) WITH ORDINALITY a(name, place)', [
    phrases.areas,
  ])
  await run(PEOPLE, [
    passwordHash,
    phrases.firstNames,
    phrases.lastNames,
    FIRST_REQUESTER + REQUESTERS - 1,
    FIRST_SUPERVISOR,
    FIRST_AGENT,
    FIRST_REQUESTER,
    FIRST_REQUESTER + CLIENTS,
    ORGANIZATIONS,
  ])
  await run(MEMBERS, [AREAS, AGENTS_PER_AREA, FIRST_SUPERVISOR, FIRST_AGENT])
  await run(GROUPS, [AREAS, GROUPS_PER_AREA])
  await run(GROUP_MEMBERS, [GROUPS_PER_AREA, AGENTS_PER_AREA, FIRST_AGENT])
  await run(CATEGORIES, [AREAS, phrases.categories])
  for (const table of ['organizations', 'areas', 'users', 'groups', 'categories']) {
    await run(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`)
  }
}

const PEOPLE = `INSERT INTO users (id, name, email, password_hash, role, kind, organization_id)
  SELECT n, concat_ws(' ', ($2::text[])[1 + n % cardinality($2::text[])], ($3::text[])[1 + n * 7 % cardinality($3::text[])],
      ($3::text[])[1 + n * 11 % cardinality($3::text[])]),
    'persona' || n || '@banco.test', $1,
    (CASE WHEN n < $5::int THEN 'ADMINISTRADOR' WHEN n < $6::int THEN 'SUPERVISOR' WHEN n < $7::int THEN 'AGENTE' ELSE 'USUARIO' END)::role,
    (CASE WHEN n >= $8::int THEN 'EMPLEADO' WHEN n >= $7::int THEN 'CLIENTE' END)::user_kind,
    CASE WHEN n >= $7::int AND n < $8::int THEN 1 + n % $9::int END
  FROM generate_series(1, $4::int) n`

// A Supervisor leads his area and the next one.
const MEMBERS = `INSERT INTO area_members (area_id, user_id)
  SELECT area, $4::int + (area - 1) * $2::int + agent FROM generate_series(1, $1::int) area, generate_series(0, $2::int - 1) agent
  UNION ALL SELECT area, $3::int + area - 1 FROM generate_series(1, $1::int) area
  UNION ALL SELECT area % $1::int + 1, $3::int + area - 1 FROM generate_series(1, $1::int) area`

const GROUPS = `INSERT INTO groups (id, area_id, name)
  SELECT (area - 1) * $2::int + place, area, 'Turno ' || place
  FROM generate_series(1, $1::int) area, generate_series(1, $2::int) place`

// Of three agents the first and the second are one group, the second and the third the other.
const GROUP_MEMBERS = `INSERT INTO group_members (group_id, user_id, area_id)
  SELECT g.id, $3::int + (g.area_id - 1) * $2::int + (g.id - 1) % $1::int + agent, g.area_id
  FROM groups g, generate_series(0, 1) agent`

// The first half are problems.
const CATEGORIES = `INSERT INTO categories (id, area_id, kind, name, default_priority)
  SELECT (area - 1) * cardinality($2::text[]) + place, area,
    (CASE WHEN place <= cardinality($2::text[]) / 2 THEN 'PROBLEMA' ELSE 'REQUERIMIENTO' END)::category_kind, name,
    (ARRAY['BAJA', 'MEDIA', 'ALTA'])[1 + place % 3]::priority
  FROM generate_series(1, $1::int) area, unnest($2::text[]) WITH ORDINALITY c(name, place)`
