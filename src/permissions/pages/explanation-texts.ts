import type { Role, TicketStatus } from '../../generated/prisma/enums.ts'
import { statusLabels } from '../../tickets/labels.ts'
import type { Check, TicketFacts } from '../../tickets/policy.ts'
import type { Relation } from '../../tickets/states.ts'
import type { Clause } from '../../tickets/visibility.ts'
import { roleLabels } from '../../users/labels.ts'
import { catalog } from '../catalog.ts'
import type { ExplainedClause, ExplainedVerdict, Sourced } from '../explanation.ts'

/** One part of an answer: what was asked, whether it holds, and where that comes from. */
export interface Part {
  holds: boolean
  title: string
  text: string
}

/** Which reasons show the ticket; when none does, which ones do not. */
export function visibilityParts(clauses: readonly ExplainedClause[], role: Role): Part[] {
  const showing = clauses.filter(({ shows, applies }) => shows && applies)
  const parts = showing.length > 0 ? showing : clauses.filter(({ shows, applies }) => shows || applies)
  return parts.map(({ by, shows, applies, permission }) => {
    const text = [shows ? SHOWN[by] : HIDDEN[by], shows && permission ? `Permiso ${originOf(permission, role)}` : '']
    return { holds: shows && applies, title: CLAUSES[by], text: text.filter(Boolean).join(' ') }
  })
}

const CLAUSES: Record<Clause['by'], string> = {
  all: 'Todas las áreas',
  area: 'Área',
  assignee: 'Responsable',
  assigneeGroup: 'Grupo',
  attendant: 'Atención',
  requester: 'Solicitante',
  creator: 'Registro',
}

const SHOWN: Record<Clause['by'], string> = {
  all: 'Es un ticket como cualquier otro.',
  area: 'El ticket es de un área suya.',
  assignee: 'Es la persona responsable del ticket.',
  assigneeGroup: 'El ticket es de un grupo suyo.',
  attendant: 'Trabajó en el ticket.',
  requester: 'Lo solicitó.',
  creator: 'Lo registró.',
}

const HIDDEN: Record<Clause['by'], string> = {
  all: '',
  area: 'El ticket no es de un área suya.',
  assignee: 'No es la persona responsable del ticket.',
  assigneeGroup: 'El ticket no es de un grupo suyo.',
  attendant: 'No ha trabajado en el ticket.',
  requester: 'No lo solicitó.',
  creator: 'No lo registró.',
}

/** «Cancelar tickets»: se le concedió. */
function originOf({ code, standing }: Sourced, role: Role): string {
  const origin = {
    rol: standing.held ? `lo da su rol (${roleLabels[role]})` : `su rol (${roleLabels[role]}) no lo da`,
    concedido: 'se le concedió, además de su rol',
    denegado: 'se le denegó, aunque lo diera su rol',
  }[standing.from]
  return `«${catalog[code].label}»: ${origin}.`
}

const TITLES: Record<Check['about'], string> = {
  historico: 'Historial',
  permiso: 'Permiso',
  relacion: 'Relación con el ticket',
  estado: 'Estado',
  area: 'Área',
  plazo: 'Plazo',
}

/** What a verdict asked, in its order; of several questions about the same the first that failed, else the first. */
export function verdictParts(
  { verdict, permission, missing }: ExplainedVerdict,
  ticket: TicketFacts,
  role: Role,
): Part[] {
  const kinds = [...new Set(verdict.checks.map(({ about }) => about))]
  return kinds.flatMap(about => {
    const asked = verdict.checks.filter(check => check.about === about)
    const check = asked.find(({ holds }) => !holds) ?? asked[0]
    if (!check) return []
    const origin = about === 'permiso' && permission ? [originOf(permission, role)] : []
    const remedies = about === 'relacion' ? missing.map(each => `Lo sería con el permiso ${originOf(each, role)}`) : []
    const text = [check.holds ? heldText(check, ticket.status) : refusedText(check), ...origin, ...remedies]
    return [{ holds: check.holds, title: TITLES[about], text: text.filter(Boolean).join(' ') }]
  })
}

function heldText({ about, relations }: Check, status: TicketStatus): string {
  if (about === 'historico') return 'El ticket no está cancelado.'
  if (about === 'estado') return `El estado «${statusLabels[status]}» lo admite.`
  if (about === 'area') return 'El área del ticket sigue atendiendo.'
  if (about === 'plazo') return 'El plazo para reabrirlo sigue abierto.'
  if (!relations) return ''
  return `Es ${listed(relations.present.filter(each => relations.wanted.includes(each)))}.`
}

function refusedText({ about, reason, relations }: Check): string {
  if (about === 'permiso') return ''
  if (!relations) return reason
  const present =
    relations.present.length > 0 ? `En este ticket es ${listed(relations.present)}.` : 'No es nada de eso.'
  return `${reason} ${present}`
}

const RELATIONS: Record<Relation, string> = {
  administrador: 'administrador',
  supervisor: 'supervisor del área',
  responsable: 'la persona responsable',
  miembro: 'miembro del grupo responsable',
  solicitante: 'quien lo solicitó',
}

const listed = (relations: readonly Relation[]) => relations.map(each => RELATIONS[each]).join(' y ')
