import type { QuestionKind } from '../generated/prisma/enums.ts'
import type { FieldError } from '../web/forms.ts'
import { type Answer, type Fields, fieldOf } from './answers.ts'
import { limits } from './forms.ts'
import type { Question } from './queries.ts'

/** A question as the form asks it. */
export interface QuestionField {
  kind: QuestionKind
  name: string
  label: string
  required: boolean
  /** Nothing is chosen beforehand. */
  options: { value: string; label: string; chosen: boolean }[]
  text: string
  maxLength: number
  errors: FieldError[]
}

/** An answer in words. */
export interface Told {
  question: string
  /** Several for several choices; none for what was left out. */
  answers: string[]
}

const SCALE = [1, 2, 3, 4, 5].map(String)

/** The questions with what was given, if a form is shown again. */
export function questionFields(
  questions: readonly Question[],
  fields: Fields,
  errors: readonly FieldError[],
): QuestionField[] {
  return questions.map((question, index) => {
    const name = fieldOf(question)
    const given = [fields[name] ?? []].flat()
    return {
      kind: question.kind,
      name,
      label: `${index + 1}. ${question.text}`,
      required: question.required,
      options: choicesOf(question).map(choice => ({ ...choice, chosen: given.includes(choice.value) })),
      text: question.kind === 'TEXTO' ? given.join('\n') : '',
      maxLength: limits.answer,
      errors: errors.filter(({ field }) => field === name),
    }
  })
}

function choicesOf({ kind, options }: Question): { value: string; label: string }[] {
  if (kind === 'ESCALA') return SCALE.map(value => ({ value, label: value }))
  if (kind === 'SI_NO')
    return [
      { value: 'si', label: 'Sí' },
      { value: 'no', label: 'No' },
    ]
  return options.map(({ id, text }) => ({ value: String(id), label: text }))
}

/** What somebody answered, in the order of the questions. */
export function toldAnswers(questions: readonly Question[], answers: readonly Answer[]): Told[] {
  return questions.map(question => ({
    question: question.text,
    answers: answers.filter(({ questionId }) => questionId === question.id).map(answer => told(question, answer)),
  }))
}

function told({ options }: Question, { optionId, scale, yes, text }: Answer): string {
  if (optionId !== null) return options.find(({ id }) => id === optionId)?.text ?? ''
  if (scale !== null) return `${scale} de 5`
  return yes === null ? (text ?? '') : yes ? 'Sí' : 'No'
}
