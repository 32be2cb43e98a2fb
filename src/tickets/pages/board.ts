import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { select } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { boundedCount, isoDay } from '../../web/format.ts'
import { withQuery } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { COUNT_LIMIT, countsByStatusSql, statusCounts, waitingCounts, waitingSql } from '../counts.ts'
import { statusSlugs } from '../filters.ts'
import { sorts } from '../list-order.ts'
import { type TicketRow, ticketRow } from '../models.ts'
import { paths } from '../paths.ts'
import { listTickets } from '../queries.ts'
import { supervisedBy } from '../visibility.ts'
import type { Notice, TicketDependencies } from './dependencies.ts'

/** A number that leads to the tickets it counts. */
interface Card {
  label: string
  count: string
  href: string
  icon: string
  tone: 'plain' | 'urgent' | 'impeded'
}

/** What waits for somebody who supervises. */
export interface Board {
  title: string
  lead: string
  notices: Notice[]
  cards: Card[]
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
/** Open for more days than this is old. */
const OLD_DAYS = 14
const DAY_IN_MS = 24 * 60 * 60 * 1000
const OPEN = ['REGISTRADO', 'ASIGNADO', 'EN_PROCESO'] as const
type OpenCounts = Record<(typeof OPEN)[number], number>
const byStatus = statusCounts(OPEN)
const counted = z.tuple([z.object({ waiting: waitingCounts, urgent: byStatus, old: byStatus })])

/** Whether a person begins at the board: whoever supervises. */
export const hasBoard = (viewer: Viewer) => supervisedBy(viewer).length > 0

type HomeCall = Pick<Call, 'viewer' | 'region' | 'res'>

/** Where a person begins: the board, or the page of the work that his role waits with. */
export async function showHome(deps: TicketDependencies, { viewer, region, res }: HomeCall) {
  if (!hasBoard(viewer)) {
    return res.redirect(303, viewer.permissions.has('tickets.ver_asignados') ? paths.assigned : paths.mine)
  }
  const { db, clock } = deps
  const { zone } = region
  const now = clock.now()
  const sort = sorts.antiguos
  const registered = { clauses: supervisedBy(viewer), statuses: ['REGISTRADO'] as const, filters: {}, sort, zone, now }
  const [notices, cards, found] = await Promise.all([
    deps.notices.ofPerson(viewer),
    readCards(deps, { viewer, region }, now),
    listTickets(db, registered, { direction: 'forward', from: null }),
  ])
  page(res, 'tickets/board', {
    title: 'Inicio',
    lead: 'Lo que espera por usted.',
    notices,
    cards,
    oldest: found.rows.slice(0, SHOWN).map(row => ticketRow(row, viewer, { now, ...region })),
    caption: 'Los tickets que más tiempo llevan sin responsable',
    registeredHref: registeredPath,
  })
}

const registeredPath = withQuery(paths.tickets, { estado: statusSlugs.REGISTRADO })

async function readCards(
  { db }: TicketDependencies,
  { viewer, region }: Pick<HomeCall, 'viewer' | 'region'>,
  now: Date,
): Promise<Card[]> {
  const { zone, locale } = region
  const request = { clauses: supervisedBy(viewer), zone, now, statuses: OPEN }
  const lastOldDay = isoDay(new Date(now.getTime() - (OLD_DAYS + 1) * DAY_IN_MS), zone)
  const rows = await select(
    db,
    Prisma.sql`SELECT ${waitingSql(viewer, COUNT_LIMIT)} AS waiting,
      ${countsByStatusSql({ ...request, filters: { priority: 'URGENTE' } })} AS urgent,
      ${countsByStatusSql({ ...request, filters: { to: lastOldDay } })} AS old`,
  )
  const [{ waiting, urgent, old }] = counted.parse(rows)
  const { registered, impeded, assigned } = waiting
  const oldPath = openPath(old, { hasta: lastOldDay })
  // Both lead to pages of those who attend tickets.
  const attends = viewer.permissions.has('tickets.ver_asignados')
  const card = (label: string, icon: string, tone: Card['tone'], count: number, href: string): Card => ({
    ...{ label, icon, tone, href },
    count: boundedCount(count, COUNT_LIMIT, locale),
  })
  return [
    card('Sin asignar', 'inbox', 'plain', registered, registeredPath),
    card('Urgentes abiertos', 'urgent', 'urgent', total(urgent), openPath(urgent, { prioridad: 'urgente' })),
    ...(attends ? [card('Con incidencia', 'barrier-block', 'impeded', impeded, paths.impeded)] : []),
    card(`Abiertos hace más de ${OLD_DAYS} días`, 'hourglass', 'plain', total(old), oldPath),
    ...(attends ? [card('Asignados a usted o a sus grupos', 'user-check', 'plain', assigned, paths.assigned)] : []),
  ]
}

const total = (counts: OpenCounts) => OPEN.reduce((sum, status) => sum + counts[status], 0)

/** The list has a tab for each state: it opens at the first that has one. */
function openPath(counts: OpenCounts, parameters: Record<string, string>): string {
  const status = OPEN.find(each => counts[each] > 0) ?? 'REGISTRADO'
  return withQuery(paths.tickets, { estado: statusSlugs[status], ...parameters })
}
