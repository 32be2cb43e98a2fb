import type { QuestionRow } from './queries.ts'

/** What could be answered by choosing, in the order in which it is shown: the best point of a scale first. */
export function choicesOf({ kind, options }: QuestionRow): { value: number; label: string }[] {
  if (kind === 'SI_NO') {
    return [
      { value: 1, label: 'Sí' },
      { value: 0, label: 'No' },
    ]
  }
  if (kind === 'ESCALA') return [5, 4, 3, 2, 1].map(value => ({ value, label: String(value) }))
  return options.map(({ id, text }) => ({ value: id, label: text }))
}
