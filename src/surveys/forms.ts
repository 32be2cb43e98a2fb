import { z } from 'zod'
import { QuestionKind, SurveyMode } from '../generated/prisma/enums.ts'
import { defineForm, type FormDefinition, id, line, optionalText } from '../web/forms.ts'
import { parseScope } from './scope.ts'

/** In characters; options are counted. */
export const limits = { title: 120, text: 2000, question: 300, option: 150, options: 30, questions: 50, answer: 5000 }

const version = id('Falta la versión de la encuesta. Recargue la página.')
const ticked = z
  .enum(['', 'si'])
  .default('')
  .transform(value => value === 'si')

const scope = z.string('Elija a qué se aplica.').transform((value, context) => {
  const chosen = parseScope(value)
  if (chosen) return chosen
  context.addIssue({ code: 'custom', message: 'Elija a qué se aplica.' })
  return z.NEVER
})

const wording = {
  titulo: line({ max: limits.title, required: 'Escriba el título.' }),
  introduccion: optionalText(limits.text),
  agradecimiento: optionalText(limits.text),
  modo: z.enum(SurveyMode, 'Elija cómo se guardan las respuestas.'),
}
const wordingLabels = { titulo: 'Título', introduccion: 'Introducción', agradecimiento: 'Agradecimiento' }

export const newSurveyForm = defineForm({ ...wording, alcance: scope }, wordingLabels)
export const wordingForm = defineForm({ version, ...wording }, wordingLabels)
export const applicationForm = defineForm({ version, alcance: scope, activa: ticked })
/** What needs no more than the version that the page has seen. */
export const versionForm = defineForm({ version })

/** One option per line; empty lines are none. */
const options = optionalText(limits.options * (limits.option + 1)).transform(text =>
  text
    .split('\n')
    .map(each => each.replace(/\s+/g, ' ').trim())
    .filter(each => each !== ''),
)

const questionSchema = z
  .strictObject({
    version,
    texto: line({ max: limits.question, required: 'Escriba la pregunta.' }),
    tipo: z.enum(QuestionKind, 'Elija cómo se contesta.'),
    opciones: options,
    obligatoria: ticked,
    principal: ticked,
  })
  .superRefine(({ tipo, opciones }, context) => {
    const message = tipo === 'OPCION' || tipo === 'VARIAS' ? problemOf(opciones) : null
    if (message) context.addIssue({ code: 'custom', path: ['opciones'], message })
  })

export const questionForm: FormDefinition<typeof questionSchema> = {
  schema: questionSchema,
  labels: { texto: 'Pregunta', opciones: 'Opciones' },
}

export const positionForm = defineForm({ version, posicion: id('Elija una posición.') })

/** What a person answered, by the name of each question's field; whether it fits is decided by the questions. */
export const answerForm: FormDefinition<z.ZodType<Record<string, string | string[]>>> = {
  schema: z.record(z.string(), z.union([z.string(), z.array(z.string())])).superRefine((fields, context) => {
    if (Object.keys(fields).every(name => FIELD.test(name))) return
    context.addIssue({ code: 'custom', message: 'El formulario trae datos que esta página no espera.' })
  }),
  labels: {},
}

const FIELD = /^p[1-9]\d{0,9}$/

function problemOf(options: readonly string[]): string | null {
  if (options.length < 2) return 'Escriba al menos dos opciones, cada una en su renglón.'
  if (options.length > limits.options) return `Escriba como máximo ${limits.options} opciones.`
  if (options.some(each => [...each].length > limits.option)) {
    return `Cada opción puede tener como máximo ${limits.option} caracteres.`
  }
  const distinct = new Set(options.map(each => each.toLocaleLowerCase('es')))
  return distinct.size < options.length ? 'Hay opciones repetidas.' : null
}
