import type { Database } from '../platform/db.ts'
import type { AuditRow } from './queries.ts'

const tables = {
  areaId: 'area',
  areaIds: 'area',
  defaultGroupId: 'group',
  groupIds: 'group',
  memberIds: 'user',
  organizationId: 'organization',
} as const

/** A field of the audit that holds ids. */
export type IdField = keyof typeof tables
type Table = (typeof tables)[IdField]

/** Of each field that holds ids: what those are called now. */
export type Names = ReadonlyMap<IdField, ReadonlyMap<number, string>>

/** Looks up the names of everything that the entries mention by id, with one statement per kind of thing. */
export async function namesIn({ prisma }: Pick<Database, 'prisma'>, entries: readonly AuditRow[]): Promise<Names> {
  const ids = idsByTable(entries)
  const query = (table: Table) => ({
    where: { id: { in: [...(ids.get(table) ?? [])] } },
    select: { id: true, name: true },
  })
  const read = {
    area: () => prisma.area.findMany(query('area')),
    group: () => prisma.group.findMany(query('group')),
    user: () => prisma.user.findMany(query('user')),
    organization: () => prisma.organization.findMany(query('organization')),
  }
  const found = new Map(
    await Promise.all(
      [...ids.keys()].map(
        async table => [table, new Map((await read[table]()).map(({ id, name }) => [id, name]))] as const,
      ),
    ),
  )
  return new Map((Object.keys(tables) as IdField[]).map(field => [field, found.get(tables[field]) ?? new Map()]))
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
