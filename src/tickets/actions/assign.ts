import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import { lockFor } from '../facts.ts'
import { assertLegalOwner, nameOf } from '../owners.ts'
import type { TicketFacts } from '../policy.ts'
import { type ActionContext, type Owner, takeStep } from './step.ts'

export interface Assignment {
  version: number
  owner: Owner
  note: string
}

/**
 * Gives a ticket to a person or to a group of its area: asignar from Registrado, reasignar from Asignado and En Proceso.
 * @returns the new owner's name
 * @throws InvalidForm when the owner is not legal or is the present one
 */
export async function assignTicket(
  { db, clock }: ActionContext,
  viewer: Viewer,
  number: number,
  input: Assignment,
): Promise<string> {
  return transaction(db, async tx => {
    const now = clock.now()
    const verb = (ticket: TicketFacts) => (ticket.status === 'REGISTRADO' ? 'asignar' : 'reasignar')
    const ticket = await lockFor(tx, viewer, verb, number, { now, seen: input.version })
    const { assigneeId, assigneeGroupId } = input.owner
    if (assigneeId === ticket.assigneeId && assigneeGroupId === ticket.assigneeGroupId) {
      throw new InvalidForm('responsable', 'Ya es responsable de este ticket. Elija otra persona u otro grupo.')
    }
    await assertLegalOwner(tx, ticket.areaId, input.owner)
    await takeStep(tx, viewer, ticket, { action: verb(ticket), text: input.note, owner: input.owner, now })
    return nameOf(tx, input.owner)
  })
}
