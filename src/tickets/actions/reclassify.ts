import type { Priority } from '../../generated/prisma/enums.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import { choosable } from '../catalog.ts'
import type { Changes } from '../changes.ts'
import { type LockedTicket, lockFor } from '../facts.ts'
import { assertLegalOwner } from '../owners.ts'
import type { ActionContext, Owner } from './step.ts'

/** What a ticket is about. */
interface Classification {
  areaId: number
  categoryId: number
  priority: Priority
  subject: string
}

export interface Reclassification extends Classification {
  version: number
  /** Who attends it in its new area; null where it stays in its area or has no owner yet. */
  owner: Owner | null
}

/**
 * Changes what an open ticket is about. In another area a ticket with an owner is assigned anew, in the same transaction.
 * @returns the ticket as it is afterwards
 * @throws InvalidForm when nothing changes, for a category that the requester could not choose, for an illegal owner
 */
export async function reclassifyTicket(
  { db, clock }: ActionContext,
  viewer: Viewer,
  number: number,
  input: Reclassification,
): Promise<LockedTicket> {
  return transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'reclasificar', number, { now, seen: input.version })
    const before = await tx.ticket.findUniqueOrThrow({ where: { number }, select: classification })
    await assertCategory(tx, ticket, before, input)
    const changes = changesBetween(before, input)
    if (Object.keys(changes).length === 0) throw new InvalidForm('', 'No cambió nada. Elija qué quiere cambiar.')
    const owner = await ownerAfter(tx, ticket, input)
    const after = await write(tx, ticket, input, owner, now)
    await record(tx, viewer, after, 'RECLASIFICACION', changes, now)
    if (owner) await record(tx, viewer, after, 'ASIGNACION', assignmentBetween(ticket, after), now)
    return after
  })
}

const classification = { areaId: true, categoryId: true, priority: true, subject: true } as const

/** The category follows the requester, as when he chose it; the present one may stay. */
async function assertCategory(
  tx: Transaction,
  { requesterId }: LockedTicket,
  before: Classification,
  { areaId, categoryId }: Classification,
) {
  if (areaId === before.areaId && categoryId === before.categoryId) return
  const requester = await tx.user.findUniqueOrThrow({ where: { id: requesterId }, select: { kind: true } })
  const found = await tx.category.count({ where: { ...choosable(requester), id: categoryId, areaId } })
  if (found === 0) throw new InvalidForm('categoria', 'Elija una categoría de la lista: cambia con el área.')
}

/** @returns whom it must be assigned to, or null where its owner, or nobody, stays */
async function ownerAfter(tx: Transaction, ticket: LockedTicket, { areaId, owner }: Reclassification) {
  if (areaId === ticket.areaId || ticket.status === 'REGISTRADO') {
    if (owner) throw new InvalidForm('', 'El responsable se cambia con «Asignar» o «Reasignar».')
    return null
  }
  if (!owner) throw new InvalidForm('responsable', 'Elija quién lo atenderá en la otra área.')
  await assertLegalOwner(tx, areaId, owner)
  return owner
}

async function write(tx: Transaction, ticket: LockedTicket, input: Classification, owner: Owner | null, now: Date) {
  const { areaId, categoryId, priority, subject } = input
  const moved = owner && { ...owner, status: 'ASIGNADO' as const }
  await tx.ticket.update({
    where: { number: ticket.number },
    data: { areaId, categoryId, priority, subject, ...moved, version: { increment: 1 }, lastActivityAt: now },
    select: { number: true },
  })
  return { ...ticket, areaId, ...moved, version: ticket.version + 1 }
}

async function record(
  tx: Transaction,
  viewer: Viewer,
  { number, version }: LockedTicket,
  kind: 'RECLASIFICACION' | 'ASIGNACION',
  changes: Changes,
  now: Date,
) {
  await tx.logEntry.create({
    data: {
      ticketNumber: number,
      kind,
      authorId: viewer.id,
      changes: { ...changes },
      ticketVersion: version,
      createdAt: now,
    },
    select: { id: true },
  })
}

function changesBetween(before: Classification, after: Classification): Changes {
  return {
    ...(before.areaId !== after.areaId && { areaId: [before.areaId, after.areaId] }),
    ...(before.categoryId !== after.categoryId && { categoryId: [before.categoryId, after.categoryId] }),
    ...(before.priority !== after.priority && { priority: [before.priority, after.priority] }),
    ...(before.subject !== after.subject && { subject: [before.subject, after.subject] }),
  }
}

/** Somebody of both areas may keep the ticket, so the owner is always named. */
function assignmentBetween(before: LockedTicket, after: LockedTicket): Changes {
  return {
    ...(before.status !== after.status && { status: [before.status, after.status] }),
    assigneeId: [before.assigneeId, after.assigneeId],
    assigneeGroupId: [before.assigneeGroupId, after.assigneeGroupId],
  }
}
