import { z } from 'zod'
import { normalizedEmail } from '../auth/sign-in.ts'

const WRONG_MAIL = 'Escriba un correo válido, como nombre@organizacion.com.'

/** The mail of a person, normalised. */
export const email = z
  .string('Escriba el correo.')
  .transform(normalizedEmail)
  .pipe(
    z
      .string()
      .min(1, 'Escriba el correo.')
      .max(254, WRONG_MAIL)
      .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u, WRONG_MAIL),
  )
