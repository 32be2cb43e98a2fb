import { z } from 'zod'

// Marks that nobody sees come along when an address is copied out of a message or a page.
const UNSEEN = /\p{Cf}/gu

export const normalizedEmail = (email: string) => email.replace(UNSEEN, '').normalize('NFC').trim().toLowerCase()

/** Without what stands around or between addresses: "<a@b.com>" and "a,b@c.com" would be mailed to somebody else. */
const ADDRESS = /^[^\s@\p{Cc}<>()[\]\\,;:"]+@[^\s@\p{Cc}<>()[\]\\,;:"]+$/u

const WRONG_MAIL = 'Escriba un correo válido, como nombre@organizacion.com.'

const email = (required: string) =>
  z
    .string(required)
    .transform(normalizedEmail)
    .pipe(z.string().min(1, required).max(254, WRONG_MAIL).regex(ADDRESS, WRONG_MAIL))

/** The mail of whoever fills in the form, normalised. */
export const ownEmail = email('Escriba su correo.')

/** The mail of somebody else, normalised. */
export const someonesEmail = email('Escriba el correo.')
