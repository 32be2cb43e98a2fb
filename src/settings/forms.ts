import { z } from 'zod'
import { families } from '../attachments/kinds.ts'
import { LOCALE } from '../web/format.ts'
import { defineForm, line, optionalText } from '../web/forms.ts'
import { locales } from '../web/locales.ts'
import { isKnownZone } from './zones.ts'

/** In characters, days, megabytes and files; no more than the database takes. */
export const limits = { name: 120, alt: 120, text: 2000, reopenDays: 365, surveyDays: 365, megabytes: 500, files: 100 }

const version = z.string('Falta la versión de los ajustes. Recargue la página.').min(1).max(64)
const checked = z.literal('si', 'Marque o desmarque la casilla.').optional()

export const organizationForm = defineForm(
  {
    version,
    nombre: line({ max: limits.name, required: 'Escriba el nombre de la organización.' }),
    texto_logo: optionalText(limits.alt),
    quitar_logo: checked,
    color: z
      .string('Elija un color.')
      .trim()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, 'Elija un color, como #0b5cb8.'),
    // '' is the one of the process.
    zona: z
      .string('Elija una zona horaria de la lista.')
      .refine(zone => zone === '' || isKnownZone(zone), 'Elija una zona horaria de la lista.'),
    formato: z.enum([LOCALE, ...locales], 'Elija un formato de la lista.'),
  },
  { nombre: 'Nombre de la organización', texto_logo: 'Texto alternativo' },
)

export const ticketsForm = defineForm({
  version,
  dias: wholeNumber(0, limits.reopenDays, `Escriba un número de días entre 0 y ${limits.reopenDays}.`),
})

export const surveysForm = defineForm({
  version,
  dias: wholeNumber(1, limits.surveyDays, `Escriba un número de días entre 1 y ${limits.surveyDays}.`),
})

type TypeField = `tipo_${string}`
const extensions = families.flatMap(family => family.extensions)
const typeFields = Object.fromEntries(extensions.map(extension => [`tipo_${extension}`, checked])) as Record<
  TypeField,
  typeof checked
>

export const attachmentsForm = defineForm({
  version,
  tamano: wholeNumber(1, limits.megabytes, `Escriba un número de megabytes entre 1 y ${limits.megabytes}.`),
  cantidad: wholeNumber(1, limits.files, `Escriba un número de archivos entre 1 y ${limits.files}.`),
  ...typeFields,
})

/** The extensions that were chosen in a form of attachments. */
export const chosenExtensions = (form: Partial<Record<TypeField, 'si' | undefined>>): string[] =>
  extensions.filter(extension => form[`tipo_${extension}`] === 'si')

export const signInPageForm = defineForm(
  {
    version,
    bienvenida: optionalText(limits.text),
    ayuda: optionalText(limits.text),
    registro: checked,
  },
  { bienvenida: 'Bienvenida', ayuda: 'Ayuda para ingresar' },
)

function wholeNumber(least: number, most: number, message: string) {
  return z
    .string(message)
    .trim()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine(value => value >= least && value <= most, message)
}
