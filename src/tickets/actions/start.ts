import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { lockFor } from '../facts.ts'
import { type ActionContext, takeStep } from './step.ts'

/** Starts an assigned ticket; a member of the owning group becomes the responsible person, the group stays named. */
export async function startTicket({ db, clock }: ActionContext, viewer: Viewer, number: number, version: number) {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'iniciar', number, { now, seen: version })
    const owner = { assigneeId: viewer.id, assigneeGroupId: ticket.assigneeGroupId }
    await takeStep(tx, viewer, ticket, { action: 'iniciar', text: '', owner, now })
  })
}
