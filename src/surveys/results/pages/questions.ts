import { formatNumber, plural } from '../../../web/format.ts'
import { choicesOf } from '../choices.ts'
import { meanOf, medianOf, type QuestionFigures, scoreOf } from '../figures.ts'
import type { QuestionRow } from '../queries.ts'

/** A question with what was answered. */
export interface QuestionModel {
  text: string
  isMain: boolean
  /** How many answered it, in words. */
  answered: string
  /** Of a scale; '' otherwise. */
  summary: string
  bars: BarModel[]
  /** To the free texts; null where there are none. */
  texts: { href: string; label: string } | null
}

export interface BarModel {
  label: string
  count: string
  share: string
  /** Percent of the whole width. */
  width: number
}

const NOTHING: QuestionFigures = { answered: 0, counts: new Map() }

/** @param textsHref where the free texts of a question are read */
export function questionModel(
  question: QuestionRow,
  { answered, counts }: QuestionFigures = NOTHING,
  { locale, textsHref }: { locale: string; textsHref: (questionId: number) => string },
): QuestionModel {
  const isText = question.kind === 'TEXTO'
  return {
    text: question.text,
    isMain: question.mainScore,
    answered: plural(answered, 'respuesta', 'respuestas', locale),
    summary: question.kind === 'ESCALA' ? scaleSummary(counts, locale) : '',
    bars: choicesOf(question).map(({ value, label }) => bar(label, counts.get(value) ?? 0, { answered, locale })),
    texts:
      isText && answered > 0
        ? {
            href: textsHref(question.id),
            label: answered === 1 ? 'Leer el texto' : `Leer los ${formatNumber(answered, locale)} textos`,
          }
        : null,
  }
}

/** "64 %" */
export const formatShare = (part: number, whole: number) => `${whole > 0 ? Math.round((100 * part) / whole) : 0}\u00a0%`

function bar(label: string, count: number, { answered, locale }: { answered: number; locale: string }): BarModel {
  const width = answered > 0 ? Math.round((1000 * count) / answered) / 10 : 0
  return { label, count: formatNumber(count, locale), share: formatShare(count, answered), width }
}

function scaleSummary(counts: ReadonlyMap<number, number>, locale: string): string {
  const [mean, median] = [meanOf(scoreOf(counts)), medianOf(counts)]
  return mean === null || median === null
    ? ''
    : `Promedio ${formatNumber(mean, locale)} · Mediana ${formatNumber(median, locale)}`
}
