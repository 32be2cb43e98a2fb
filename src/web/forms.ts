import { z } from 'zod'
import { formatCount } from '../platform/amounts.ts'

/** What is wrong with one field, in Spanish; an empty field name speaks of the form as a whole. */
export interface FieldError {
  field: string
  message: string
}

/** A form: what it accepts, and the Spanish names of the texts that are kept for the person when a page has to refuse them. */
export interface FormDefinition<S extends z.ZodType> {
  schema: S
  labels: Record<string, string>
}

/** What came, as it came, so that nothing is lost: every text, and every box that was ticked. */
interface AsTyped {
  typed: Record<string, string>
  ticked: Record<string, string[]>
}

/** The outcome of reading a form. */
export type Submitted<T> = AsTyped & ({ ok: true; value: T } | { ok: false; errors: FieldError[] })

/**
 * @param fields the fields; an unknown one is refused
 * @param labels Spanish names of the fields whose text is worth keeping
 */
export function defineForm<F extends z.ZodRawShape>(
  fields: F,
  labels: Record<string, string> = {},
): FormDefinition<z.ZodObject<F, z.core.$strict>> {
  return { schema: z.strictObject(fields), labels }
}

/** Reads a parsed body; never throws on bad input. */
export function readForm<S extends z.ZodType>(form: FormDefinition<S>, body: unknown): Submitted<z.infer<S>> {
  const fields = { ...(body as Record<string, unknown> | undefined) }
  const typed = Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  const ticked = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, [value].flat().filter(each => typeof each === 'string')]),
  )
  const result = form.schema.safeParse(fields)
  if (result.success) return { ok: true, value: result.data, typed, ticked }
  return { ok: false, errors: firstErrorPerField(result.error), typed, ticked }
}

/** What is worth keeping of what was typed, by the Spanish name of its field. */
export function typedTexts(
  { labels }: Pick<FormDefinition<z.ZodType>, 'labels'>,
  typed: Record<string, unknown>,
): { label: string; value: string }[] {
  return Object.entries(labels).flatMap(([field, label]) => {
    const value = typed[field]
    return typeof value === 'string' && value !== '' ? [{ label, value }] : []
  })
}

function firstErrorPerField(error: z.ZodError): FieldError[] {
  const errors = new Map<string, string>()
  for (const issue of error.issues) {
    const field = issue.code === 'unrecognized_keys' ? '' : String(issue.path[0] ?? '')
    const message =
      issue.code === 'unrecognized_keys' ? 'El formulario trae datos que esta página no espera.' : issue.message
    if (!errors.has(field)) errors.set(field, message)
  }
  return [...errors].map(([field, message]) => ({ field, message }))
}

// Control and format characters only disguise text; tab, line feed and the joiners that emoji need stay.
const UNPRINTABLE = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}]/gu

// The joiners by themselves, and letters that are drawn as nothing, make a text that nobody sees nor can click on.
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u

function clean(text: string): string {
  const cleaned = text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '').normalize('NFC').trim()
  return VISIBLE.test(cleaned) ? cleaned : ''
}

interface TextRules {
  max: number
  /** Said when nothing was typed. */
  required: string
}

/** A required text, cleaned and measured in characters; never cut silently. */
export function text({ max, required }: TextRules) {
  return z
    .string(required)
    .transform(clean)
    .refine(value => value !== '', { message: required })
    .refine(value => [...value].length <= max, {
      message: `Escriba como máximo ${formatCount(max)} caracteres.`,
    })
}

/** A text on one line. */
export const line = (rules: TextRules) => text(rules).transform(value => value.replace(/\s+/g, ' '))

/** A text that may be left out; '' when it is. */
export function optionalText(max: number) {
  return z
    .string()
    .default('')
    .transform(clean)
    .refine(value => [...value].length <= max, {
      message: `Escriba como máximo ${formatCount(max)} caracteres.`,
    })
}

const POSITIVE_INTEGER = /^[1-9]\d{0,9}$/
/** As PostgreSQL's integer. */
export const LARGEST_ID = 2_147_483_647

/** An id or ticket number as PostgreSQL's integer holds it. */
export const id = (message = 'Elija una opción de la lista.') =>
  z
    .string(message)
    .regex(POSITIVE_INTEGER, message)
    .transform(Number)
    .refine(value => value <= LARGEST_ID, { message })

/** The ids of the boxes that were ticked, each once. */
export const ids = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform(value => [...new Set([value].flat())])
  .pipe(z.array(id()))

/** A day as YYYY-MM-DD, out of a year that PostgreSQL has: there is no year 0. */
export const day = z.iso.date().refine(value => value >= '0001')

/** The version of the row that the form was made from. */
export const version = id('Falta la versión de lo que cambia. Recargue la página.')
