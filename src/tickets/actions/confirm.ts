import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { lockFor } from '../facts.ts'
import type { ActionContext } from './step.ts'

/** The requester says that a finished ticket is well; its state stays. Possible once each time that it was finished. */
export async function confirmTicket({ db, clock }: ActionContext, viewer: Viewer, number: number, version: number) {
  await transaction(db, async tx => {
    const now = clock.now()
    await lockFor(tx, viewer, 'confirmar', number, { now, seen: version })
    await tx.ticket.update({ where: { number }, data: { lastActivityAt: now }, select: { number: true } })
    await tx.logEntry.create({
      data: {
        ticketNumber: number,
        kind: 'CONFIRMACION',
        authorId: viewer.id,
        ticketVersion: version,
        createdAt: now,
      },
      select: { id: true },
    })
  })
}
