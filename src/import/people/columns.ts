import { someonesEmail } from '../../auth/email.ts'
import { type AccountType, accountTypes } from '../../users/account-types.ts'
import { MOST_LETTERS } from '../../users/names.ts'
import { comparable } from '../choices.ts'
import type { CsvRow } from '../csv.ts'
import { ImportRefused, RowRefused } from '../refused.ts'
import { excerpt, singleLine } from '../subject.ts'

/** What a row says of a person; undefined for what the file is silent about: somebody known keeps it. */
export interface ImportedPerson {
  row: CsvRow
  name: string
  email: string | null
  /** "system:reference", as imported requesters have it. */
  reference: string | null
  type: AccountType | undefined
  areas: string[] | undefined
  /** Null for none. */
  organization: string | null | undefined
}

const COLUMNS = ['nombre', 'correo', 'rol', 'tipo', 'areas', 'organizacion', 'referencia'] as const
type Column = (typeof COLUMNS)[number]

/**
 * Makes the reader of a file's rows.
 * @throws ImportRefused when a column is missing, unknown or there twice
 */
export function personReader(header: readonly string[]): (row: CsvRow) => ImportedPerson {
  const names = header.map(comparable)
  const unknown = names.findIndex(name => !COLUMNS.includes(name as Column))
  if (unknown !== -1) {
    throw new ImportRefused(`La columna «${header[unknown]}» no se conoce. Las columnas son: ${COLUMNS.join(', ')}.`)
  }
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new ImportRefused(`La columna «${twice}» está dos veces.`)
  if (!names.includes('nombre')) throw new ImportRefused('Falta la columna «nombre».')
  if (!names.includes('correo') && !names.includes('referencia')) throw new ImportRefused('Falta la columna «correo».')
  return row => {
    if (row.damage !== null) throw new RowRefused(row.damage)
    return personOf(row, (column: Column) => {
      const at = names.indexOf(column)
      return at === -1 ? undefined : singleLine(row.fields[at] ?? '')
    })
  }
}

function personOf(row: CsvRow, cell: (column: Column) => string | undefined): ImportedPerson {
  const [name = '', reference = ''] = [cell('nombre'), cell('referencia')]
  if (name === '') throw new RowRefused('falta el nombre')
  if ([...name].length > MOST_LETTERS) throw new RowRefused(`el nombre tiene más de ${MOST_LETTERS} caracteres`)
  const mail = mailOf(cell('correo') ?? '')
  if (mail === null && reference === '') throw new RowRefused('falta el correo')
  const organization = cell('organizacion')
  if (organization !== undefined && organization.length > MOST_LETTERS) {
    throw new RowRefused(`la organización tiene más de ${MOST_LETTERS} caracteres`)
  }
  return {
    row,
    name,
    email: mail,
    reference: reference === '' ? null : reference,
    type: typeIn(cell('rol') ?? '', cell('tipo') ?? ''),
    areas: cell('areas')
      ?.split(/[|;,]/)
      .map(singleLine)
      .filter(area => area !== ''),
    organization: organization === '' ? null : organization,
  }
}

function mailOf(text: string): string | null {
  if (text === '') return null
  const mail = someonesEmail.safeParse(text)
  if (!mail.success) throw new RowRefused(`el correo «${excerpt(text)}» no es válido`)
  return mail.data
}

/** A Usuario is told apart by its kind; who gives the kind alone means a Usuario. */
function typeIn(role: string, kind: string): AccountType | undefined {
  const wanted = comparable(role) === 'usuario' || role === '' ? comparable(kind) : comparable(role)
  if (wanted === '' && role === '') return undefined
  const type = accountTypes.find(each => each.toLowerCase() === wanted.replace(/^empleado no tecnico$/, 'empleado'))
  if (type) return type
  if (wanted === '') throw new RowRefused('a un Usuario le falta el tipo: Cliente o Empleado')
  throw new RowRefused(`el rol o tipo «${excerpt(wanted)}» no existe`)
}
