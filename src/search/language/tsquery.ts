import { isCommon } from './common-words.ts'
import { meaningsOf } from './synonyms.ts'
import type { Term } from './terms.ts'
import { continuationsOf, formsOf } from './words.ts'

/** A question to PostgreSQL, in the language of to_tsquery. */
export interface Question {
  /** What a text has to have and must not have. */
  whole: string
  /** Without what it must not have. */
  wanted: string
  /** What an index of whole words tells of that: not what stands side by side or is still being typed. Null: nothing. */
  indexed: string | null
  /** The same, with what is still being typed as words that it may be. */
  likely: string
  /** Whether such an index tells all of it. */
  settled: boolean
}

/** @returns null when nothing is looked for, but at most left out, or only what every text has */
export function questionOf(terms: readonly Term[]): Question | null {
  const wanted = terms.filter(({ excluded, words }) => !excluded && !words.every(isCommon))
  if (wanted.length === 0) return null
  const unwanted = terms.filter(({ excluded }) => excluded)
  const indexed = wanted.flatMap(wordsOf)
  const likely = wanted.flatMap(({ words, unfinished }) => (unfinished ? [guessed(words.at(-1) ?? '')] : []))
  return {
    whole: [...wanted.map(rendered), ...unwanted.map(term => `!(${exactly(term)})`)].join(' & '),
    wanted: wanted.map(rendered).join(' & '),
    indexed: indexed.length > 0 ? indexed.join(' & ') : null,
    likely: [...indexed, ...likely].join(' & '),
    settled: [...wanted, ...unwanted].every(({ words, unfinished }) => words.length === 1 && !unfinished),
  }
}

function rendered(term: Term): string {
  const [word = '', ...others] = term.words
  if (others.length > 0) return `(${exactly(term)})`
  if (!term.unfinished) return either(meaningsOf(word))
  return `(${quoted(word)}:* | ${guessed(word)})`
}

const guessed = (beginning: string) => either([...meaningsOf(beginning), ...continuationsOf(beginning)])

/** Side by side and without synonyms; what is left out is left out in all its forms. */
function exactly({ words, unfinished }: Term): string {
  const parts = words.map(word => either(formsOf(word)))
  if (unfinished) parts[parts.length - 1] = `${quoted(words.at(-1) ?? '')}:*`
  return parts.join(' <-> ')
}

/** Its finished words, wherever they stand. */
function wordsOf({ words, unfinished }: Term): string[] {
  const meanings = words.length === 1 ? meaningsOf : formsOf
  return (unfinished ? words.slice(0, -1) : words).filter(word => !isCommon(word)).map(word => either(meanings(word)))
}

/** Any of these words. */
export const either = (words: readonly string[]) => `(${[...new Set(words)].map(quoted).join(' | ')})`

// Words are letters and digits alone; the quotes keep an operator out even so.
const quoted = (word: string) => `'${word}'`
