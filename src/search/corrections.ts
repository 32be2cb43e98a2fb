import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { type Database, select } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { reachOf, seen } from './candidates.ts'
import { documentsSql, TICKET_OF_HIT } from './language/documents.ts'
import { meaningsOf } from './language/synonyms.ts'
import { either } from './language/tsquery.ts'
import { fold } from './language/words.ts'
import type { Part } from './snippets.ts'

// «¿Quiso decir…?» A word that was meant must stand, letter by letter, in a text that the person may read: words that only others
// may read are passed over, however many they are, and neither offered nor in the way.

/** Shorter words are like too many others. */
const SHORTEST = 4
const LONGEST = 30
const MOST_WORDS = 5
/** Tickets in which a word is looked for; its stem they have. */
const MOST_TICKETS = 20
/** So many that have it in an internal note alone are passed over. */
const EFFORT = 1000

const correctionRow = z.object({ word: z.string(), correction: z.string().nullable() })

/**
 * @param words folded, as somebody typed them
 * @param options whether words that are found, if rarely, may be misspelt too
 * @returns for each that may be misspelt the nearest that the person could find
 */
export async function correctionsOf(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  words: readonly string[],
  { known = false } = {},
): Promise<Map<string, string>> {
  const suspect = words.filter(word => /^[a-z]+$/.test(word) && word.length >= SHORTEST && word.length <= LONGEST)
  const asked = suspect.slice(0, MOST_WORDS)
  if (asked.length === 0) return new Map()
  const meanings = asked.map(word => either(meaningsOf(word)))
  const found = Prisma.sql`EXISTS (${ticketsWith(viewer, Prisma.sql`typed.meaning`)})`
  const rows = await select(
    db,
    Prisma.sql`SELECT typed.word, (SELECT near.word FROM similar_words(typed.word) near
        WHERE ${stands(viewer, Prisma.sql`near.word`)} LIMIT 1) AS correction
      FROM unnest(${asked}::text[], ${meanings}::text[]) typed (word, meaning)
      WHERE ${known} OR NOT ${found}`,
  )
  const corrections = z.array(correctionRow).parse(rows)
  return new Map(corrections.flatMap(({ word, correction }) => (correction ? [[word, correction] as const] : [])))
}

/** What was typed with other words in place of some of it. */
export function corrected(text: string, corrections: ReadonlyMap<string, string>): string {
  return text.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, word => corrections.get(fold(word)) ?? word)
}

/** Words as they are written in texts with hits, with their accents: those of the corrections have none. */
export function spelled(text: string, parts: readonly Part[]): string {
  const forms = new Map(parts.filter(({ hit }) => hit).map(({ text }) => [fold(text), text.toLowerCase()]))
  return text.replaceAll(/[\p{L}\p{N}]+/gu, word => forms.get(word) ?? word)
}

/** The newest tickets that have a word's stem. @param word in the language of to_tsquery */
function ticketsWith(viewer: Viewer, word: Prisma.Sql): Prisma.Sql {
  const lexeme = Prisma.sql`to_tsquery('public.ticket_search', ${word})`
  const words = { indexed: lexeme, exact: lexeme }
  const documents = documentsSql({ ...reachOf(viewer), words, most: MOST_TICKETS, effort: EFFORT })
  return Prisma.sql`SELECT hit.number, hit.internal FROM ${documents} hit ${TICKET_OF_HIT}
    WHERE ${seen(viewer)}`
}

/** Whether a word stands, in this very form, in what may be read of one of the tickets that have its stem. */
function stands(viewer: Viewer, word: Prisma.Sql): Prisma.Sql {
  const has = (text: Prisma.Sql) =>
    Prisma.sql`to_tsvector('public.ticket_words', search_text(${text})) @@ to_tsquery('public.ticket_words', ${word})`
  const entries = Prisma.sql`SELECT FROM log_entries e LEFT JOIN attachments a ON a.log_entry_id = e.id
    WHERE e.ticket_number = t.number AND (holding.internal OR e.visibility = 'PUBLICA')
      AND ${has(Prisma.sql`concat_ws(' ', e.text, a.name)`)}`
  return Prisma.sql`EXISTS (SELECT FROM (${ticketsWith(viewer, word)}) holding
    JOIN tickets t ON t.number = holding.number JOIN users u ON u.id = t.requester_id
    WHERE ${has(Prisma.sql`concat_ws(' ', t.subject, t.description, u.name)`)} OR EXISTS (${entries}))`
}
