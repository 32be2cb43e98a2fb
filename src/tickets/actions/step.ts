import type { LogEntryKind } from '../../generated/prisma/enums.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import type { Changes } from '../changes.ts'
import type { LockedTicket } from '../facts.ts'
import { endImpediment } from '../impediments.ts'
import { type Action, next } from '../states.ts'

/** What every action writes through. */
export interface ActionContext {
  db: Database
  clock: Clock
}

/** Who owns a ticket: a person, a group, or a person out of a group. */
export interface Owner {
  assigneeId: number | null
  assigneeGroupId: number | null
}

export interface Step {
  action: Exclude<Action, 'crear'>
  /** What the bitácora keeps: resolution, reason or note. */
  text: string
  owner?: Owner
  now: Date
}

const ENTRY_KINDS: Record<Step['action'], LogEntryKind> = {
  asignar: 'ASIGNACION',
  reasignar: 'ASIGNACION',
  iniciar: 'INICIO',
  cancelar: 'CANCELACION',
  finalizar: 'FINALIZACION',
  reabrir: 'REAPERTURA',
}

/** Takes a locked ticket one step further and writes its entry; both belong to the caller's transaction. */
export async function takeStep(
  tx: Transaction,
  viewer: Viewer,
  ticket: LockedTicket,
  { action, text, now, owner = ticket }: Step,
): Promise<LockedTicket> {
  const status = next(ticket.status, action)
  if (status === null) throw new Error(`no step ${action} from ${ticket.status}`)
  const { assigneeId, assigneeGroupId } = owner
  const closed = status === 'FINALIZADO' || status === 'CANCELADO'
  if (closed && ticket.impeded) await endImpediment(tx, viewer, ticket, { text: '', now })
  await tx.ticket.update({
    where: { number: ticket.number },
    data: {
      status,
      assigneeId,
      assigneeGroupId,
      version: { increment: 1 },
      lastActivityAt: now,
      closedAt: closed ? now : null,
      ...(action === 'reabrir' && { reopenedCount: { increment: 1 } }),
    },
    select: { number: true },
  })
  const impeded = ticket.impeded && !closed
  const after = { ...ticket, status, assigneeId, assigneeGroupId, impeded, version: ticket.version + 1 }
  await tx.logEntry.create({
    data: {
      ticketNumber: ticket.number,
      kind: ENTRY_KINDS[action],
      authorId: viewer.id,
      text,
      changes: changesBetween(ticket, after),
      ticketVersion: after.version,
      createdAt: now,
    },
    select: { id: true },
  })
  return after
}

/** What a step changes, as the bitácora keeps it. */
export function changesBetween(before: LockedTicket, after: LockedTicket) {
  const changes: Changes = {}
  if (before.status !== after.status) changes.status = [before.status, after.status]
  if (before.assigneeId !== after.assigneeId) changes.assigneeId = [before.assigneeId, after.assigneeId]
  if (before.assigneeGroupId !== after.assigneeGroupId) {
    changes.assigneeGroupId = [before.assigneeGroupId, after.assigneeGroupId]
  }
  return { ...changes }
}
