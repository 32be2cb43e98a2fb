import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { isTimeZone } from '../platform/time-zone.ts'
import { isDateFormat } from './dates.ts'
import { ImportRefused } from './refused.ts'
import { columnsOf } from './template.ts'

const text = z.string().trim().min(1).max(100)

const template = z
  .string()
  .min(1)
  .refine(value => columnsOf(value).length > 0, 'debe nombrar al menos una columna entre llaves, como "{columna}"')

const kind = z.enum(['PROBLEMA', 'REQUERIMIENTO'])
const priority = z.enum(['BAJA', 'MEDIA', 'ALTA', 'URGENTE'])
const status = z.enum(['REGISTRADO', 'ASIGNADO', 'EN_PROCESO', 'FINALIZADO', 'CANCELADO'])

export type Kind = z.infer<typeof kind>
export type Priority = z.infer<typeof priority>
export type Status = z.infer<typeof status>

/** A code out of a column: only listed values count. */
function codes<T extends z.ZodType>(code: T) {
  return z
    .strictObject({ column: text.optional(), values: z.record(z.string(), code).optional(), default: code.optional() })
    .refine(choice => choice.column !== undefined || choice.default !== undefined, 'necesita "column" o "default"')
    .refine(choice => (choice.column === undefined) === (choice.values === undefined), '"column" y "values" van juntos')
}

/** A name out of a column: without "values" the column's own text is the name. */
const names = z
  .strictObject({
    column: text.optional(),
    values: z.record(z.string(), text).optional(),
    keepUnlisted: z.boolean().default(false),
    default: text.optional(),
  })
  .refine(choice => choice.column !== undefined || choice.default !== undefined, 'necesita "column" o "default"')
  .refine(choice => choice.column !== undefined || choice.values === undefined, '"values" necesita "column"')

const mappingSchema = z
  .strictObject({
    origin: text.max(60).refine(name => !name.includes(':'), 'no puede contener dos puntos'),
    encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
    delimiter: z.enum([',', ';']).optional(),
    dates: z
      .strictObject({
        formats: z
          .array(z.string().refine(isDateFormat, 'no es "iso" ni un patrón con yyyy, MM, dd, HH, mm y ss'))
          .min(1)
          .default(['iso']),
        timeZone: z.string().refine(isTimeZone, 'no es una zona horaria, como "America/Bogota"').default('UTC'),
      })
      .prefault({}),
    reference: template,
    createdAt: template,
    closedAt: template.optional(),
    subject: z.union([template, z.strictObject({ firstSentenceOf: text })], {
      error: 'debe ser una plantilla con "{columna}" o {"firstSentenceOf": "columna"}',
    }),
    description: template,
    requester: z.strictObject({
      reference: template.optional(),
      name: template.optional(),
      anonymousName: text.optional(),
    }),
    area: names,
    category: names,
    kind: codes(kind),
    priority: codes(priority).prefault({ default: 'MEDIA' }),
    status: codes(status),
    ownerGroups: z
      .strictObject({ default: text.optional(), byArea: z.record(z.string(), text).default({}) })
      .optional(),
  })
  .refine(mapping => mapping.requester.reference !== undefined || mapping.requester.anonymousName !== undefined, {
    path: ['requester'],
    error: 'necesita "reference", "anonymousName" o ambos',
  })
  .refine(mapping => mapping.ownerGroups !== undefined || !neededOwners(mapping.status), {
    path: ['ownerGroups'],
    error: 'falta, y un ticket ASIGNADO o EN_PROCESO necesita un grupo responsable',
  })

/**
 * How the columns of a CSV become tickets:
 * - origin: name of the other system; with `reference` it makes a ticket unique, so that nothing is loaded twice.
 * - reference, createdAt, closedAt, subject, description, requester.reference, requester.name: templates such as
 *   "{servicio}[: {calle}]" (see template.ts). closedAt counts for FINALIZADO and CANCELADO; without it createdAt does.
 *   subject may be {firstSentenceOf: column}; it is cut at 150 characters between words.
 * - requester.anonymousName: who stands for the rows without a requester; one person per origin.
 * - area, category (names), kind, priority, status (codes): from the "values" of a "column", compared without case,
 *   accents or spacing; "default" is for what is empty or not listed, and without it such a row is rejected.
 *   Names without "values", or with keepUnlisted, are taken as they are.
 * - ownerGroups: the group that owns ASIGNADO and EN_PROCESO tickets, and FINALIZADO ones so that they can be reopened.
 * - dates.formats: "iso" or patterns like "dd/MM/yyyy HH:mm", the first that fits counts; dates.timeZone is for dates
 *   without an offset. encoding: "utf-8" or "windows-1252". delimiter: found out when left out.
 */
export type Mapping = z.infer<typeof mappingSchema>

/** Codes and names as a column gives them. */
export type Choice<T extends string> = {
  column?: string | undefined
  values?: Record<string, T> | undefined
  keepUnlisted?: boolean
  default?: T | undefined
}

/** @throws ImportRefused with all problems of the mapping in one Spanish sentence */
export function parseMapping(value: unknown, name: string): Mapping {
  const parsed = mappingSchema.safeParse(value, { error: issue => explain(issue) })
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(issue => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
  throw new ImportRefused(`El mapa ${name} no es válido: ${problems.join('; ')}.`)
}

/** @throws ImportRefused when the file is missing, is not JSON or is not a mapping */
export async function readMapping(file: string): Promise<Mapping> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new ImportRefused(`No se puede leer el mapa ${file}; compruebe que existe y que tiene permiso de lectura.`)
  })
  return parseMapping(parseJson(content, basename(file)), basename(file))
}

function parseJson(content: string, name: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    const line =
      position === undefined ? '' : `: error en la línea ${content.slice(0, Number(position)).split('\n').length}`
    throw new ImportRefused(`El mapa ${name} no es un archivo JSON válido${line}.`)
  }
}

function neededOwners(choice: Choice<Status>): boolean {
  return [choice.default, ...Object.values(choice.values ?? {})].some(
    value => value === 'ASIGNADO' || value === 'EN_PROCESO',
  )
}

function explain(issue: Parameters<z.core.$ZodErrorMap>[0]): string | undefined {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'falta' : `debe ser ${typeNames[issue.expected]}`
  if (issue.code === 'invalid_value') return `debe ser ${issue.values.join(', ')}`
  if (issue.code === 'unrecognized_keys') return `no se conoce la clave ${issue.keys.map(key => `«${key}»`).join(', ')}`
  if (issue.code === 'too_small') return 'no puede estar vacío'
  if (issue.code === 'too_big') return `tiene como máximo ${issue.maximum} caracteres`
  return undefined
}

const typeNames: Record<string, string> = {
  string: 'un texto',
  object: 'un objeto {…}',
  record: 'un objeto {…}',
  array: 'una lista […]',
  boolean: 'true o false',
}
