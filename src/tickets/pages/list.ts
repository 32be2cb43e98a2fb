import { z } from 'zod'
import { TicketStatus } from '../../generated/prisma/enums.ts'
import type { FilterForm } from '../../web/filter-form.ts'
import { boundedCount } from '../../web/format.ts'
import { newestFirst, pageQuery, pageRequest, pagerLinks, withQuery } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { COUNT_LIMIT, countByStatus } from '../counts.ts'
import { ticketFilterForm } from '../filter-form.ts'
import { filterOptions } from '../filter-options.ts'
import { filterParameters, filterQuery, filtersOf, statusSlugs } from '../filters.ts'
import { statusTabLabels } from '../labels.ts'
import { type TicketRow, ticketRow } from '../models.ts'
import { paths } from '../paths.ts'
import { listTickets } from '../queries.ts'
import { supervisedBy } from '../visibility.ts'
import type { Notice, TicketDependencies } from './dependencies.ts'

export interface Tab {
  label: string
  count: string
  href: string
  current: boolean
}

/** What stands where rows would be. */
export interface EmptyState {
  icon: string
  title: string
  text: string
  action: { label: string; href: string } | null
}

export interface TicketList {
  title: string
  /** Under the title; '' when the title says it all. */
  lead: string
  /** On the page where a person begins; none elsewhere. */
  notices: Notice[]
  tabs: Tab[]
  filters: FilterForm | null
  rows: TicketRow[]
  /** What the rows are, for whoever does not see where they stand. */
  caption: string
  /** Mis tickets and Asignados show the state in each row; the tabs of Tickets already say it. */
  showStatus: boolean
  showRequester: boolean
  pager: { previous: string | null; next: string | null }
  empty: EmptyState
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/index': TicketList
  }
}

const ALL = Object.values(TicketStatus)

const statusOf = (slug: string | undefined) => ALL.find(status => statusSlugs[status] === slug) ?? 'REGISTRADO'

export const indexQuery = z.object({
  estado: z.string().optional().catch(undefined),
  ...filterQuery,
  ...pageQuery(newestFirst),
})

/** Tickets: what a person supervises, a tab for each state. */
export async function showIndex(
  { db, clock }: TicketDependencies,
  { viewer, region, query, res }: Call<unknown, z.infer<typeof indexQuery>>,
) {
  const now = clock.now()
  const status = statusOf(query.estado)
  const request = { clauses: supervisedBy(viewer), filters: filtersOf(query), zone: region.zone, now }
  const asked = pageRequest(query)
  const [found, counts, options] = await Promise.all([
    listTickets(db, { ...request, statuses: [status] }, asked),
    countByStatus(db, { ...request, statuses: ALL }),
    filterOptions(db, viewer),
  ])
  const parameters = filterParameters(query)
  const estado = statusSlugs[status]
  const filters = ticketFilterForm(paths.tickets, { estado }, query, options, region.locale)
  page(res, 'tickets/index', {
    title: 'Tickets',
    lead: '',
    notices: [],
    tabs: ALL.map(each => ({
      label: statusTabLabels[each],
      count: boundedCount(counts[each], COUNT_LIMIT, region.locale),
      href: withQuery(paths.tickets, { estado: statusSlugs[each], ...parameters }),
      current: each === status,
    })),
    filters,
    rows: found.rows.map(row => ticketRow(row, viewer, { now, ...region })),
    caption: `Tickets ${statusTabLabels[status].toLowerCase()}, del más reciente al más antiguo`,
    showStatus: false,
    showRequester: true,
    pager: pagerLinks(newestFirst, found, paths.tickets, { estado, ...parameters }),
    empty: emptyIndex(status, filters),
  })
}

function emptyIndex(status: TicketStatus, { chips, clearHref }: FilterForm): EmptyState {
  const tab = statusTabLabels[status].toLowerCase()
  if (chips.length > 0) {
    const action = { label: 'Quitar los filtros', href: clearHref }
    return { icon: 'filter-off', title: 'Nada coincide', text: `No hay tickets ${tab} con estos filtros.`, action }
  }
  const text = status === 'REGISTRADO' ? 'Todo lo que llegó ya tiene responsable.' : 'Aquí aparecerán cuando los haya.'
  return { icon: 'inbox', title: `No hay tickets ${tab}`, text, action: null }
}
