import { z } from 'zod'
import { ImpedimentReason, LogVisibility, Priority } from '../generated/prisma/enums.ts'
import { defineForm, id, line, optionalText, text, version } from '../web/forms.ts'
import { listFields } from './lists.ts'
import { CHOOSE_OWNER, ownerChoice } from './owners.ts'

/** As many characters as tickets.subject and the texts of the database hold. */
export const limits = { subject: 150, text: 20_000 }

export const newTicketForm = defineForm(
  {
    area: id('Elija un área de la lista.'),
    categoria: id('Elija una categoría de la lista.'),
    asunto: line({ max: limits.subject, required: 'Escriba el asunto.' }),
    descripcion: text({ max: limits.text, required: 'Describa lo que pasa o lo que necesita.' }),
    // '' is the person himself; what he searched for is shown again with the form.
    solicitante: z
      .string()
      .default('')
      .pipe(z.union([z.literal('').transform(() => null), id()], 'Elija una persona de la lista.')),
    buscar: z.string().default(''),
  },
  { asunto: 'Asunto', descripcion: 'Descripción' },
)

const asTyped = z.string().default('')

/** The form of a new ticket on its way to show other choices: nothing is decided yet. */
export const newTicketStepForm = defineForm(
  { area: asTyped, categoria: asTyped, asunto: asTyped, descripcion: asTyped, solicitante: asTyped, buscar: asTyped },
  { asunto: 'Asunto', descripcion: 'Descripción' },
)

export const assignmentForm = defineForm(
  { version, responsable: z.string(CHOOSE_OWNER).transform(ownerChoice), nota: optionalText(limits.text) },
  { nota: 'Nota' },
)

export const startForm = defineForm({ version })

export const completionForm = defineForm(
  { version, resolucion: text({ max: limits.text, required: 'Escriba la resolución.' }) },
  { resolucion: 'Resolución' },
)

export const cancellationForm = defineForm(
  { version, motivo: text({ max: limits.text, required: 'Escriba el motivo.' }) },
  { motivo: 'Motivo' },
)

export const reopeningForm = defineForm(
  {
    version,
    motivo: text({ max: limits.text, required: 'Escriba el motivo.' }),
    responsable: z
      .string()
      .default('')
      .transform((value, context) => (value === '' ? null : ownerChoice(value, context))),
  },
  { motivo: 'Motivo' },
)

export const classificationForm = defineForm(
  {
    version,
    area: id('Elija un área de la lista.'),
    categoria: id('Elija una categoría de la lista.'),
    prioridad: z.enum(Priority, 'Elija la prioridad.'),
    asunto: line({ max: limits.subject, required: 'Escriba el asunto.' }),
    responsable: z
      .string()
      .default('')
      .transform((value, context) => (value === '' ? null : ownerChoice(value, context))),
  },
  { asunto: 'Asunto' },
)

/** The same on its way to show the choices of another area. */
export const classificationStepForm = defineForm(
  { version, area: asTyped, categoria: asTyped, prioridad: asTyped, asunto: asTyped, responsable: asTyped },
  { asunto: 'Asunto' },
)

export const confirmationForm = defineForm({ version })

const CHOOSE_REASON = 'Elija el motivo.'

export const impedimentForm = defineForm(
  {
    motivo: z
      .string(CHOOSE_REASON)
      .transform(value => value.toUpperCase())
      .pipe(z.enum(ImpedimentReason, CHOOSE_REASON)),
    texto: text({ max: limits.text, required: 'Escriba qué impide avanzar.' }),
  },
  { texto: 'Qué impide avanzar' },
)

export const impedimentEndForm = defineForm(
  {
    incidencia: id('Falta saber qué incidencia se cierra. Recargue la página.'),
    texto: text({ max: limits.text, required: 'Escriba cómo se resolvió.' }),
  },
  { texto: 'Cómo se resolvió' },
)

export const entryForm = defineForm(
  {
    texto: text({ max: limits.text, required: 'Escriba el texto.' }),
    visibilidad: z
      .string()
      .default('publica')
      .transform(value => value.toUpperCase())
      .pipe(z.enum(LogVisibility, 'Elija si la entrada es pública o interna.')),
  },
  { texto: 'Texto' },
)

/** How a list was narrowed and ordered when it was asked for as a file. */
export const listExportForm = defineForm(listFields)
