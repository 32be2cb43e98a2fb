import { isCommon } from './common-words.ts'
import { meaningsOf } from './synonyms.ts'
import type { Term } from './terms.ts'
import { continuationsOf, formsOf } from './words.ts'

/** Two questions to PostgreSQL, in the language of to_tsquery. */
export interface Question {
  /** What a text has to have and must not have. */
  whole: string
  /** Without what it must not have. */
  wanted: string
}

/** @returns null when nothing is looked for, but at most left out, or only what every text has */
export function questionOf(terms: readonly Term[]): Question | null {
  const wanted = terms.filter(({ excluded, words }) => !excluded && !words.every(isCommon)).map(rendered)
  if (wanted.length === 0) return null
  const unwanted = terms.filter(({ excluded }) => excluded).map(term => `!(${exactly(term)})`)
  return { whole: [...wanted, ...unwanted].join(' & '), wanted: wanted.join(' & ') }
}

function rendered(term: Term): string {
  const [word = '', ...others] = term.words
  if (others.length > 0) return `(${exactly(term)})`
  if (!term.unfinished) return either(meaningsOf(word))
  return `(${quoted(word)}:* | ${either([...meaningsOf(word), ...continuationsOf(word)])})`
}

/** Side by side and without synonyms; what is left out is left out in all its forms. */
function exactly({ words, unfinished }: Term): string {
  const parts = words.map(word => either(formsOf(word)))
  if (unfinished) parts[parts.length - 1] = `${quoted(words.at(-1) ?? '')}:*`
  return parts.join(' <-> ')
}

/** Any of these words. */
export const either = (words: readonly string[]) => `(${[...new Set(words)].map(quoted).join(' | ')})`

// Words are letters and digits alone; the quotes keep an operator out even so.
const quoted = (word: string) => `'${word}'`
