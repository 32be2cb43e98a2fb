import type { Database } from '../platform/db.ts'
import { FEWEST_LETTERS, MOST_PEOPLE, searchPeople } from '../users/search.ts'

/** Whose entries a typed name or mail asks for, or why that cannot be told. */
type Asked = { people: readonly number[] | null; problem: null } | { people: null; problem: string }

/** @param text '' for everybody */
export async function peopleAskedFor(db: Pick<Database, 'pool'>, text: string): Promise<Asked> {
  if (text === '') return { people: null, problem: null }
  const { people, more } = await searchPeople(db, text, { inactive: true })
  // Entries of some of them alone would pass for all there are.
  if (more) return { people: null, problem: `Más de ${MOST_PEOPLE} personas coinciden: escriba algo más del nombre.` }
  if (people.length > 0) return { people: people.map(({ id }) => id), problem: null }
  return {
    people: null,
    problem: `Nadie coincide. Escriba al menos ${FEWEST_LETTERS} letras seguidas del nombre o del correo.`,
  }
}
