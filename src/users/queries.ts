import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { Role, UserKind } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import { type NameKey, PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { type AccountType, roleAndKindOf } from './account-types.ts'
import { FEWEST_LETTERS } from './search.ts'

const personRow = z.object({
  id: z.number(),
  name: z.string(),
  sortName: z.string(),
  email: z.string().nullable(),
  role: z.enum(Role),
  kind: z.enum(UserKind).nullable(),
  active: z.boolean(),
  hasPassword: z.boolean(),
  organization: z.string().nullable(),
  /** Joined by commas; '' for none. */
  areas: z.string(),
})

export type PersonRow = z.infer<typeof personRow>

/** What a list of people is narrowed to. */
export interface PeopleFilters {
  clients: boolean
  /** Parts of the name or mail; '' for everybody. */
  text: string
  type?: AccountType | undefined
  areaId?: number | undefined
  organizationId?: number | undefined
  active?: boolean | undefined
}

/**
 * A page of people, by name. Either the index of the order finds them at once or that of the search finds few: the planner
 * sees the pattern and knows which.
 */
export async function listPeople(
  db: Pick<Database, 'pool'>,
  filters: PeopleFilters,
  request: PageRequest<NameKey>,
): Promise<Slice<PersonRow>> {
  const words = wordsOf(filters.text)
  if (words.length > 0 && !isSearchable(filters.text)) return { rows: [], next: false, previous: false }
  const conditions = [...conditionsOf(filters), ...words.map(hasWord), ...behind(request)]
  const direction = request.direction === 'back' ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const rows = await select(
    db,
    Prisma.sql`SELECT u.id, u.name, normalized_name(u.name) AS "sortName", u.email, u.role, u.kind, u.active,
      u.password_hash IS NOT NULL AS "hasPassword", o.name AS organization,
      coalesce((SELECT string_agg(a.name, ', ' ORDER BY a.name) FROM area_members m JOIN areas a ON a.id = m.area_id
        WHERE m.user_id = u.id), '') AS areas
    FROM users u LEFT JOIN organizations o ON o.id = u.organization_id
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY normalized_name(u.name) ${direction}, u.id ${direction} LIMIT ${PAGE_SIZE + 1}`,
  )
  return slice(z.array(personRow).parse(rows), request)
}

/** Whether a text can be searched for: shorter words alone are in too many names, and in no index. */
export const isSearchable = (text: string) => wordsOf(text).some(word => word.length >= FEWEST_LETTERS)

const wordsOf = (text: string) =>
  text
    .replaceAll('\0', '')
    .slice(0, 100)
    .split(/\s+/)
    .filter(word => word !== '')
    .slice(0, 5)

function hasWord(word: string): Prisma.Sql {
  const pattern = Prisma.sql`'%' || normalized_name(${word.replace(/[%_\\]/g, '\\$&')}) || '%'`
  return Prisma.sql`(normalized_name(u.name) LIKE ${pattern} OR u.email LIKE ${pattern})`
}

function conditionsOf({ clients, type, areaId, organizationId, active }: PeopleFilters): Prisma.Sql[] {
  return [
    clients ? Prisma.sql`u.kind = 'CLIENTE'` : Prisma.sql`u.kind IS DISTINCT FROM 'CLIENTE'`,
    type && Prisma.sql`u.role = ${roleAndKindOf(type).role}::role`,
    areaId !== undefined &&
      Prisma.sql`EXISTS (SELECT FROM area_members m WHERE m.user_id = u.id AND m.area_id = ${areaId})`,
    organizationId !== undefined && Prisma.sql`u.organization_id = ${organizationId}`,
    active !== undefined && (active ? Prisma.sql`u.active` : Prisma.sql`NOT u.active`),
  ].filter(condition => condition instanceof Prisma.Sql)
}

function behind({ direction, from }: PageRequest<NameKey>): Prisma.Sql[] {
  if (!from) return []
  const key = Prisma.sql`(normalized_name(u.name), u.id)`
  const place = Prisma.sql`(${from.sortName}, ${from.id})`
  return [direction === 'back' ? Prisma.sql`${key} < ${place}` : Prisma.sql`${key} > ${place}`]
}
