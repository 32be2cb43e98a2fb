import { z } from 'zod'
import { TicketStatus } from '../generated/prisma/enums.ts'
import type { Viewer } from '../web/access.ts'
import { withQuery } from '../web/listing.ts'
import { type FilterQuery, type Filters, filterParameters, filterQuery, filtersOf, statusSlugs } from './filters.ts'
import { type SortCode, sorts } from './list-order.ts'
import type { ListRequest } from './list-places.ts'
import { paths } from './paths.ts'
import { assignedTo, attendedBy, type Clause, inChargeOf, requestedBy, supervisedBy } from './visibility.ts'

// The lists of tickets: each is a page, and a file with all that the page would show from its first to its last.

/** Whose tickets a list has, and how they may be narrowed and ordered. */
export interface TicketListing {
  path: string
  exportPath: string
  /** Begins the name of its file. */
  fileName: string
  clauses: (viewer: Viewer) => Clause[]
  /** The states that it has; null for every one. */
  statuses: readonly TicketStatus[] | null
  /** Shows one state at a time, on tabs. */
  tabbed: boolean
  /** Whether it can be narrowed to areas, categories and responsible persons, too. */
  byPlace: boolean
  impeded: boolean
  /** Whether whoever has a ticket on it reads its internal notes. */
  internal: boolean
  /** The first is the one that counts when none is chosen. */
  orders: readonly [SortCode, ...SortCode[]]
}

const plain = { statuses: null, tabbed: false, byPlace: false, impeded: false, internal: true }
const everyOrder = ['recientes', 'antiguos', 'prioridad', 'actividad'] as const

export const lists = {
  supervised: {
    ...plain,
    path: paths.tickets,
    exportPath: paths.ticketsExport,
    fileName: 'tickets',
    clauses: supervisedBy,
    tabbed: true,
    byPlace: true,
    orders: everyOrder,
  },
  mine: {
    ...plain,
    path: paths.mine,
    exportPath: paths.mineExport,
    fileName: 'mis-tickets',
    clauses: requestedBy,
    internal: false,
    // What is urgent is for those to say who attend it.
    orders: ['recientes', 'antiguos', 'actividad'],
  },
  assigned: {
    ...plain,
    path: paths.assigned,
    exportPath: paths.assignedExport,
    fileName: 'asignados',
    clauses: assignedTo,
    statuses: ['ASIGNADO', 'EN_PROCESO'],
    orders: everyOrder,
  },
  impeded: {
    ...plain,
    path: paths.impeded,
    exportPath: paths.impededExport,
    fileName: 'con-incidencias',
    clauses: inChargeOf,
    byPlace: true,
    impeded: true,
    orders: ['recientes', 'antiguos'],
  },
  attended: {
    ...plain,
    path: paths.attended,
    exportPath: paths.attendedExport,
    fileName: 'atendidos',
    clauses: viewer => [attendedBy(viewer)],
    orders: ['atencion', 'primera-atencion'],
  },
} as const satisfies Record<string, TicketListing>

/** What the address of a list says besides the page; a damaged value says nothing. */
export const listFields = {
  estado: z.string().optional().catch(undefined),
  ...filterQuery,
  orden: z.string().optional().catch(undefined),
}

const schema = z.object(listFields)
export type ListQuery = z.infer<typeof schema>

/** A list as somebody has narrowed and ordered it. */
export interface Chosen {
  /** Null for all that it has. */
  status: TicketStatus | null
  /** Only what this list can be narrowed to. */
  filters: FilterQuery
  order: SortCode
}

export function chosenIn(listing: TicketListing, query: ListQuery): Chosen {
  const { tipo, prioridad, desde, hasta, buscar, area, categoria, responsable } = query
  const status = (listing.statuses ?? ALL).find(each => statusSlugs[each] === query.estado) ?? null
  return {
    status: status ?? (listing.tabbed ? 'REGISTRADO' : null),
    filters: { tipo, prioridad, desde, hasta, buscar, ...(listing.byPlace && { area, categoria, responsable }) },
    order: listing.orders.find(each => each === query.orden) ?? listing.orders[0],
  }
}

const ALL = Object.values(TicketStatus)

export function listRequest(
  listing: TicketListing,
  viewer: Viewer,
  { status, filters, order }: Chosen,
  present: Pick<ListRequest, 'zone' | 'now'>,
): ListRequest {
  const narrowed: Filters = { ...filtersOf(filters, listing), ...(listing.impeded && { impeded: true }) }
  const statuses = status ? [status] : listing.statuses
  return { clauses: listing.clauses(viewer), statuses, filters: narrowed, sort: sorts[order], ...present }
}

/** The parameters that lead to a list as it is chosen, the page left out. */
export function chosenParameters(listing: TicketListing, { status, filters, order }: Chosen) {
  return {
    estado: status ? statusSlugs[status] : undefined,
    ...filterParameters(filters),
    orden: order === listing.orders[0] ? undefined : order,
  }
}

/** A way to choose an order. */
export interface OrderChoice {
  label: string
  href: string
  current: boolean
}

export function orderChoices(listing: TicketListing, chosen: Chosen): OrderChoice[] {
  return listing.orders.map(order => ({
    label: sorts[order].label,
    href: withQuery(listing.path, chosenParameters(listing, { ...chosen, order })),
    current: order === chosen.order,
  }))
}
