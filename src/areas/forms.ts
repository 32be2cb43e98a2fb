import { z } from 'zod'
import { ownerChoice } from '../tickets/owners.ts'
import { defineForm, ids, line, optionalText, version } from '../web/forms.ts'

export const limits = { name: 80, note: 2000 }

const nombre = line({ max: limits.name, required: 'Escriba el nombre del área.' })
const labels = { nombre: 'Nombre' }

export const newAreaForm = defineForm({ nombre }, labels)
export const areaForm = defineForm({ version, nombre }, labels)
/** Archiving and restoring. */
export const lifecycleForm = defineForm({ version })

export const membersForm = defineForm({
  personas: ids.refine(chosen => chosen.length > 0, { message: 'Marque al menos una persona.' }),
  // What was searched for is shown again with the form.
  buscar: z.string().default(''),
})

export const removalForm = defineForm(
  {
    // '' where there is nothing to hand over.
    responsable: z
      .string()
      .default('')
      .transform((value, context) => (value === '' ? null : ownerChoice(value, context))),
    nota: optionalText(limits.note),
  },
  { nota: 'Nota' },
)
