import type { TicketStatus } from '../generated/prisma/enums.ts'
import type { Permission } from '../permissions/catalog.ts'

/** What can be done to a ticket and changes its state. */
export type Action = 'crear' | 'asignar' | 'reasignar' | 'iniciar' | 'cancelar' | 'finalizar' | 'reabrir'

/** What somebody is to a ticket. */
export type Relation = 'administrador' | 'supervisor' | 'responsable' | 'miembro' | 'solicitante'

export interface Transition {
  from: TicketStatus | null
  action: Action
  to: TicketStatus
}

/** product.md's table of states. The trigger's copy is the table ticket_transitions; a test compares the two. */
export const transitions: readonly Transition[] = [
  { from: null, action: 'crear', to: 'REGISTRADO' },
  { from: 'REGISTRADO', action: 'asignar', to: 'ASIGNADO' },
  { from: 'ASIGNADO', action: 'reasignar', to: 'ASIGNADO' },
  { from: 'EN_PROCESO', action: 'reasignar', to: 'ASIGNADO' },
  { from: 'ASIGNADO', action: 'iniciar', to: 'EN_PROCESO' },
  { from: 'REGISTRADO', action: 'cancelar', to: 'CANCELADO' },
  { from: 'ASIGNADO', action: 'cancelar', to: 'CANCELADO' },
  { from: 'EN_PROCESO', action: 'cancelar', to: 'CANCELADO' },
  { from: 'ASIGNADO', action: 'finalizar', to: 'FINALIZADO' },
  { from: 'EN_PROCESO', action: 'finalizar', to: 'FINALIZADO' },
  { from: 'FINALIZADO', action: 'reabrir', to: 'EN_PROCESO' },
]

interface Rule {
  permission: Permission
  by: readonly Relation[]
}

/** Who may take a step on a ticket, besides the state that the step starts from. */
export const rules: Readonly<Record<Exclude<Action, 'crear'>, Rule>> = {
  asignar: { permission: 'tickets.asignar', by: ['administrador', 'supervisor'] },
  reasignar: { permission: 'tickets.asignar', by: ['administrador', 'supervisor'] },
  iniciar: { permission: 'tickets.iniciar', by: ['responsable', 'miembro'] },
  cancelar: { permission: 'tickets.cancelar', by: ['administrador', 'supervisor', 'responsable'] },
  finalizar: { permission: 'tickets.finalizar', by: ['administrador', 'supervisor', 'responsable'] },
  reabrir: { permission: 'tickets.reabrir', by: ['administrador', 'supervisor'] },
}

/** @returns the state after the action, or null when the table has no such step */
export function next(from: TicketStatus | null, action: Action): TicketStatus | null {
  return transitions.find(step => step.from === from && step.action === action)?.to ?? null
}
