import { z } from 'zod'
import { statusLabels } from '../../tickets/labels.ts'
import { paths as tickets } from '../../tickets/paths.ts'
import type { Call } from '../../web/route.ts'
import { cleaned, termsOf } from '../language/terms.ts'
import { questionOf } from '../language/tsquery.ts'
import { findTickets } from '../queries.ts'
import type { SearchDependencies } from './dependencies.ts'

/** Tickets that are offered while somebody types, and out of how many they are chosen. */
const SUGGESTIONS = 6
const MOST = 30
const SHORTEST = 3

export const suggestionsQuery = z.object({ texto: z.string().transform(cleaned).catch('') })

/** The tickets that what has been typed so far leads to, as JSON for the script of the search box. */
export async function listSuggestions(
  { db }: SearchDependencies,
  { viewer, query: { texto }, res }: Call<unknown, z.infer<typeof suggestionsQuery>>,
) {
  const question = texto.length < SHORTEST ? null : questionOf(termsOf(texto, { typing: true }))
  const found = question ? await findTickets(db, viewer, question, { most: MOST, rows: SUGGESTIONS }) : []
  const options = found.map(({ number, internal, subject, area, status }) => ({
    href: internal ? tickets.ticket(number) : tickets.myTicket(number),
    label: `#${number} ${subject}`,
    help: `${statusLabels[status]} · ${area}`,
  }))
  res.json({ options })
}
