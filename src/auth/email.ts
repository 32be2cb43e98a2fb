import { z } from 'zod'

export const normalizedEmail = (email: string) => email.trim().toLowerCase()

const WRONG_MAIL = 'Escriba un correo válido, como nombre@organizacion.com.'

const email = (required: string) =>
  z
    .string(required)
    .transform(normalizedEmail)
    .pipe(
      z
        .string()
        .min(1, required)
        .max(254, WRONG_MAIL)
        .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u, WRONG_MAIL),
    )

/** The mail of whoever fills in the form, normalised. */
export const ownEmail = email('Escriba su correo.')

/** The mail of somebody else, normalised. */
export const someonesEmail = email('Escriba el correo.')
