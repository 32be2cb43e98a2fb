import { Prisma } from '../generated/prisma/client.ts'
import type { Database } from '../platform/db.ts'
import { FEWEST_LETTERS, MOST_PEOPLE, peopleSql, searchPeople } from '../users/search.ts'

/** Of whom entries are wanted: a statement that gives ids, nobody if they are too many to tell; null for anybody. */
export function peopleAskedFor(text: string): Prisma.Sql | null {
  if (text === '') return null
  const found = peopleSql(text, { inactive: true })
  if (!found) return Prisma.sql`SELECT 0 AS id WHERE false`
  // Entries of some of them alone would pass for all there are.
  return Prisma.sql`SELECT id FROM (SELECT id, count(*) OVER () AS count FROM (${found}) found) counted
    WHERE count <= ${MOST_PEOPLE}`
}

/** Why it cannot be told whose entries a typed name or mail asks for; null when it can. */
export async function problemWith(db: Pick<Database, 'pool'>, text: string): Promise<string | null> {
  if (text === '') return null
  const { people, more } = await searchPeople(db, text, { inactive: true })
  if (more) return `Más de ${MOST_PEOPLE} personas coinciden: escriba algo más del nombre.`
  if (people.length > 0) return null
  return `Nadie coincide. Escriba al menos ${FEWEST_LETTERS} letras seguidas del nombre o del correo.`
}
