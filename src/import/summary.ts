import { formatCount, formatDuration } from '../platform/amounts.ts'
import type { ImportSummary } from './import.ts'

/** What an import did, for the console, in Spanish. */
export function describeSummary(summary: ImportSummary): string {
  const { loaded, alreadyThere, rejected, created, seconds } = summary
  const requests = loaded + alreadyThere + rejected
  const lines: [string, string][] = [
    ['Cargadas', formatCount(loaded)],
    ['Ya estaban', formatCount(alreadyThere)],
    ['Rechazadas', formatCount(rejected) + (summary.rejectsFile === null ? '' : ` (en ${summary.rejectsFile})`)],
    ['Áreas creadas', formatCount(created.areas)],
    ['Categorías creadas', formatCount(created.categories)],
    ['Grupos creados', formatCount(created.groups)],
    ['Solicitantes creados', formatCount(created.requesters)],
    [
      'Tiempo',
      `${formatDuration(seconds)} (${formatCount(requests / Math.max(seconds, 0.001))} solicitudes por segundo)`,
    ],
  ]
  const title = summary.interrupted ? 'Importación interrumpida.' : 'Importación terminada.'
  return [title, ...lines.map(([name, value]) => `  ${name}: ${value}`), ...wayOn(summary)].join('\n')
}

function wayOn({ interrupted, rejected }: ImportSummary): string[] {
  if (interrupted) return ['Lo cargado queda guardado. Para continuar, ejecute el mismo comando: nada se duplica.']
  if (rejected === 0) return []
  return ['Corrija las filas rechazadas en ese archivo e impórtelo con el mismo mapa.']
}
