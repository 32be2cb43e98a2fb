import { z } from 'zod'
import { Audience, Priority } from '../generated/prisma/enums.ts'
import { defineForm, id, line, version } from '../web/forms.ts'

export const limits = { name: 80 }

const fields = {
  nombre: line({ max: limits.name, required: 'Escriba el nombre.' }),
  area: id('Elija el área de la lista.'),
  prioridad: z.enum(Priority, 'Elija la prioridad.'),
  // '' for no group.
  grupo: z
    .string()
    .default('')
    .pipe(z.union([z.literal('').transform(() => null), id()], 'Elija un grupo de la lista.')),
  visible: z.enum(Audience, 'Elija quién puede elegirlo.'),
}
const labels = { nombre: 'Nombre' }

export const newCategoryForm = defineForm(fields, labels)
export const categoryForm = defineForm({ version, ...fields }, labels)
/** Archiving, restoring and deleting. */
export const lifecycleForm = defineForm({ version })
