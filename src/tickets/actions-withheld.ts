import { TicketStatus } from '../generated/prisma/enums.ts'
import { effectivePermissions } from '../permissions/catalog.ts'
import type { Viewer } from '../web/access.ts'
import { actionIcons, actionOrder, labelOf } from './actions-offered.ts'
import { can, type Step, type TicketFacts } from './policy.ts'

/** An action that a person looks for on a ticket and may not take now, with the sentence that says why. */
export interface WithheldAction {
  action: Step
  label: string
  icon: string
  reason: string
}

/** What people look for in a state though it is not of that state; the rest would only be noise. */
const SOUGHT: Record<TicketStatus, readonly Step[]> = {
  REGISTRADO: ['finalizar', 'cancelar'],
  ASIGNADO: ['cancelar'],
  EN_PROCESO: ['iniciar', 'cancelar'],
  FINALIZADO: ['reabrir', 'reasignar', 'reclasificar'],
  CANCELADO: [],
}

/**
 * The actions shown disabled: those that he could take in another state of the ticket, and those that everybody of his role
 * could take now but he was denied. Never what belongs to others.
 */
export function withheldFrom(viewer: Viewer, ticket: TicketFacts): WithheldAction[] {
  const undenied = { ...viewer, permissions: effectivePermissions(viewer.role, []) }
  return actionOrder.flatMap(action => {
    const verdict = can(viewer, action, ticket)
    if (verdict.allowed) return []
    const sought = SOUGHT[ticket.status].includes(action) && mayElsewhere(viewer, action, ticket)
    if (!sought && !can(undenied, action, ticket).allowed) return []
    return [{ action, label: labelOf(viewer, action), icon: actionIcons[action], reason: verdict.reason }]
  })
}

const mayElsewhere = (viewer: Viewer, action: Step, ticket: TicketFacts) =>
  Object.values(TicketStatus).some(
    status =>
      can(viewer, action, { ...ticket, status, untouched: true, withinReopening: true, areaArchived: false }).allowed,
  )
