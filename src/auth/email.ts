import { z } from 'zod'

export const normalizedEmail = (email: string) => email.trim().toLowerCase()

const WRONG_MAIL = 'Escriba un correo válido, como nombre@organizacion.com.'

/** The mail of whoever fills in the form, normalised. */
export const ownEmail = z
  .string('Escriba su correo.')
  .transform(normalizedEmail)
  .pipe(
    z
      .string()
      .min(1, 'Escriba su correo.')
      .max(254, WRONG_MAIL)
      .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u, WRONG_MAIL),
  )
