import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import type { AuditRow } from './queries.ts'

const tables = {
  areaId: 'areas',
  areaIds: 'areas',
  defaultGroupId: 'groups',
  groupIds: 'groups',
  memberIds: 'users',
  organizationId: 'organizations',
} as const

/** A field of the audit that holds ids. */
export type IdField = keyof typeof tables
type Table = (typeof tables)[IdField]

/** Of each field that holds ids: what those are called now. */
export type Names = ReadonlyMap<IdField, ReadonlyMap<number, string>>

const NAMES = {
  name: 'names_in_audit',
  text: `SELECT 'areas' AS "table", id, name FROM areas WHERE id = ANY($1::int[])
    UNION ALL SELECT 'groups', id, name FROM groups WHERE id = ANY($2::int[])
    UNION ALL SELECT 'users', id, name FROM users WHERE id = ANY($3::int[])
    UNION ALL SELECT 'organizations', id, name FROM organizations WHERE id = ANY($4::int[])`,
}
const nameRows = z.array(z.object({ table: z.string(), id: z.number(), name: z.string() }))

/** Looks up the names of everything that the entries mention by id, in one statement. */
export async function namesIn({ pool }: Pick<Database, 'pool'>, entries: readonly AuditRow[]): Promise<Names> {
  const ids = idsByTable(entries)
  if (ids.size === 0) return new Map()
  const values = (['areas', 'groups', 'users', 'organizations'] as const).map(table => [...(ids.get(table) ?? [])])
  const rows = nameRows.parse((await pool.query({ ...NAMES, values })).rows)
  const namesOf = (table: Table) =>
    new Map(rows.filter(row => row.table === table).map(({ id, name }) => [id, name] as const))
  return new Map((Object.keys(tables) as IdField[]).map(field => [field, namesOf(tables[field])]))
}

function idsByTable(entries: readonly AuditRow[]): Map<Table, Set<number>> {
  const ids = new Map<Table, Set<number>>()
  for (const [field, values] of entries.flatMap(({ changes }) => Object.entries(changes ?? {}))) {
    const table = tables[field as IdField]
    if (!table) continue
    const numbers = values.flat().filter(value => typeof value === 'number')
    ids.set(table, new Set([...(ids.get(table) ?? []), ...numbers]))
  }
  return ids
}
