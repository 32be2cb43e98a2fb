import { z } from 'zod'
import { newPasswordFields } from '../auth/password-strength.ts'
import { defineForm, line, optionalText } from '../web/forms.ts'
import { themes } from '../web/frame.ts'
import { locales } from '../web/locales.ts'

export const limits = { name: 120 }

export const nameForm = defineForm(
  { nombre: line({ max: limits.name, required: 'Escriba su nombre.' }) },
  { nombre: 'Nombre' },
)

/** Passwords are taken as they were typed: never trimmed, never cut. */
export const passwordForm = defineForm({
  actual: z
    .string('Escriba su contraseña actual.')
    .min(1, 'Escriba su contraseña actual.')
    .max(1000, 'La contraseña es demasiado larga.'),
  ...newPasswordFields,
})

/** '' for the organisation's way. */
export const datesForm = defineForm({ fechas: z.enum(['', ...locales], 'Elija una opción de la lista.') })

export const themeForm = defineForm({ tema: z.enum(themes).catch('auto'), volver: optionalText(2000) })

/** A form of one button. */
export const emptyForm = defineForm({})
