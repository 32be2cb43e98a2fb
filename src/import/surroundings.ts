import type { ClientBase } from 'pg'
import type { ImportedRequest } from './request.ts'

/** How many rows of each table an import made. */
export interface Created {
  areas: number
  categories: number
  groups: number
  requesters: number
}

/** Something that must exist; `key` is how the caller finds its id again. */
interface Wanted {
  key: string
  name: string
  area_id?: number
  kind?: string
}

interface Catalog {
  find: string
  insert: string
}

// Names are matched as the unique indexes match them, by normalized_name. Only what is missing is inserted, so that no
// serial number is spent on conflicts; ON CONFLICT is for whoever creates the same at this moment.
const areas: Catalog = {
  find: `SELECT w.key, a.id FROM json_to_recordset($1) AS w(key text, name text)
    JOIN areas a ON normalized_name(a.name) = normalized_name(w.name)`,
  insert: `INSERT INTO areas (name)
    SELECT DISTINCT ON (normalized_name(w.name)) w.name
    FROM ROWS FROM (json_to_recordset($1) AS (name text)) WITH ORDINALITY AS w(name, place)
    ORDER BY normalized_name(w.name), w.place ON CONFLICT DO NOTHING`,
}
const groups: Catalog = {
  find: `SELECT w.key, g.id FROM json_to_recordset($1) AS w(key text, area_id integer, name text)
    JOIN groups g ON g.area_id = w.area_id AND normalized_name(g.name) = normalized_name(w.name)`,
  insert: `INSERT INTO groups (area_id, name)
    SELECT DISTINCT ON (w.area_id, normalized_name(w.name)) w.area_id, w.name
    FROM ROWS FROM (json_to_recordset($1) AS (area_id integer, name text)) WITH ORDINALITY AS w(area_id, name, place)
    ORDER BY w.area_id, normalized_name(w.name), w.place ON CONFLICT DO NOTHING`,
}
const categories: Catalog = {
  find: `SELECT w.key, c.id FROM json_to_recordset($1) AS w(key text, area_id integer, kind category_kind, name text)
    JOIN categories c
      ON c.area_id = w.area_id AND c.kind = w.kind AND normalized_name(c.name) = normalized_name(w.name)`,
  insert: `INSERT INTO categories (area_id, kind, name)
    SELECT DISTINCT ON (w.area_id, w.kind, normalized_name(w.name)) w.area_id, w.kind, w.name
    FROM ROWS FROM (json_to_recordset($1) AS (area_id integer, kind category_kind, name text))
      WITH ORDINALITY AS w(area_id, kind, name, place)
    ORDER BY w.area_id, w.kind, normalized_name(w.name), w.place ON CONFLICT DO NOTHING`,
}
const requesters: Catalog = {
  find: `SELECT u.external_reference AS key, u.id FROM json_to_recordset($1) AS w(key text)
    JOIN users u ON u.external_reference = w.key`,
  insert: `INSERT INTO users (name, role, kind, external_reference)
    SELECT w.name, 'USUARIO', 'CLIENTE', w.key FROM json_to_recordset($1) AS w(key text, name text)
    ON CONFLICT DO NOTHING`,
}

/**
 * Creates the areas, categories, groups and requesters that the requests need and the database lacks.
 * @returns `idsOf`, the ids that belong to one of these requests
 */
export async function ensureSurroundings(client: ClientBase, origin: string, requests: ImportedRequest[]) {
  const area = await ensure(
    client,
    areas,
    requests.map(request => ({ key: request.area, name: request.area })),
  )
  const wantedCategory = ({ area: name, kind, category }: ImportedRequest) => {
    const area_id = area.id(name)
    return { key: `${area_id}:${kind}:${category}`, area_id, kind, name: category }
  }
  const wantedGroup = ({ area: name, ownerGroup }: ImportedRequest) => {
    const area_id = area.id(name)
    return ownerGroup === null ? null : { key: `${area_id}:${ownerGroup}`, area_id, name: ownerGroup }
  }
  const wantedPerson = (request: ImportedRequest) => ({ key: personKey(origin, request), name: request.requesterName })
  const category = await ensure(client, categories, requests.map(wantedCategory))
  const group = await ensure(
    client,
    groups,
    requests.map(wantedGroup).filter(wanted => wanted !== null),
  )
  const person = await ensure(client, requesters, requests.map(wantedPerson))
  const created: Created = {
    areas: area.created,
    categories: category.created,
    groups: group.created,
    requesters: person.created,
  }
  const idsOf = (request: ImportedRequest) => {
    const owner = wantedGroup(request)
    return {
      area_id: area.id(request.area),
      category_id: category.id(wantedCategory(request).key),
      group_id: owner === null ? null : group.id(owner.key),
      requester_id: person.id(wantedPerson(request).key),
    }
  }
  return { created, idsOf }
}

/** Creates what is missing and tells the ids of all. */
async function ensure(client: ClientBase, catalog: Catalog, all: Wanted[]) {
  const byKey = new Map<string, Wanted>()
  for (const one of all) if (!byKey.has(one.key)) byKey.set(one.key, one)
  const wanted = [...byKey.values()]
  let ids = await findIds(client, catalog, wanted)
  const missing = wanted.filter(({ key }) => !ids.has(key))
  let created = 0
  if (missing.length > 0) {
    created = (await client.query(catalog.insert, [JSON.stringify(missing)])).rowCount ?? 0
    ids = await findIds(client, catalog, wanted)
  }
  return {
    created,
    id(key: string): number {
      const id = ids.get(key)
      if (id === undefined) throw new Error(`"${key}" was inserted and is not there`)
      return id
    },
  }
}

async function findIds(client: ClientBase, catalog: Catalog, wanted: Wanted[]): Promise<Map<string, number>> {
  const { rows } = await client.query<{ key: string; id: number }>(catalog.find, [JSON.stringify(wanted)])
  return new Map(rows.map(row => [row.key, row.id]))
}

/** Nobody's reference is empty, so "system:" is the anonymous requester of the system. */
function personKey(origin: string, request: ImportedRequest): string {
  return `${origin}:${request.requesterReference}`
}
