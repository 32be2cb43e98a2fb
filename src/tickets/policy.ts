import type { TicketStatus } from '../generated/prisma/enums.ts'
import type { Viewer } from '../web/access.ts'
import { type Action, next, type Relation, rules } from './states.ts'

/** What a verdict depends on. */
export interface TicketFacts {
  number: number
  status: TicketStatus
  areaId: number
  requesterId: number
  creatorId: number
  assigneeId: number | null
  assigneeGroupId: number | null
  /** Nobody but the requester has written in the bitácora. */
  untouched: boolean
  /** Finished no longer ago than the days in which the requester may reopen. */
  withinReopening: boolean
  /** The requester has said that all is well since it was finished. */
  confirmed: boolean
  /** An impediment is open. */
  impeded: boolean
}

/** What a button does: the steps of the table, and what leaves the state as it is. */
export type Step = Exclude<Action, 'crear'> | 'reclasificar' | 'confirmar' | Impeding

/** Everything that can be tried on a ticket. */
export type Verb = Step | Writing

/** A public comment, an internal note. */
type Writing = 'comentar' | 'anotar'
/** Beginning and ending an impediment. */
type Impeding = 'reportar' | 'despejar'

export type Verdict = { allowed: true } | { allowed: false; reason: string }

const yes: Verdict = { allowed: true }
const no = (reason: string): Verdict => ({ allowed: false, reason })

/** What the person is to the ticket; a supervisor only where he sees his area. */
function relationsOf(viewer: Viewer, ticket: TicketFacts): ReadonlySet<Relation> {
  const relations = new Set<Relation>()
  const { role, permissions } = viewer
  if (role === 'ADMINISTRADOR') relations.add('administrador')
  if (role === 'SUPERVISOR' && permissions.has('tickets.ver_area') && viewer.areaIds.includes(ticket.areaId)) {
    relations.add('supervisor')
  }
  if (role !== 'USUARIO' && ticket.assigneeId === viewer.id) relations.add('responsable')
  if (
    ticket.assigneeId === null &&
    ticket.assigneeGroupId !== null &&
    viewer.groupIds.includes(ticket.assigneeGroupId)
  ) {
    relations.add('miembro')
  }
  if (role === 'USUARIO' && ticket.requesterId === viewer.id) relations.add('solicitante')
  return relations
}

/** The one verdict that pages, guards and explanations share. Whether the ticket is visible at all is decided before. */
export function can(viewer: Viewer, verb: Verb, ticket: TicketFacts): Verdict {
  if (ticket.status === 'CANCELADO') return no('El ticket está cancelado: es un registro histórico y ya no cambia.')
  const relations = relationsOf(viewer, ticket)
  if (verb === 'comentar' || verb === 'anotar') return mayWrite(viewer, verb, relations)
  if (verb === 'reportar' || verb === 'despejar') return mayImpede(viewer, verb, ticket, relations)
  if (relations.has('solicitante')) return mayAsRequester(verb, ticket)
  if (verb === 'confirmar') return no(NOT_HIS.confirmar)
  if (verb === 'reclasificar') return mayReclassify(viewer, ticket, relations)
  const { permission, by } = rules[verb]
  if (!viewer.permissions.has(permission)) return no(NOT_PERMITTED[verb])
  if (!by.some(relation => relations.has(relation))) return no(NOT_HIS[verb])
  if (next(ticket.status, verb) === null) return no(wrongState(verb, ticket.status))
  return yes
}

function mayWrite(viewer: Viewer, verb: Writing, relations: ReadonlySet<Relation>): Verdict {
  if (relations.has('solicitante')) {
    return verb === 'comentar' ? yes : no('Las notas internas son solo para quienes atienden el ticket.')
  }
  if (!viewer.permissions.has('tickets.comentar')) return no('Su cuenta no puede escribir en la bitácora.')
  return relations.size > 0 ? yes : no('Solo escriben en la bitácora quienes atienden el ticket y quien lo solicitó.')
}

function mayReclassify(viewer: Viewer, { status }: TicketFacts, relations: ReadonlySet<Relation>): Verdict {
  if (!viewer.permissions.has('tickets.reclasificar')) return no(NOT_PERMITTED.reclasificar)
  if (!relations.has('administrador') && !relations.has('supervisor')) return no(NOT_HIS.reclasificar)
  return status === 'FINALIZADO' ? no('El ticket ya está finalizado.') : yes
}

const ATTENDING: readonly Relation[] = ['administrador', 'supervisor', 'responsable', 'miembro']

function mayImpede(viewer: Viewer, verb: Impeding, ticket: TicketFacts, relations: ReadonlySet<Relation>): Verdict {
  if (!viewer.permissions.has('tickets.incidencias')) return no('Su cuenta no puede reportar ni cerrar incidencias.')
  if (!ATTENDING.some(relation => relations.has(relation))) {
    return no('Solo reportan y cierran incidencias quienes atienden el ticket.')
  }
  if (ticket.status === 'FINALIZADO') return no('El ticket ya está finalizado.')
  if (ticket.status === 'REGISTRADO') return no('El ticket todavía no tiene responsable: asígnelo primero.')
  if (verb === 'reportar')
    return ticket.impeded ? no('El ticket ya tiene una incidencia abierta: ciérrela primero.') : yes
  return ticket.impeded ? yes : no('El ticket no tiene ninguna incidencia abierta.')
}

function mayAsRequester(verb: Exclude<Step, Impeding>, ticket: TicketFacts): Verdict {
  if (verb === 'confirmar') {
    if (ticket.status !== 'FINALIZADO') return no('El ticket todavía no está finalizado.')
    return ticket.confirmed ? no('Usted ya confirmó que todo quedó bien.') : yes
  }
  if (verb === 'cancelar') {
    return ticket.status === 'REGISTRADO' && ticket.untouched
      ? yes
      : no('Ya se está atendiendo su ticket: pida la cancelación en un comentario.')
  }
  if (verb === 'reabrir') {
    if (ticket.status !== 'FINALIZADO') return no(wrongState(verb, ticket.status))
    return ticket.withinReopening ? yes : no('El plazo para reabrir este ticket terminó: registre uno nuevo.')
  }
  return no(NOT_HIS[verb])
}

const NOT_PERMITTED: Record<Exclude<Step, 'confirmar' | Impeding>, string> = {
  asignar: 'Su cuenta no puede asignar tickets.',
  reasignar: 'Su cuenta no puede reasignar tickets.',
  iniciar: 'Su cuenta no puede iniciar la atención de tickets.',
  cancelar: 'Su cuenta no puede cancelar tickets.',
  finalizar: 'Su cuenta no puede finalizar tickets.',
  reabrir: 'Su cuenta no puede reabrir tickets.',
  reclasificar: 'Su cuenta no puede reclasificar tickets.',
}

const NOT_HIS: Record<Exclude<Step, Impeding>, string> = {
  asignar: 'Solo asignan los supervisores del área y los administradores.',
  reasignar: 'Solo reasignan los supervisores del área y los administradores.',
  iniciar: 'Solo lo inicia la persona responsable o alguien del grupo responsable.',
  cancelar: 'Solo lo cancelan los supervisores del área, los administradores o su responsable.',
  finalizar: 'Solo lo finalizan su responsable, los supervisores del área y los administradores.',
  reabrir: 'Solo lo reabren los supervisores del área, los administradores y quien lo solicitó.',
  reclasificar: 'Solo reclasifican los supervisores del área y los administradores.',
  confirmar: 'Solo lo confirma quien lo solicitó.',
}

function wrongState(verb: keyof typeof rules, status: TicketStatus): string {
  if (verb === 'reabrir') return 'Solo se reabre un ticket finalizado.'
  if (status === 'FINALIZADO') return 'El ticket ya está finalizado.'
  if (verb === 'asignar') return 'El ticket ya tiene responsable: reasígnelo.'
  if (status === 'REGISTRADO') return 'El ticket todavía no tiene responsable: asígnelo primero.'
  return 'La atención del ticket ya comenzó.'
}
