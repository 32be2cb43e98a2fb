import { type Transaction, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import { type LockedTicket, lockFor } from '../facts.ts'
import { assertLegalOwner, isLegalOwner } from '../owners.ts'
import { type ActionContext, type Owner, takeStep } from './step.ts'

export interface Reopening {
  version: number
  reason: string
  /** Who goes on with it; null leaves it with whoever finished it. */
  owner: Owner | null
}

/**
 * Puts a finished ticket back in process, with its last owner or another one.
 * @throws InvalidForm at `responsable` when the last owner no longer may and no other was chosen
 */
export async function reopenTicket({ db, clock }: ActionContext, viewer: Viewer, number: number, input: Reopening) {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'reabrir', number, { now, seen: input.version })
    if (input.owner) await assertLegalOwner(tx, ticket.areaId, input.owner)
    const owner = input.owner ?? (await lastOwner(tx, ticket)) ?? (await substitute(tx, viewer, ticket))
    if (!owner) {
      throw new InvalidForm('responsable', 'Quien lo atendió ya no está disponible: elija quién continúa.')
    }
    await takeStep(tx, viewer, ticket, { action: 'reabrir', text: input.reason, owner, now })
  })
}

async function lastOwner(tx: Transaction, { areaId, assigneeId, assigneeGroupId }: LockedTicket) {
  const both = { assigneeId, assigneeGroupId }
  if (await isLegalOwner(tx, areaId, both)) return both
  const group = { assigneeId: null, assigneeGroupId }
  return (await isLegalOwner(tx, areaId, group)) ? group : null
}

/** A requester cannot choose: the ticket goes to the first supervisor of the area. Staff are asked instead. */
async function substitute(tx: Transaction, viewer: Viewer, { areaId }: LockedTicket): Promise<Owner | null> {
  if (viewer.role !== 'USUARIO') return null
  const supervisor = await tx.user.findFirst({
    where: { active: true, role: 'SUPERVISOR', areas: { some: { areaId } } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  if (!supervisor) {
    throw new InvalidForm('', 'Ahora nadie puede atender este ticket. Registre uno nuevo y mencione este número.')
  }
  return { assigneeId: supervisor.id, assigneeGroupId: null }
}
