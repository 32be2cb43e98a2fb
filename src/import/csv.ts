import { isUtf8 } from 'node:buffer'
import type { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { ImportRefused } from './refused.ts'

export type Delimiter = ',' | ';'

/** One record. When the text is damaged, `fields` is what could be read of it and `damage` says in Spanish what is wrong. */
export interface CsvRow {
  /** Line of the file on which the record begins; the first is 1. */
  line: number
  fields: string[]
  damage: string | null
}

export interface CsvTable {
  header: string[]
  delimiter: Delimiter
  rows: AsyncGenerator<CsvRow, void>
}

/** A quote that is not closed within so many bytes never will be. */
const longestRecord = 1024 * 1024
const newLine = 10

/**
 * Reads RFC 4180 text whose first record names the columns; blank records are left out.
 * After a damaged record reading goes on at the very next line, so that a quote somebody forgot costs that line only.
 * @param delimiter found out from the first line when undefined
 * @throws ImportRefused when the text is no CSV at all
 */
export async function openCsv(bytes: AsyncIterable<Buffer>, delimiter: Delimiter | undefined): Promise<CsvTable> {
  const blocks = wholeLines(bytes)
  const first = (await blocks.next()).value
  if (!first) throw new ImportRefused('El archivo está vacío.')
  if (first.includes(0)) throw new ImportRefused('El archivo no es de texto; se espera un CSV.')
  const start = first.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? first.subarray(3) : first
  const separator = delimiter ?? likelyDelimiter(start)
  const rows = readRows(prepend(start, blocks), separator)
  const head = (await rows.next()).value
  if (!head) throw new ImportRefused('El archivo está vacío.')
  if (head.damage !== null) throw new ImportRefused(`El encabezado del archivo no se puede leer: ${head.damage}.`)
  return {
    header: head.fields.map(name => name.trim()),
    delimiter: separator,
    rows: sameWidth(rows, head.fields.length),
  }
}

/** Blocks that end where a line ends, so that no character, line end or doubled quote is cut in two. */
async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const joined = Buffer.concat([rest, chunk])
    const end = joined.lastIndexOf(newLine) + 1
    if (end > 0) yield joined.subarray(0, end)
    rest = joined.subarray(end)
    if (rest.length > longestRecord) {
      throw new ImportRefused('El archivo tiene una línea de más de 1 MB; se espera un CSV.')
    }
  }
  if (rest.length > 0) yield rest
}

async function* prepend(first: Buffer, blocks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* blocks
}

function likelyDelimiter(start: Buffer): Delimiter {
  const line = start.toString('utf8').trimStart().split(/\r?\n/, 1)[0] ?? ''
  const bare = line.replace(/"[^"]*"/g, '')
  return bare.split(';').length > bare.split(',').length ? ';' : ','
}

async function* sameWidth(rows: AsyncGenerator<CsvRow, void>, width: number): AsyncGenerator<CsvRow, void> {
  for await (const row of rows) {
    const wrong = row.damage === null && row.fields.length !== width
    yield wrong ? { ...row, damage: `tiene ${row.fields.length} columnas y el encabezado ${width}` } : row
  }
}

async function* readRows(blocks: AsyncGenerator<Buffer>, delimiter: Delimiter): AsyncGenerator<CsvRow, void> {
  let text: Buffer = Buffer.alloc(0)
  let line = 1
  for await (const block of blocks) {
    const read = readBlock(Buffer.concat([text, block]), line, delimiter, longestRecord)
    yield* read.rows
    text = read.rest
    line = read.line
  }
  yield* readBlock(text, line, delimiter, 0).rows
}

/** @param patience how many bytes may wait in `rest` for their closing quote */
function readBlock(block: Buffer, firstLine: number, delimiter: Delimiter, patience: number) {
  const rows: CsvRow[] = []
  let rest = block
  let line = firstLine
  const take = (end: number, fields: string[], damage: string | null) => {
    if (fields.some(field => field.trim() !== '')) rows.push({ line, fields, damage })
    line += countLines(rest.subarray(0, end))
    rest = rest.subarray(end)
  }
  while (rest.length > 0) {
    const { records, error } = readUntilDamage(rest, delimiter)
    let done = 0
    for (const { fields, end } of records) {
      take(end - done, fields, wrongEncoding(fields, rest.subarray(0, end - done)))
      done = end
    }
    if (error === null) break
    if (error.code === 'CSV_QUOTE_NOT_CLOSED' && rest.length <= patience) break
    const end = rest.indexOf(newLine) + 1 || rest.length
    take(end, [rest.subarray(0, end).toString('utf8').trimEnd()], describe(error))
  }
  return { rows, rest, line }
}

function readUntilDamage(text: Buffer, delimiter: Delimiter) {
  const records: { fields: string[]; end: number }[] = []
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      on_record(fields: string[], { bytes }) {
        records.push({ fields, end: bytes })
        return null
      },
    })
    return { records, error: null }
  } catch (error) {
    return { records, error: error as CsvError }
  }
}

function countLines(text: Buffer): number {
  let lines = 0
  for (let at = text.indexOf(newLine); at !== -1; at = text.indexOf(newLine, at + 1)) lines++
  return lines
}

function wrongEncoding(fields: string[], bytes: Buffer): string | null {
  if (!fields.some(field => field.includes('\uFFFD')) || isUtf8(bytes)) return null
  return 'el texto no está en UTF-8; si el archivo viene de Excel, ponga "encoding": "windows-1252" en el mapa'
}

function describe(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'comillas sin cerrar'
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'comillas sin cerrar o sin duplicar dentro de un campo'
    default:
      return 'comillas dentro de un campo que no empieza por comillas'
  }
}
