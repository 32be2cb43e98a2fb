import { z } from 'zod'
import { newestFirst, pageQuery, pageRequest, pagerLinks, type Slice } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { Filters } from '../filters.ts'
import { ticketRow } from '../models.ts'
import { paths } from '../paths.ts'
import { type ListRequest, type ListRow, listAttended, listTickets } from '../queries.ts'
import { assignedTo, inChargeOf, requestedBy } from '../visibility.ts'
import type { Notice, TicketDependencies } from './dependencies.ts'
import type { TicketList } from './list.ts'

// The lists without tabs and filters.

export const plainQuery = z.object(pageQuery(newestFirst))
type PlainCall = Call<unknown, z.infer<typeof plainQuery>>

/** Mis tickets: what a person asked for. */
export async function showMine(deps: TicketDependencies, call: PlainCall) {
  const mayCreate = call.viewer.permissions.has('tickets.crear')
  const [found, notices] = await Promise.all([
    read(deps, call, { clauses: requestedBy(call.viewer), statuses: null }),
    deps.notices.ofPerson(call.viewer),
  ])
  show(deps, call, found, {
    notices,
    path: paths.mine,
    mine: true,
    title: 'Mis tickets',
    lead: 'Lo que usted pidió o reportó, del más reciente al más antiguo.',
    caption: 'Sus tickets, del más reciente al más antiguo',
    empty: {
      icon: 'ticket',
      title: 'Todavía no tiene tickets',
      text: 'Cuando reporte un problema o pida algo, aquí verá cómo avanza.',
      action: mayCreate ? { label: 'Nuevo ticket', href: paths.newTicket } : null,
    },
  })
}

/** Asignados: what waits for a person or for a group of his. */
export async function showAssigned(deps: TicketDependencies, call: PlainCall) {
  const found = await read(deps, call, { clauses: assignedTo(call.viewer), statuses: ['ASIGNADO', 'EN_PROCESO'] })
  show(deps, call, found, {
    path: paths.assigned,
    title: 'Asignados',
    lead: 'Los tickets abiertos que le corresponden a usted o a sus grupos.',
    caption: 'Tickets por atender, del más reciente al más antiguo',
    empty: {
      icon: 'mood-smile',
      title: 'No tiene tickets pendientes',
      text: 'Cuando le asignen uno, a usted o a un grupo suyo, aparecerá aquí.',
      action: null,
    },
  })
}

/** Con incidencias: what is in a person's charge and cannot go on. */
export async function showImpeded(deps: TicketDependencies, call: PlainCall) {
  const found = await read(deps, call, { clauses: inChargeOf(call.viewer), statuses: null }, { impeded: true })
  show(deps, call, found, {
    path: paths.impeded,
    title: 'Con incidencias',
    lead: 'Los tickets que no pueden avanzar hasta que se cierre su incidencia.',
    caption: 'Tickets con una incidencia abierta, del más reciente al más antiguo',
    empty: {
      icon: 'mood-smile',
      title: 'Nada está detenido',
      text: 'Cuando alguien reporte una incidencia en un ticket a su cargo, aparecerá aquí.',
      action: null,
    },
  })
}

/** Atendidos: what a person worked on, whoever has it now. */
export async function showAttended(deps: TicketDependencies, call: PlainCall) {
  const { viewer, query } = call
  const found = await listAttended(deps.db, viewer.id, deps.clock.now(), pageRequest(query))
  show(deps, call, found, {
    path: paths.attended,
    title: 'Atendidos',
    lead: 'Los tickets en los que usted trabajó, empezando por lo último que atendió.',
    caption: 'Tickets que usted atendió, empezando por el último',
    empty: {
      icon: 'history',
      title: 'Todavía no ha atendido tickets',
      text: 'Aquí quedan los tickets en los que usted trabaje, aunque después los tenga otra persona.',
      action: null,
    },
  })
}

function read(
  { db, clock }: TicketDependencies,
  { region, query }: PlainCall,
  which: Pick<ListRequest, 'clauses' | 'statuses'>,
  filters: Filters = {},
) {
  return listTickets(db, { ...which, filters, zone: region.zone, now: clock.now() }, pageRequest(query))
}

/** What is particular to one of the lists. */
interface About extends Pick<TicketList, 'title' | 'lead' | 'caption' | 'empty'> {
  path: string
  /** Mis tickets, where the person is the requester. */
  mine?: boolean
  notices?: Notice[]
}

function show({ clock }: TicketDependencies, { viewer, region, res }: PlainCall, found: Slice<ListRow>, about: About) {
  const { path, mine = false, notices = [], ...texts } = about
  const present = { now: clock.now(), ...region }
  const places = { ...found, rows: found.rows.map(({ at, number }) => ({ createdAt: at, number })) }
  page(res, 'tickets/index', {
    ...texts,
    notices,
    tabs: [],
    filters: null,
    rows: found.rows.map(row => ticketRow(row, viewer, present, mine)),
    showStatus: true,
    showRequester: !mine,
    pager: pagerLinks(newestFirst, places, path, {}),
  })
}
