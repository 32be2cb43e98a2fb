import { filterOptions } from '../filter-options.ts'
import { filtersOf } from '../filters.ts'
import { lists } from '../lists.ts'
import { paths } from '../paths.ts'
import type { TicketDependencies } from './dependencies.ts'
import { type ListCall, readList, showList } from './list.ts'

// The lists without tabs.

/** Mis tickets: what a person asked for. */
export async function showMine(deps: TicketDependencies, call: ListCall) {
  const mayCreate = call.viewer.permissions.has('tickets.crear')
  const [read, notices] = await Promise.all([readList(deps, call, lists.mine), deps.notices.ofPerson(call.viewer)])
  showList(deps, call, lists.mine, read, {
    title: 'Mis tickets',
    lead: 'Lo que usted pidió o reportó.',
    spoken: 'Sus tickets',
    options: null,
    mine: true,
    notices,
    empty: {
      icon: 'ticket',
      title: 'Todavía no tiene tickets',
      text: 'Cuando reporte un problema o pida algo, aquí verá cómo avanza.',
      action: mayCreate ? { label: 'Nuevo ticket', href: paths.newTicket } : null,
    },
  })
}

/** Asignados: what waits for a person or for a group of his. */
export async function showAssigned(deps: TicketDependencies, call: ListCall) {
  showList(deps, call, lists.assigned, await readList(deps, call, lists.assigned), {
    title: 'Asignados',
    lead: 'Los tickets abiertos que le corresponden a usted o a sus grupos.',
    spoken: 'Tickets por atender',
    options: null,
    empty: {
      icon: 'mood-smile',
      title: 'No tiene tickets pendientes',
      text: 'Cuando le asignen uno, a usted o a un grupo suyo, aparecerá aquí.',
      action: null,
    },
  })
}

/** Con incidencias: what is in a person's charge and cannot go on. */
export async function showImpeded(deps: TicketDependencies, call: ListCall) {
  const chosen = filtersOf(call.query, lists.impeded)
  const [read, options] = await Promise.all([
    readList(deps, call, lists.impeded),
    filterOptions(deps.db, call.viewer, chosen),
  ])
  showList(deps, call, lists.impeded, read, {
    title: 'Con incidencias',
    lead: 'Los tickets que no pueden avanzar hasta que se cierre su incidencia.',
    spoken: 'Tickets con una incidencia abierta',
    options,
    empty: {
      icon: 'mood-smile',
      title: 'Nada está detenido',
      text: 'Cuando alguien reporte una incidencia en un ticket a su cargo, aparecerá aquí.',
      action: null,
    },
  })
}

/** Atendidos: what a person worked on, whoever has it now. */
export async function showAttended(deps: TicketDependencies, call: ListCall) {
  showList(deps, call, lists.attended, await readList(deps, call, lists.attended), {
    title: 'Atendidos',
    lead: 'Los tickets en los que usted trabajó, aunque ahora los tenga otra persona.',
    spoken: 'Tickets que usted atendió',
    options: null,
    empty: {
      icon: 'history',
      title: 'Todavía no ha atendido tickets',
      text: 'Aquí quedan los tickets en los que usted trabaje, aunque después los tenga otra persona.',
      action: null,
    },
  })
}
