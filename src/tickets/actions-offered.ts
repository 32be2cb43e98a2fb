import type { Viewer } from '../web/access.ts'
import { actionLabels } from './labels.ts'
import { paths } from './paths.ts'
import { can, type Step, type TicketFacts } from './policy.ts'

/** An action that a person may do to a ticket now, as a button: a form of its own, or a link to the form it needs. */
export interface OfferedAction {
  action: Step
  label: string
  icon: string
  href: string
  /** `post`: nothing more is asked, the button itself sends; `get`: a form asks for more; `page`: one that is no dialog. */
  method: 'post' | 'get' | 'page'
  version: number
  /** The likely next one. */
  primary: boolean
}

export const actionIcons: Record<Step, string> = {
  asignar: 'user-plus',
  reasignar: 'user-share',
  iniciar: 'player-play',
  finalizar: 'circle-check',
  reabrir: 'rotate-clockwise',
  cancelar: 'ban',
  reclasificar: 'tags',
  confirmar: 'thumb-up',
  reportar: 'barrier-block',
  despejar: 'barrier-block-off',
}

const HREFS: Record<Step, (number: number) => string> = {
  asignar: paths.assignment,
  reasignar: paths.assignment,
  iniciar: paths.start,
  finalizar: paths.completion,
  reabrir: paths.reopening,
  cancelar: paths.cancellation,
  reclasificar: paths.classification,
  confirmar: paths.confirmation,
  reportar: paths.impediment,
  despejar: paths.impedimentEnd,
}

/** In the order in which they are shown; the first that is allowed is the likely one. */
export const actionOrder: readonly Step[] = [
  'confirmar',
  'iniciar',
  'asignar',
  'finalizar',
  'reasignar',
  'reportar',
  'despejar',
  'reabrir',
  'reclasificar',
  'cancelar',
]

/** What somebody only does with a reason, never because it comes next. */
const NEVER_LIKELY: ReadonlySet<Step> = new Set<Step>(['cancelar', 'reabrir', 'reclasificar', 'reportar', 'despejar'])
const METHODS: Partial<Record<Step, OfferedAction['method']>> = {
  iniciar: 'post',
  confirmar: 'post',
  reclasificar: 'page',
}

/** The actions possible now for this person on this ticket, from the same verdicts that guard them. */
export function actionsFor(viewer: Viewer, ticket: TicketFacts & { version: number }): OfferedAction[] {
  return allowedTo(viewer, ticket).map((action, index) => ({
    action,
    label: labelOf(viewer, action),
    icon: actionIcons[action],
    href: HREFS[action](ticket.number),
    method: METHODS[action] ?? 'get',
    version: ticket.version,
    primary: index === 0 && !NEVER_LIKELY.has(action),
  }))
}

/** So many different sets of facts are kept of each person. */
const MOST_KEPT = 200
const allowed = new WeakMap<Viewer, Map<string, readonly Step[]>>()

/** Most tickets of a list are alike in all that verdicts ask for, and a verdict of ten actions is not for nothing. */
function allowedTo(viewer: Viewer, ticket: TicketFacts): readonly Step[] {
  const known = allowed.get(viewer) ?? new Map<string, readonly Step[]>()
  allowed.set(viewer, known)
  const key = likeness(viewer, ticket)
  const found = known.get(key)
  if (found) return found
  const steps = actionOrder.filter(action => can(viewer, action, ticket).allowed)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(key, steps)
  return steps
}

/** The same for all tickets of which this person may do the same. */
function likeness({ id }: Viewer, ticket: TicketFacts): string {
  const { status, areaId, requesterId, assigneeId, assigneeGroupId } = ticket
  const { untouched, withinReopening, confirmed, areaArchived, impeded } = ticket
  const owner = assigneeId === null ? `${assigneeGroupId}` : assigneeId === id ? 'own' : 'other'
  const flags = `${untouched} ${withinReopening} ${confirmed} ${areaArchived} ${impeded}`
  return `${status} ${areaId} ${requesterId === id} ${owner} ${flags}`
}

/** A requester does not think of states. */
export const labelOf = (viewer: Viewer, action: Step): string =>
  action === 'reabrir' && viewer.role === 'USUARIO' ? 'Sigue fallando' : actionLabels[action]
