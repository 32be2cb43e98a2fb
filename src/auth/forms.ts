import { z } from 'zod'
import { defineForm, optionalText } from '../web/forms.ts'

/** A password is taken as it was typed: never trimmed, never cut. */
export const signInForm = defineForm({
  correo: z.string('Escriba su correo.').trim().min(1, 'Escriba su correo.').max(254, 'Escriba un correo válido.'),
  clave: z
    .string('Escriba su contraseña.')
    .min(1, 'Escriba su contraseña.')
    .max(1000, 'La contraseña es demasiado larga.'),
  volver: optionalText(2000),
})

/** A form of one button. */
export const emptyForm = defineForm({})
