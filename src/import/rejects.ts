import { type FileHandle, open, rm } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import type { CsvTable } from './csv.ts'
import type { Rejected } from './load.ts'
import { ImportRefused } from './refused.ts'

export interface Rejects {
  /** The file, or null while nothing was rejected. */
  file(): string | null
  add(rejected: Rejected[]): Promise<void>
  close(): Promise<void>
}

/**
 * The rows that were not loaded: line, reason and the original columns, in the file's own delimiter, so that they can be
 * mended and imported with the same mapping. An older file of that name goes away; a new one appears with the first row.
 */
export async function openRejects(file: string, { header, delimiter }: CsvTable): Promise<Rejects> {
  await rm(file, { force: true }).catch(() => refuse(file))
  let handle: FileHandle | null = null
  const write = async (target: FileHandle, rows: (string | number)[][]) => {
    // A spreadsheet would run a cell that begins like a formula.
    await target.appendFile(stringify(rows, { delimiter, escape_formulas: true, record_delimiter: '\r\n' }))
  }
  return {
    file: () => (handle === null ? null : file),
    async add(rejected) {
      if (rejected.length === 0) return
      if (handle === null) {
        handle = await open(file, 'w').catch(() => refuse(file))
        // The mark makes spreadsheets read the accents right.
        await handle.appendFile('\uFEFF')
        await write(handle, [['linea', 'motivo', ...header]])
      }
      await write(
        handle,
        rejected.map(({ row, reason }) => [row.line, reason, ...row.fields]),
      )
    },
    async close() {
      await handle?.close()
    },
  }
}

function refuse(file: string): never {
  throw new ImportRefused(`No se puede escribir el archivo de rechazos ${file}; elija otro con --rejects.`)
}
