import type { Viewer } from '../../web/access.ts'
import { boundedCount } from '../../web/format.ts'
import { withQuery } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { statusSlugs } from '../filters.ts'
import { type TicketRow, ticketRow } from '../models.ts'
import { paths } from '../paths.ts'
import { COUNT_LIMIT, countByStatus, listTickets } from '../queries.ts'
import { supervisedBy } from '../visibility.ts'
import { countWaiting } from '../waiting.ts'
import type { TicketDependencies } from './dependencies.ts'

/** What waits for somebody who supervises. */
export interface Board {
  title: string
  lead: string
  cards: { label: string; count: string; href: string; icon: string; tone: 'plain' | 'urgent' | 'impeded' }[]
  /** Those that have waited longest for a responsible person, the oldest first. */
  oldest: TicketRow[]
  caption: string
  registeredHref: string
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/board': Board
  }
}

const SHOWN = 5
const OPEN = ['REGISTRADO', 'ASIGNADO', 'EN_PROCESO'] as const

/** Whether a person begins at the board: whoever supervises. */
export const hasBoard = (viewer: Viewer) => supervisedBy(viewer).length > 0

/** Where a person begins: the board, or the page of the work that his role waits with. */
export async function showHome(deps: TicketDependencies, { viewer, res }: Pick<Call, 'viewer' | 'res'>) {
  if (!hasBoard(viewer)) {
    return res.redirect(303, viewer.permissions.has('tickets.ver_asignados') ? paths.assigned : paths.mine)
  }
  const { db, clock, zone } = deps
  const now = clock.now()
  const request = { clauses: supervisedBy(viewer), filters: {}, zone, now }
  const [waiting, urgent, found] = await Promise.all([
    countWaiting(db, viewer, COUNT_LIMIT),
    countByStatus(db, { ...request, filters: { priority: 'URGENTE' }, statuses: OPEN }),
    listTickets(db, { ...request, statuses: ['REGISTRADO'] }, { direction: 'newer', from: null }),
  ])
  page(res, 'tickets/board', {
    title: 'Inicio',
    lead: 'Lo que espera por usted.',
    cards: cardsOf(waiting, urgent),
    oldest: found.rows
      .slice(-SHOWN)
      .reverse()
      .map(row => ticketRow(row, viewer, { now, zone })),
    caption: 'Los tickets que más tiempo llevan sin responsable',
    registeredHref: registeredPath,
  })
}

const registeredPath = withQuery(paths.tickets, { estado: statusSlugs.REGISTRADO })

function cardsOf(
  waiting: Awaited<ReturnType<typeof countWaiting>>,
  urgent: ReadonlyMap<string, number>,
): Board['cards'] {
  const bounded = (count: number) => boundedCount(count, COUNT_LIMIT)
  const urgents = OPEN.reduce((sum, status) => sum + (urgent.get(status) ?? 0), 0)
  // The list has a tab for each state: it opens at the first that has one.
  const status = OPEN.find(each => (urgent.get(each) ?? 0) > 0) ?? 'REGISTRADO'
  const urgentPath = withQuery(paths.tickets, { estado: statusSlugs[status], prioridad: 'urgente' })
  return [
    { label: 'Sin asignar', count: bounded(waiting.registered), href: registeredPath, icon: 'inbox', tone: 'plain' },
    { label: 'Urgentes abiertos', count: bounded(urgents), href: urgentPath, icon: 'urgent', tone: 'urgent' },
    {
      label: 'Con incidencia',
      count: bounded(waiting.impeded),
      href: paths.impeded,
      icon: 'barrier-block',
      tone: 'impeded',
    },
    {
      label: 'Asignados a usted o a sus grupos',
      count: bounded(waiting.assigned),
      href: paths.assigned,
      icon: 'user-check',
      tone: 'plain',
    },
  ]
}
