import type { Viewer } from '../web/access.ts'
import { actionLabels } from './labels.ts'
import { paths } from './paths.ts'
import { can, type TicketFacts } from './policy.ts'
import type { Action } from './states.ts'

type Step = Exclude<Action, 'crear'> | 'reportar' | 'despejar'

/** An action that a person may do to a ticket now, as a button: a form of its own, or a link to the form it needs. */
export interface OfferedAction {
  action: Step
  label: string
  icon: string
  href: string
  /** `post`: nothing more is asked, the button itself sends; `get`: a page asks for more. */
  method: 'post' | 'get'
  version: number
  /** The likely next one. */
  primary: boolean
}

const ICONS: Record<Step, string> = {
  asignar: 'user-plus',
  reasignar: 'user-share',
  iniciar: 'player-play',
  finalizar: 'circle-check',
  reabrir: 'rotate-clockwise',
  cancelar: 'ban',
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
  reportar: paths.impediment,
  despejar: paths.impedimentEnd,
}

/** In the order in which they are shown; the first that is allowed is the likely one. */
const ORDER: readonly Step[] = [
  'iniciar',
  'asignar',
  'finalizar',
  'reasignar',
  'reportar',
  'despejar',
  'reabrir',
  'cancelar',
]

/** What somebody only does with a reason, never because it comes next. */
const NEVER_NEXT: readonly Step[] = ['cancelar', 'reabrir', 'reportar', 'despejar']

/** The actions possible now for this person on this ticket, from the same verdicts that guard them. */
export function actionsFor(viewer: Viewer, ticket: TicketFacts & { version: number }): OfferedAction[] {
  const allowed = ORDER.filter(action => can(viewer, action, ticket).allowed)
  return allowed.map((action, index) => ({
    action,
    label: actionLabels[action],
    icon: ICONS[action],
    href: HREFS[action](ticket.number),
    method: action === 'iniciar' ? 'post' : 'get',
    version: ticket.version,
    primary: index === 0 && !NEVER_NEXT.includes(action),
  }))
}
