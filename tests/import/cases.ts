import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type ImportSummary, importRequests } from '../../src/import/import.ts'
import { parseMapping } from '../../src/import/mapping.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Database } from '../../src/platform/db.ts'

/** A mapping for files with the columns id, fecha, persona, tema, estado, asunto and texto. */
export const mappingOfCases = {
  origin: 'Mesa vieja',
  reference: '{id}',
  createdAt: '{fecha}',
  subject: '{asunto}',
  description: '{texto}',
  requester: { reference: '{persona}', anonymousName: 'Solicitante no identificado' },
  area: { default: 'Sistemas' },
  category: { column: 'tema' },
  kind: { default: 'PROBLEMA' },
  status: {
    column: 'estado',
    values: { nuevo: 'REGISTRADO', asignado: 'ASIGNADO', cerrado: 'FINALIZADO', anulado: 'CANCELADO' },
  },
  ownerGroups: { default: 'Recepción' },
}

export const headerOfCases = 'id,fecha,persona,tema,estado,asunto,texto'

export const importTime = new Date('2026-03-01T12:00:00Z')
export const stoppedClock: Clock = { now: () => importTime }

/** One line per case; what a case does not name is plain and good. */
export function line(
  id: number | string,
  changed: Partial<Record<'fecha' | 'persona' | 'tema' | 'estado', string>> = {},
) {
  const { fecha = '2026-01-05T10:00:00Z', persona = `P${id}`, tema = 'Red', estado = 'nuevo' } = changed
  return `${id},${fecha},${persona},${tema},${estado},Asunto ${id},Texto ${id}`
}

/** A folder for the files of a test file, gone when it is done. */
export function useFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'importacion-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const path = (name: string) => join(folder, name)
  return {
    path,
    write(name: string, content: string | Buffer | string[]): string {
      writeFileSync(path(name), Array.isArray(content) ? `${content.join('\n')}\n` : content)
      return path(name)
    },
  }
}

/** Imports a file of cases; `changes` go over the mapping. */
export function importCases(
  db: Database,
  file: string,
  changes: object = {},
  more: object = {},
): Promise<ImportSummary> {
  const mapping = parseMapping({ ...mappingOfCases, ...changes }, 'mapa.json')
  return importRequests({ db, file, mapping, rejects: `${file}.rechazos.csv`, clock: stoppedClock, ...more })
}
