import { isCommon } from './common-words.ts'

// Forms of a word that its stem does not bring together. The stemmer is given words without accents, so that "averia" finds
// "Avería"; some endings it only knows with them: of "instalación" it leaves "instalacion", of "instalar" "instal".

/** Without case and accents. */
export const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The end of a folded word, and what stands there in another form of it. */
const ENDINGS: [RegExp, string][] = [
  [/(?<=[au]c)ion$/, 'iones'],
  [/(?<=[au]c)iones$/, 'ion'],
  [/(ar|ad[oa]s?|ando|an?|amos|en?)$/, 'acion'],
  [/(er|ir|id[oa]s?|iendo|en?|imos)$/, 'io'],
  [/i(o|an?|eron)$/, 'er'],
  [/y(o|eron|endo)$/, 'er'],
  // Spelling that keeps the sound: "aparcar" and "aparquen", "pagar" and "paguen", "desbrozar" and "desbroce".
  [/c(ar|ad[oa]s?|ando|an|amos)$/, 'que'],
  [/que(n|mos)?$/, 'car'],
  [/g(ar|ad[oa]s?|ando|an|amos)$/, 'gue'],
  [/gue(n|mos)?$/, 'gar'],
  [/z(ar|ad[oa]s?|ando|an|amos)$/, 'ce'],
  [/ce(n|mos)?$/, 'zar'],
  // Number, where the stem of one is another's: "baldosa" and "baldosas", "somier" and "somieres", "ticket" and "tickets".
  [/s$/, ''],
  [/(?<=[^sxyz])$/, 's'],
  [/(?<=[dlnr])es$/, ''],
  [/(?<=[dlnr])$/, 'es'],
]
const SHORTEST_STEM = 3

/** @param word folded @returns it and what else it may look like, also what is no word at all and finds nothing */
export function formsOf(word: string): string[] {
  if (isCommon(word)) return [word]
  const others = ENDINGS.flatMap(([ending, other]) => {
    const form = word.replace(ending, other)
    return form === word || form.length - other.length < SHORTEST_STEM ? [] : [form]
  })
  return [...new Set([word, ...others])]
}

/** What may follow where somebody has typed more of a word than its stem has: "instalac". */
const CONTINUATIONS = ['n', 'on', 'ion', 'cion', 'o', 'to', 'r', 'dor']

/** @param beginning folded @returns whole words that it may become, besides those whose stem begins with it */
export const continuationsOf = (beginning: string): string[] => CONTINUATIONS.map(end => beginning + end)
