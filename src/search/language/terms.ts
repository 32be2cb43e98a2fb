import { fold } from './words.ts'

// What somebody types into the box, taken apart: words, "phrases", -words and numbers of tickets. Anything can be typed; what is
// neither letter nor digit only separates.

/** Words that have to stand side by side; mostly one. */
export interface Term {
  /** Folded. */
  words: readonly string[]
  /** Tickets that have it are left out. */
  excluded: boolean
  /** Meant as the beginning of a word, for it is still being typed. */
  unfinished: boolean
}

const LONGEST = 200
const MOST_TERMS = 12
const LONGEST_WORD = 60
/** Fewer letters begin too many words. */
const SHORTEST_BEGINNING = 3
/** The largest number that a ticket can have. */
const LARGEST = 2_147_483_647

const PART = /(-?)"([^"]+)"|(\S+)/g
const WORD = /[\p{L}\p{N}]+/gu
const NUMBER = /^#?\s*0*([1-9]\d{0,9})$/

/** What was typed, as far as it counts. */
export const cleaned = (text: string): string => text.replaceAll('\0', ' ').trim().slice(0, LONGEST).trim()

/** @returns the number of a ticket, when nothing else was typed: `123` or `#123` */
export function numberIn(text: string): number | null {
  const number = Number(NUMBER.exec(text.trim())?.[1])
  return number <= LARGEST ? number : null
}

/** @param typing whether the last word may still go on */
export function termsOf(text: string, { typing = false } = {}): Term[] {
  const terms = [...text.matchAll(PART)].flatMap(([, minus, phrase, plain = '']): Term[] => {
    const words = (fold(phrase ?? plain).match(WORD) ?? []).map(word => word.slice(0, LONGEST_WORD))
    if (words.length === 0) return []
    return [{ words, excluded: (minus || plain).startsWith('-'), unfinished: false }]
  })
  const kept = terms.slice(0, MOST_TERMS)
  const last = kept.at(-1)
  const open = typing && last && !last.excluded && /[\p{L}\p{N}]$/u.test(text)
  if (open && (last.words.at(-1) ?? '').length >= SHORTEST_BEGINNING) last.unfinished = true
  return kept
}

/** The words that can be misspelt: those that are looked for by themselves. */
export const lookedFor = (terms: readonly Term[]): string[] => [
  ...new Set(terms.flatMap(({ words, excluded }) => (excluded ? [] : words))),
]
