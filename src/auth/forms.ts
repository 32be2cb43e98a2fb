import { z } from 'zod'
import { defineForm, line, optionalText } from '../web/forms.ts'
import { ownEmail } from './email.ts'
import { newPasswordFields } from './password-strength.ts'

/** A password is taken as it was typed: never trimmed, never cut. */
export const signInForm = defineForm({
  correo: z
    .string('Escriba su correo.')
    .trim()
    .min(1, 'Escriba su correo.')
    .max(254, 'Escriba un correo válido.')
    .regex(/^\P{Cc}*$/u, 'Escriba un correo válido.'),
  clave: z
    .string('Escriba su contraseña.')
    .min(1, 'Escriba su contraseña.')
    .max(1000, 'La contraseña es demasiado larga.'),
  volver: optionalText(2000),
})

/** A form of one button. */
export const emptyForm = defineForm({})

export const forgottenForm = defineForm({ correo: ownEmail }, { correo: 'Correo electrónico' })

export const newPasswordForm = defineForm(newPasswordFields)

export const limits = { name: 120 }

export const signUpForm = defineForm(
  { nombre: line({ max: limits.name, required: 'Escriba su nombre.' }), correo: ownEmail },
  { nombre: 'Nombre', correo: 'Correo electrónico' },
)
