import { paths as results } from './surveys/results/paths.ts'
import { paths as tickets } from './tickets/paths.ts'
import type { Viewer } from './web/access.ts'
import type { Section } from './web/frame.ts'

/** The sections of the sidebar; a person only finds there what he may open. */
export function navigationFor(viewer: Viewer): Section[] {
  const may = (...codes: string[]) => codes.some(code => viewer.permissions.has(code))
  const attention = [
    may('tickets.ver_area', 'tickets.ver_todos') && { label: 'Tickets', href: tickets.tickets, icon: 'inbox' },
    may('tickets.ver_asignados') && { label: 'Asignados', href: tickets.assigned, icon: 'user-check' },
    may('encuestas.ver_resultados') && { label: 'Resultados', href: results.results, icon: 'chart-bar' },
  ].filter(item => item !== false)
  const own = [
    may('tickets.crear') && { label: 'Mis tickets', href: tickets.mine, icon: 'ticket' },
    may('tickets.crear') && { label: 'Nuevo ticket', href: tickets.newTicket, icon: 'plus' },
  ].filter(item => item !== false)
  return [
    { label: 'Atención', items: attention },
    { label: 'Mis solicitudes', items: own },
  ].filter(({ items }) => items.length > 0)
}

/** Where a person begins: the page of the work that his role waits with. */
export function homeOf(viewer: Viewer): string {
  if (viewer.permissions.has('tickets.ver_area')) return tickets.tickets
  if (viewer.permissions.has('tickets.ver_asignados')) return tickets.assigned
  return tickets.mine
}
