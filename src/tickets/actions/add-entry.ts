import type { KeptFile } from '../../attachments/keep.ts'
import { attachTo, filesChange } from '../../attachments/rows.ts'
import type { LogVisibility } from '../../generated/prisma/enums.ts'
import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { lockFor } from '../facts.ts'
import { can } from '../policy.ts'
import { type ActionContext, takeStep } from './step.ts'

export interface Entry {
  text: string
  visibility: LogVisibility
  /** What hangs on the entry; stored already. */
  files?: readonly KeptFile[]
}

/**
 * Writes in the bitácora. The first entry of the responsible person starts an assigned ticket; no other entry changes a state.
 * @returns the id of the entry
 */
export async function addEntry({ db, clock }: ActionContext, viewer: Viewer, number: number, input: Entry) {
  return transaction(db, async tx => {
    const now = clock.now()
    const { files = [] } = input
    const verb = input.visibility === 'INTERNA' ? 'anotar' : 'comentar'
    let ticket = await lockFor(tx, viewer, verb, number, { now })
    if (ticket.assigneeId === viewer.id && ticket.status === 'ASIGNADO' && can(viewer, 'iniciar', ticket).allowed) {
      ticket = await takeStep(tx, viewer, ticket, { action: 'iniciar', text: '', now })
    }
    await tx.ticket.update({ where: { number }, data: { lastActivityAt: now }, select: { number: true } })
    const entry = await tx.logEntry.create({
      data: {
        ticketNumber: number,
        kind: 'COMENTARIO',
        visibility: input.visibility,
        authorId: viewer.id,
        text: input.text,
        ...(files.length > 0 && { changes: { ...filesChange(files) } }),
        ticketVersion: ticket.version,
        createdAt: now,
      },
      select: { id: true },
    })
    await attachTo(tx, entry.id, files, now)
    return entry.id
  })
}
