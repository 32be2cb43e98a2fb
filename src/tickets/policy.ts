import type { TicketStatus } from '../generated/prisma/enums.ts'
import type { Permission } from '../permissions/catalog.ts'
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
  /** Nothing comes into an archived area any more, nor back. */
  areaArchived: boolean
  /** An impediment is open. */
  impeded: boolean
}

/** What a button does: the steps of the table, and what leaves the state as it is. */
export type Step = Exclude<Action, 'crear'> | 'reclasificar' | 'confirmar' | Impeding

/** Everything that can be tried on a ticket. */
export type Verb = Step | Writing

/** In the order in which pages tell of them. */
export const verbs: readonly Verb[] = [
  'asignar',
  'reasignar',
  'iniciar',
  'comentar',
  'anotar',
  'reportar',
  'despejar',
  'finalizar',
  'reabrir',
  'reclasificar',
  'cancelar',
  'confirmar',
]

/** A public comment, an internal note. */
type Writing = 'comentar' | 'anotar'
/** Beginning and ending an impediment. */
type Impeding = 'reportar' | 'despejar'

/** One thing that a verdict depends on, and whether it is so. */
export interface Check {
  about: 'historico' | 'permiso' | 'relacion' | 'estado' | 'area' | 'plazo'
  holds: boolean
  /** Why not, in Spanish, when it does not hold. */
  reason: string
  /** Which permission was asked for. */
  permission?: Permission
  /** What the person had to be to the ticket, one of these, and what he is. */
  relations?: { wanted: readonly Relation[]; present: readonly Relation[] }
}

/** The first check that does not hold decides; all of them are told, for whoever asks why. */
export type Verdict = ({ allowed: true } | { allowed: false; reason: string }) & { checks: readonly Check[] }

/** What the person is to the ticket; a supervisor only where he sees his area. */
function relationsOf(viewer: Viewer, ticket: TicketFacts): readonly Relation[] {
  const relations: Relation[] = []
  const { role, permissions } = viewer
  if (role === 'ADMINISTRADOR') relations.push('administrador')
  if (role === 'SUPERVISOR' && permissions.has('tickets.ver_area') && viewer.areaIds.includes(ticket.areaId)) {
    relations.push('supervisor')
  }
  if (role !== 'USUARIO' && ticket.assigneeId === viewer.id) relations.push('responsable')
  if (
    ticket.assigneeId === null &&
    ticket.assigneeGroupId !== null &&
    viewer.groupIds.includes(ticket.assigneeGroupId)
  ) {
    relations.push('miembro')
  }
  if (role === 'USUARIO' && ticket.requesterId === viewer.id) relations.push('solicitante')
  return relations
}

/** The one verdict that pages, guards and explanations share. Whether the ticket is visible at all is decided before. */
export function can(viewer: Viewer, verb: Verb, ticket: TicketFacts): Verdict {
  const checks = checksOf(viewer, verb, ticket)
  const failed = checks.find(({ holds }) => !holds)
  return failed ? { allowed: false, reason: failed.reason, checks } : { allowed: true, checks }
}

/** In the order in which they decide. */
function checksOf(viewer: Viewer, verb: Verb, ticket: TicketFacts): Check[] {
  const history = check('historico', ticket.status !== 'CANCELADO', HISTORICAL)
  if (!history.holds) return [history]
  const relations = relationsOf(viewer, ticket)
  if (verb === 'comentar' || verb === 'anotar') return [history, ...writing(viewer, verb, ticket, relations)]
  if (verb === 'reportar' || verb === 'despejar') return [history, ...impeding(viewer, verb, ticket, relations)]
  if (relations.includes('solicitante')) return [history, ...asRequester(verb, ticket, relations)]
  if (verb === 'confirmar') return [history, related(relations, ['solicitante'], NOT_HIS.confirmar)]
  if (verb === 'reclasificar') return [history, ...reclassifying(viewer, ticket, relations)]
  const { permission, by } = rules[verb]
  return [
    history,
    permitted(viewer, permission, NOT_PERMITTED[verb]),
    related(relations, by, NOT_HIS[verb]),
    inState(next(ticket.status, verb) !== null, wrongState(verb, ticket.status)),
    ...(verb === 'reabrir' ? [ofLivingArea(ticket)] : []),
  ]
}

const HISTORICAL = 'El ticket está cancelado: es un registro histórico y ya no cambia.'

const check = (about: Check['about'], holds: boolean, reason: string): Check => ({ about, holds, reason })
const inState = (holds: boolean, reason: string): Check => check('estado', holds, reason)
const ofLivingArea = ({ areaArchived }: TicketFacts): Check => check('area', !areaArchived, ARCHIVED)
const permitted = ({ permissions }: Viewer, permission: Permission, reason: string): Check => ({
  about: 'permiso',
  holds: permissions.has(permission),
  reason,
  permission,
})
const related = (present: readonly Relation[], wanted: readonly Relation[], reason: string): Check => ({
  about: 'relacion',
  holds: wanted.some(relation => present.includes(relation)),
  reason,
  relations: { wanted, present },
})

const SUPERVISING: readonly Relation[] = ['administrador', 'supervisor']
const ATTENDING: readonly Relation[] = ['administrador', 'supervisor', 'responsable', 'miembro']

function writing(viewer: Viewer, verb: Writing, ticket: TicketFacts, relations: readonly Relation[]): Check[] {
  if (relations.includes('solicitante')) {
    const wanted: Relation[] = verb === 'comentar' ? ['solicitante'] : [...ATTENDING]
    return [related(relations, wanted, 'Las notas internas son solo para quienes atienden el ticket.')]
  }
  return [
    permitted(viewer, 'tickets.comentar', 'Su cuenta no puede escribir en la bitácora.'),
    // Staff only read what they asked others for.
    related(relations, ATTENDING, ticket.requesterId === viewer.id ? ONLY_READS : NOT_WRITING),
  ]
}

const NOT_WRITING = 'Solo escriben en la bitácora quienes atienden el ticket y quien lo solicitó.'
const ONLY_READS = 'Usted lo solicitó y puede leerlo, pero siendo empleado de un área solo escribe en los que atiende.'

function reclassifying(viewer: Viewer, { status }: TicketFacts, relations: readonly Relation[]): Check[] {
  return [
    permitted(viewer, 'tickets.reclasificar', NOT_PERMITTED.reclasificar),
    related(relations, SUPERVISING, NOT_HIS.reclasificar),
    inState(status !== 'FINALIZADO', FINISHED),
  ]
}

function impeding(viewer: Viewer, verb: Impeding, ticket: TicketFacts, relations: readonly Relation[]): Check[] {
  const { status, impeded } = ticket
  return [
    permitted(viewer, 'tickets.incidencias', 'Su cuenta no puede reportar ni cerrar incidencias.'),
    related(relations, ATTENDING, 'Solo reportan y cierran incidencias quienes atienden el ticket.'),
    inState(status !== 'FINALIZADO', FINISHED),
    inState(status !== 'REGISTRADO', UNOWNED),
    verb === 'reportar'
      ? inState(!impeded, 'El ticket ya tiene una incidencia abierta: ciérrela primero.')
      : inState(impeded, 'El ticket no tiene ninguna incidencia abierta.'),
  ]
}

function asRequester(verb: Exclude<Step, Impeding>, ticket: TicketFacts, relations: readonly Relation[]): Check[] {
  const { status, untouched, withinReopening, confirmed } = ticket
  const own = related(relations, ['solicitante'], NOT_HIS[verb])
  if (verb === 'confirmar') {
    return [
      own,
      inState(status === 'FINALIZADO', 'El ticket todavía no está finalizado.'),
      inState(!confirmed, 'Usted ya confirmó que todo quedó bien.'),
    ]
  }
  if (verb === 'cancelar') {
    const holds = status === 'REGISTRADO' && untouched
    return [own, inState(holds, 'Ya se está atendiendo su ticket: pida la cancelación en un comentario.')]
  }
  if (verb === 'reabrir') {
    return [
      own,
      inState(status === 'FINALIZADO', wrongState(verb, status)),
      ofLivingArea(ticket),
      check('plazo', withinReopening, 'El plazo para reabrir este ticket terminó: registre uno nuevo.'),
    ]
  }
  return [related(relations, verb === 'reclasificar' ? SUPERVISING : rules[verb].by, NOT_HIS[verb])]
}

const ARCHIVED = 'El área del ticket está archivada y ya no atiende: registre uno nuevo en otra área.'
const FINISHED = 'El ticket ya está finalizado.'
const UNOWNED = 'El ticket todavía no tiene responsable: asígnelo primero.'

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
  if (status === 'FINALIZADO') return FINISHED
  if (verb === 'asignar') return 'El ticket ya tiene responsable: reasígnelo.'
  if (status === 'REGISTRADO') return UNOWNED
  return 'La atención del ticket ya comenzó.'
}
