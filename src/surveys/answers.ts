import type { FieldError } from '../web/forms.ts'
import { optionalText } from '../web/forms.ts'
import { limits } from './forms.ts'
import type { Question } from './queries.ts'

/** What a form holds, by the name of its field; a field that may be ticked several times holds a list. */
export type Fields = Readonly<Record<string, string | string[]>>

/** One thing that somebody answered; several choices are several of them. */
export interface Answer {
  questionId: number
  optionId: number | null
  scale: number | null
  yes: boolean | null
  text: string | null
}

/** The name of a question's field. */
export const fieldOf = ({ id }: Pick<Question, 'id'>) => `p${id}`

/** Reads what somebody answered, in the order of the questions; what does not fit is told at the question's field. */
export function readAnswers(
  questions: readonly Question[],
  fields: Fields,
): { answers: Answer[]; errors: FieldError[] } {
  const known = new Set(questions.map(fieldOf))
  const foreign = Object.keys(fields).some(name => !known.has(name))
  const read = questions.map(question => ({
    question,
    answers: readOne(question, [fields[fieldOf(question)] ?? []].flat()),
  }))
  const errors = read.flatMap(({ question, answers }): FieldError[] => {
    if (typeof answers === 'string') return [{ field: fieldOf(question), message: answers }]
    const missing = question.required && answers.length === 0
    return missing ? [{ field: fieldOf(question), message: `Conteste «${question.text}».` }] : []
  })
  return {
    answers: read.flatMap(({ answers }) => (typeof answers === 'string' ? [] : answers)),
    errors: foreign ? [{ field: '', message: FOREIGN }, ...errors] : errors,
  }
}

const FOREIGN = 'El formulario trae respuestas a preguntas que esta encuesta no tiene. Recargue la página.'

const NOTHING = { optionId: null, scale: null, yes: null, text: null }

/** @returns the answers to one question, or what is wrong with them */
function readOne(question: Question, given: readonly string[]): Answer[] | string {
  const { id: questionId, kind } = question
  if (kind === 'TEXTO') return readText(questionId, given[0] ?? '')
  const values = [...new Set(given.filter(value => value !== ''))]
  if (kind !== 'VARIAS' && values.length > 1) return `Elija una sola respuesta a «${question.text}».`
  const answers = values.map(value => readChoice(question, value))
  return answers.includes(null)
    ? `Elija una respuesta de la lista a «${question.text}».`
    : answers.filter(answer => answer !== null)
}

function readText(questionId: number, value: string): Answer[] | string {
  const read = optionalText(limits.answer).safeParse(value)
  if (!read.success) return read.error.issues[0]?.message ?? ''
  return read.data === '' ? [] : [{ ...NOTHING, questionId, text: read.data }]
}

function readChoice({ id: questionId, kind, options }: Question, value: string): Answer | null {
  if (kind === 'ESCALA') return /^[1-5]$/.test(value) ? { ...NOTHING, questionId, scale: Number(value) } : null
  if (kind === 'SI_NO') return /^(si|no)$/.test(value) ? { ...NOTHING, questionId, yes: value === 'si' } : null
  const option = options.find(({ id }) => String(id) === value)
  return option ? { ...NOTHING, questionId, optionId: option.id } : null
}
