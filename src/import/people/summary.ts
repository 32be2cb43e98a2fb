import { formatCount } from '../../platform/amounts.ts'
import type { PeopleSummary } from './import.ts'

/** So many are named; the others are only counted. */
const MOST_NAMED = 20

/** What an import did or would do, for the console, in Spanish. */
export function describePeople(summary: PeopleSummary): string {
  const { applied, created, changed, unchanged, organizations, refused, rejectsFile } = summary
  const counts: [string, string][] = [
    [applied ? 'Creadas' : 'Se crearían', formatCount(created.length)],
    [applied ? 'Cambiadas' : 'Se cambiarían', formatCount(changed.length)],
    ['Sin cambios', formatCount(unchanged)],
    [applied ? 'Organizaciones creadas' : 'Organizaciones que se crearían', formatCount(organizations)],
    [
      applied ? 'Rechazadas' : 'Se rechazarían',
      formatCount(refused.length) + (rejectsFile ? ` (en ${rejectsFile})` : ''),
    ],
  ]
  return [
    applied ? 'Importación de personas terminada.' : 'Ensayo: no se guardó nada.',
    ...counts.map(([name, value]) => `  ${name}: ${value}`),
    ...named(applied ? 'Creadas' : 'Se crearían', created),
    ...named(applied ? 'Cambiadas' : 'Se cambiarían', changed),
    ...named(
      applied ? 'Rechazadas' : 'Se rechazarían',
      refused.map(({ line, reason }) => `línea ${line}: ${reason}`),
    ),
    applied ? 'Se puede repetir: nadie se crea dos veces.' : 'Para hacerlo, repita el comando con --apply.',
  ].join('\n')
}

function named(title: string, lines: string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length - MOST_NAMED
  return [
    `${title}:`,
    ...lines.slice(0, MOST_NAMED).map(line => `  ${line}`),
    ...(more > 0 ? [`  … y ${formatCount(more)} más`] : []),
  ]
}
