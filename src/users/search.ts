import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { Role, UserKind } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'

const personRow = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string().nullable(),
  organization: z.string().nullable(),
  role: z.enum(Role),
  kind: z.enum(UserKind).nullable(),
})

export type FoundPerson = z.infer<typeof personRow>

/** No more than this many are found at a time. */
export const MOST_PEOPLE = 20
/** Fewer letters than this are in too many names, and in no index. */
export const FEWEST_LETTERS = 3

const PEOPLE = Prisma.sql`SELECT u.id, u.name, u.email, o.name AS organization, u.role, u.kind
  FROM users u LEFT JOIN organizations o ON o.id = u.organization_id`

/**
 * People who have each of the words in their name, address or organization, without regard to case and accents.
 * @param options whether those without an active account are found too
 * @returns at most {@link MOST_PEOPLE}, by name, and whether there are more; nobody for a text that is too short
 */
export async function searchPeople(
  db: Pick<Database, 'pool'>,
  text: string,
  options: { inactive?: boolean } = {},
): Promise<{ people: FoundPerson[]; more: boolean }> {
  const found = peopleSql(text, options)
  const rows = found ? await select(db, found, { prepared: false }) : []
  const people = z.array(personRow).parse(rows)
  return { people: people.slice(0, MOST_PEOPLE), more: people.length > MOST_PEOPLE }
}

/** The same as a part of a statement: one more than {@link MOST_PEOPLE} at most; null for a text that is too short. */
export function peopleSql(text: string, { inactive = false } = {}): Prisma.Sql | null {
  const words = text.replaceAll('\0', '').trim().slice(0, 100).split(/\s+/).slice(0, 5)
  if (!words.some(word => word.length >= FEWEST_LETTERS)) return null
  // One index each for names, addresses and organizations; a condition that joins them by OR would use none.
  const conditions = words.map(word => {
    const pattern = Prisma.sql`'%' || regexp_replace(normalized_name(${word}::text), '([%_\\\\])', '\\\\\\1', 'g') || '%'`
    return Prisma.sql`u.id IN (SELECT id FROM users WHERE normalized_name(name) LIKE ${pattern}
      UNION ALL SELECT id FROM users WHERE email LIKE ${pattern}
      UNION ALL SELECT m.id FROM users m JOIN organizations c ON c.id = m.organization_id
        WHERE normalized_name(c.name) LIKE ${pattern})`
  })
  const active = inactive ? Prisma.sql`true` : Prisma.sql`u.active`
  return Prisma.sql`${PEOPLE} WHERE ${active} AND ${Prisma.join(conditions, ' AND ')}
    ORDER BY normalized_name(u.name), u.id LIMIT ${MOST_PEOPLE + 1}`
}

/** @returns an active person, or with `inactive` anybody; null when there is none */
export async function findPerson(
  db: Pick<Database, 'pool'>,
  id: number,
  { inactive = false } = {},
): Promise<FoundPerson | null> {
  const rows = await select(db, Prisma.sql`${PEOPLE} WHERE (u.active OR ${inactive}) AND u.id = ${id}`)
  return rows[0] ? personRow.parse(rows[0]) : null
}
