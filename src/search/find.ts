import type { Database } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import type { Key } from '../web/listing.ts'
import { MOST_FOUND } from './candidates.ts'
import { corrected, correctionsOf, spelled } from './corrections.ts'
import { lookedFor, type Term, termsOf } from './language/terms.ts'
import { questionOf } from './language/tsquery.ts'
import { type FoundTickets, type ResultRow, searchTickets } from './queries.ts'
import { partsOf } from './snippets.ts'

/** Results on a page. */
export const PER_PAGE = 10
export const LAST_PAGE = MOST_FOUND / PER_PAGE

/** Of so few results one may be in doubt whether the word was meant; another has to find so many times as much. */
const FEW = 2
const MUCH_MORE = 5

/** What a search came to. */
export interface Found extends FoundTickets {
  /** What may have been meant; the rows are those of it when there was nothing else. */
  meant: { text: string; shown: boolean } | null
  /** Why nothing could be looked for. */
  trouble: 'nothing' | 'onlyExcluded' | 'onlyCommon' | null
}

const NOTHING: Found = { rows: [], total: 0, older: null, meant: null, trouble: null }

/** Which of the results are shown. */
export interface Shown {
  /** From 1. */
  page: number
  /** Only what is older than this. */
  before: Key | null
}

export async function find(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  text: string,
  { page, before }: Shown = { page: 1, before: null },
): Promise<Found> {
  const terms = termsOf(text)
  const question = questionOf(terms)
  if (!question) return { ...NOTHING, trouble: troubleWith(terms) }
  const found = await searchTickets(db, viewer, question, { rows: PER_PAGE, offset: (page - 1) * PER_PAGE, before })
  const certain = page > 1 || before !== null || found.older !== null || found.total > FEW
  const better = certain ? null : await findMeant(db, viewer, text, { known: found.total > 0 })
  if (!better || better.total < MUCH_MORE * found.total) return { ...NOTHING, ...found }
  const { text: meant, ...others } = better
  return found.total === 0
    ? { ...NOTHING, ...others, meant: { text: meant, shown: true } }
    : { ...NOTHING, ...found, meant: { text: meant, shown: false } }
}

function troubleWith(terms: readonly Term[]): Found['trouble'] {
  if (terms.length === 0) return 'nothing'
  return terms.every(({ excluded }) => excluded) ? 'onlyExcluded' : 'onlyCommon'
}

/** The search that may have been meant, when it finds something. */
async function findMeant(db: Pick<Database, 'pool'>, viewer: Viewer, text: string, { known }: { known: boolean }) {
  const corrections = await correctionsOf(db, viewer, lookedFor(termsOf(text)), { known })
  if (corrections.size === 0) return null
  const better = corrected(text, corrections)
  const question = questionOf(termsOf(better))
  const found = question ? await searchTickets(db, viewer, question, { rows: PER_PAGE, offset: 0 }) : NOTHING
  if (found.rows.length === 0) return null
  return { ...found, text: spelled(better, found.rows.flatMap(hitsOf)) }
}

const hitsOf = (row: ResultRow) => [
  ...partsOf(row.subject, row.markedSubject),
  ...partsOf(row.description, row.markedDescription),
  ...partsOf(row.log ?? '', row.markedLog ?? ''),
]
