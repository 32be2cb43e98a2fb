import { COUNT_LIMIT } from '../../tickets/counts.ts'
import { verbPhrases } from '../../tickets/labels.ts'
import { boundedCount } from '../../web/format.ts'
import { catalog } from '../catalog.ts'
import type { Consequences } from '../consequences.ts'

/** One thing that becomes possible or stops being so. */
export interface Consequence {
  tone: 'gained' | 'lost'
  text: string
}

/** What changes in practice, in sentences about "he": what is lost comes first, for it is what surprises. */
export function sentencesOf({ permissions, pages, tickets, verdicts }: Consequences): Consequence[] {
  const lost = [
    tickets.lost > 0 && `Dejará de ver ${countText(tickets.lost)}.`,
    ...verdicts.map(({ verb, lost }) => lost.count > 0 && `Ya no podrá ${verbPhrases[verb]} ${countText(lost)}.`),
    pages.lost.length > 0 && `Desaparecerán de su menú: ${listed(pages.lost)}.`,
    permissions.lost.length > 0 && `Ya no tendrá: ${listed(permissions.lost.map(labelOf))}.`,
  ]
  const gained = [
    tickets.gained > 0 && `Verá ${countText(tickets.gained)} más.`,
    ...verdicts.map(({ verb, gained }) => gained.count > 0 && `Podrá ${verbPhrases[verb]} ${countText(gained)}.`),
    pages.gained.length > 0 && `Aparecerán en su menú: ${listed(pages.gained)}.`,
    permissions.gained.length > 0 && `Tendrá: ${listed(permissions.gained.map(labelOf))}.`,
  ]
  return [...toned('lost', lost), ...toned('gained', gained)]
}

const toned = (tone: Consequence['tone'], sentences: (string | false)[]): Consequence[] =>
  sentences.filter(text => text !== false).map(text => ({ tone, text }))

/** "1 ticket", "41 tickets", "1000+ tickets". */
function countText(found: number | { count: number; more: boolean }): string {
  const text = typeof found === 'number' ? boundedCount(found, COUNT_LIMIT) : `${found.count}${found.more ? '+' : ''}`
  return text === '1' ? '1 ticket' : `${text} tickets`
}

const labelOf = (code: keyof typeof catalog) => catalog[code].label
const listed = (labels: string[]) => labels.map(label => `«${label}»`).join(', ')
