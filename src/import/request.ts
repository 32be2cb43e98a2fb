import { choiceField, ownerGroupField } from './choices.ts'
import type { CsvRow } from './csv.ts'
import { dateReader } from './dates.ts'
import type { Kind, Mapping, Priority, Status } from './mapping.ts'
import { ImportRefused, RowRefused } from './refused.ts'
import { excerpt, firstSentence } from './subject.ts'
import { compileTemplate, type Render } from './template.ts'

/** One row of the file as the ticket that it becomes; areas, categories and people by name. */
export interface ImportedRequest {
  row: CsvRow
  reference: string
  createdAt: Date
  closedAt: Date | null
  subject: string
  description: string
  /** Reference of the person in the other system; empty for the anonymous one. */
  requesterReference: string
  requesterName: string
  area: string
  category: string
  kind: Kind
  priority: Priority
  status: Status
  ownerGroup: string | null
}

/**
 * Makes the function that turns a row into a request; it throws RowRefused with the reason when the row will not do.
 * @param now rows that say they were created later are refused
 * @throws ImportRefused when the mapping names a column that the header lacks or has twice
 */
export function requestReader(mapping: Mapping, header: readonly string[], now: Date) {
  const indexOf = columnFinder(header)
  const read = readers(mapping, indexOf)
  return (row: CsvRow): ImportedRequest => {
    if (row.damage !== null) throw new RowRefused(row.damage)
    const { fields } = row
    if (fields.some(field => field.includes('\0'))) throw new RowRefused('contiene un carácter nulo')
    const area = read.area(fields)
    const status = read.status(fields)
    const requester = read.requester(fields)
    return {
      row,
      reference: short(required(read.reference(fields), 'la referencia'), 'la referencia'),
      ...times(read.createdAt(fields), status, read.closedAt(fields), now),
      subject: required(read.subject(fields), 'el asunto'),
      description: body(read.description(fields)),
      ...requester,
      area,
      category: read.category(fields),
      kind: read.kind(fields),
      priority: read.priority(fields),
      status,
      ownerGroup: read.ownerGroup(area, status),
    }
  }
}

function readers(mapping: Mapping, indexOf: (column: string) => number) {
  const template = (text: string) => compileTemplate(text, indexOf)
  const date = dateField(dateReader(mapping.dates.formats, mapping.dates.timeZone))
  const closedAt = mapping.closedAt === undefined ? () => '' : template(mapping.closedAt)
  const createdAt = template(mapping.createdAt)
  return {
    reference: template(mapping.reference),
    createdAt: (fields: readonly string[]) => date(required(createdAt(fields), 'la fecha de creación')),
    closedAt: (fields: readonly string[]) => (closedAt(fields).trim() === '' ? null : date(closedAt(fields))),
    subject: subjectField(mapping, indexOf),
    description: template(mapping.description),
    requester: requesterField(mapping, template),
    area: choiceField(mapping.area, 'area', indexOf),
    category: choiceField(mapping.category, 'category', indexOf),
    kind: choiceField(mapping.kind, 'kind', indexOf),
    priority: choiceField(mapping.priority, 'priority', indexOf),
    status: choiceField(mapping.status, 'status', indexOf),
    ownerGroup: ownerGroupField(mapping),
  }
}

function columnFinder(header: readonly string[]): (column: string) => number {
  const names = header.map(name => name.normalize('NFC').trim())
  return column => {
    const name = column.normalize('NFC').trim()
    const at = names.indexOf(name)
    if (at === -1) {
      const there = names.map(other => `«${other}»`).join(', ')
      throw new ImportRefused(
        `El mapa nombra la columna «${name}», que no está en el archivo; sus columnas son ${there}.`,
      )
    }
    if (names.indexOf(name, at + 1) !== -1)
      throw new ImportRefused(`La columna «${name}» está dos veces en el archivo.`)
    return at
  }
}

function subjectField({ subject }: Mapping, indexOf: (column: string) => number): Render {
  if (typeof subject === 'string') {
    const render = compileTemplate(subject, indexOf)
    return fields => excerpt(render(fields))
  }
  const at = indexOf(subject.firstSentenceOf)
  return fields => excerpt(firstSentence(fields[at] ?? ''))
}

function requesterField({ requester }: Mapping, template: (text: string) => Render) {
  const reference = requester.reference === undefined ? () => '' : template(requester.reference)
  const name = requester.name === undefined ? () => '' : template(requester.name)
  return (fields: readonly string[]) => {
    const known = short(reference(fields).trim(), 'la referencia del solicitante')
    if (known !== '') {
      return { requesterReference: known, requesterName: excerpt(name(fields)) || `Solicitante ${known}` }
    }
    return { requesterReference: '', requesterName: required(requester.anonymousName ?? '', 'el solicitante') }
  }
}

function dateField(parse: (text: string) => Date | null): (text: string) => Date {
  return text => {
    const date = parse(text)
    if (date === null) throw new RowRefused(`la fecha «${excerpt(text)}» no existe o no tiene el formato del mapa`)
    return date
  }
}

function times(createdAt: Date, status: Status, closing: Date | null, now: Date) {
  if (createdAt > now) throw new RowRefused('la fecha de creación está en el futuro')
  if (status !== 'FINALIZADO' && status !== 'CANCELADO') return { createdAt, closedAt: null }
  const closedAt = closing ?? createdAt
  if (closedAt < createdAt) throw new RowRefused('la fecha de cierre es anterior a la de creación')
  if (closedAt > now) throw new RowRefused('la fecha de cierre está en el futuro')
  return { createdAt, closedAt }
}

function body(text: string): string {
  const description = required(text.trim(), 'la descripción')
  // Code points, as PostgreSQL's char_length counts them.
  if ([...description].length > 20_000) throw new RowRefused('la descripción tiene más de 20 000 caracteres')
  return description
}

function required(text: string, what: string): string {
  if (text.trim() === '') throw new RowRefused(`falta ${what}`)
  return text.trim()
}

function short<T extends string>(text: T, what: string): T {
  if (text.length > 150) throw new RowRefused(`${what} tiene más de 150 caracteres`)
  return text
}
