import { z } from 'zod'
import { pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { ticketRow } from '../models.ts'
import { paths } from '../paths.ts'
import { listAttended, listTickets } from '../queries.ts'
import { assignedTo, inChargeOf, requestedBy } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'

export const plainQuery = z.object(pageQuery)
type PlainCall = Call<unknown, z.infer<typeof plainQuery>>

/** Mis tickets: what a person asked for. */
export async function showMine({ db, clock, zone }: TicketDependencies, { viewer, query, res }: PlainCall) {
  const now = clock.now()
  const request = { clauses: requestedBy(viewer), statuses: null, filters: {}, zone, now }
  const found = await listTickets(db, request, pageRequest(query))
  const mayCreate = viewer.permissions.has('tickets.crear')
  page(res, 'tickets/index', {
    title: 'Mis tickets',
    lead: 'Lo que usted pidió o reportó, del más reciente al más antiguo.',
    tabs: [],
    filters: null,
    rows: found.rows.map(row => ticketRow(row, viewer, { now, zone }, true)),
    caption: 'Sus tickets, del más reciente al más antiguo',
    showStatus: true,
    showRequester: false,
    pager: pagerLinks(found, paths.mine, {}),
    empty: {
      icon: 'ticket',
      title: 'Todavía no tiene tickets',
      text: 'Cuando reporte un problema o pida algo, aquí verá cómo avanza.',
      action: mayCreate ? { label: 'Nuevo ticket', href: paths.newTicket } : null,
    },
  })
}

/** Asignados: what waits for a person or for a group of his. */
export async function showAssigned({ db, clock, zone }: TicketDependencies, { viewer, query, res }: PlainCall) {
  const now = clock.now()
  const statuses = ['ASIGNADO', 'EN_PROCESO'] as const
  const request = { clauses: assignedTo(viewer), statuses, filters: {}, zone, now }
  const found = await listTickets(db, request, pageRequest(query))
  page(res, 'tickets/index', {
    title: 'Asignados',
    lead: 'Los tickets abiertos que le corresponden a usted o a sus grupos.',
    tabs: [],
    filters: null,
    rows: found.rows.map(row => ticketRow(row, viewer, { now, zone })),
    caption: 'Tickets por atender, del más reciente al más antiguo',
    showStatus: true,
    showRequester: true,
    pager: pagerLinks(found, paths.assigned, {}),
    empty: {
      icon: 'mood-smile',
      title: 'No tiene tickets pendientes',
      text: 'Cuando le asignen uno, a usted o a un grupo suyo, aparecerá aquí.',
      action: null,
    },
  })
}

/** Con incidencias: what is in a person's charge and cannot go on. */
export async function showImpeded({ db, clock, zone }: TicketDependencies, { viewer, query, res }: PlainCall) {
  const now = clock.now()
  const request = { clauses: inChargeOf(viewer), statuses: null, filters: { impeded: true }, zone, now }
  const found = await listTickets(db, request, pageRequest(query))
  page(res, 'tickets/index', {
    title: 'Con incidencias',
    lead: 'Los tickets que no pueden avanzar hasta que se cierre su incidencia.',
    tabs: [],
    filters: null,
    rows: found.rows.map(row => ticketRow(row, viewer, { now, zone })),
    caption: 'Tickets con una incidencia abierta, del más reciente al más antiguo',
    showStatus: true,
    showRequester: true,
    pager: pagerLinks(found, paths.impeded, {}),
    empty: {
      icon: 'mood-smile',
      title: 'Nada está detenido',
      text: 'Cuando alguien reporte una incidencia en un ticket a su cargo, aparecerá aquí.',
      action: null,
    },
  })
}

/** Atendidos: what a person worked on, whoever has it now. */
export async function showAttended({ db, clock, zone }: TicketDependencies, { viewer, query, res }: PlainCall) {
  const now = clock.now()
  const found = await listAttended(db, viewer.id, now, pageRequest(query))
  const places = { ...found, rows: found.rows.map(({ at, number }) => ({ createdAt: at, number })) }
  page(res, 'tickets/index', {
    title: 'Atendidos',
    lead: 'Los tickets en los que usted trabajó, empezando por lo último que atendió.',
    tabs: [],
    filters: null,
    rows: found.rows.map(row => ticketRow(row, viewer, { now, zone })),
    caption: 'Tickets que usted atendió, empezando por el último',
    showStatus: true,
    showRequester: true,
    pager: pagerLinks(places, paths.attended, {}),
    empty: {
      icon: 'history',
      title: 'Todavía no ha atendido tickets',
      text: 'Aquí quedan los tickets en los que usted trabaje, aunque después los tenga otra persona.',
      action: null,
    },
  })
}
