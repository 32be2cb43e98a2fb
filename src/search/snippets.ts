// PostgreSQL marks hits with two characters of the private use area, which are taken out of texts before. In the marked text
// separators have become blanks; place by place it is the text.

export const HIT_START = '\uE000'
export const HIT_END = '\uE001'

/** A piece of a text; what was looked for is a hit. */
export interface Part {
  text: string
  hit: boolean
}

/** Characters of a snippet, and of what stands before its first hit. */
const LENGTH = 220
const BEFORE = 70

/** The whole text in parts. */
export function partsOf(text: string, marked: string): Part[] {
  const shown = [...text].filter(character => character !== HIT_START && character !== HIT_END)
  const parts: Part[] = []
  let place = 0
  for (const [index, piece] of marked.split(MARK).entries()) {
    const length = [...piece].length
    if (length > 0) parts.push({ text: shown.slice(place, place + length).join(''), hit: index % 2 === 1 })
    place += length
  }
  return parts
}

/** The first hit with what stands around it; the beginning of a text without one. */
export function snippetOf(text: string, marked: string): Part[] {
  const parts = partsOf(text, marked).map(part => ({ ...part, text: part.text.replaceAll(/\s+/g, ' ') }))
  const first = parts.findIndex(({ hit }) => hit)
  const [lead] = first > 0 ? shortened(parts.slice(0, first)) : []
  const rest = cut(first < 0 ? parts : parts.slice(first), LENGTH - (lead?.text.length ?? 0))
  return lead ? [lead, ...rest] : rest
}

export const hasHit = (marked: string) => marked.includes(HIT_START)

const MARK = new RegExp(`[${HIT_START}${HIT_END}]`, 'u')

/** What stands before the first hit, from the beginning of a word. */
function shortened(parts: Part[]): Part[] {
  const text = parts.map(part => part.text).join('')
  if (text.length <= BEFORE) return [{ text, hit: false }]
  return [{ text: `… ${text.slice(-BEFORE).replace(/^\S*\s/, '')}`, hit: false }]
}

function cut(parts: Part[], length: number): Part[] {
  const kept: Part[] = []
  let left = length
  for (const part of parts) {
    if (part.text.length > left) return [...kept, { text: `${wholeWords(part.text, left)} …`, hit: part.hit }]
    kept.push(part)
    left -= part.text.length
  }
  return kept
}

const wholeWords = (text: string, length: number) => text.slice(0, length).replace(/\s\S*$|[\uD800-\uDBFF]$/, '')
