import type { KeptFile } from '../../attachments/keep.ts'
import { attachTo, filesChange } from '../../attachments/rows.ts'
import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import { choosable } from '../catalog.ts'
import type { ActionContext } from './step.ts'

export interface NewTicket {
  areaId: number
  categoryId: number
  subject: string
  description: string
}

/**
 * Registers a ticket of the person himself with its first bitácora entry; the priority is the category's.
 * @param files what hangs on the ticket; stored already
 * @returns the number
 * @throws InvalidForm when the area or category is not one that this person may choose
 */
export async function createTicket(
  { db, clock }: ActionContext,
  viewer: Viewer,
  input: NewTicket,
  files: readonly KeptFile[] = [],
): Promise<number> {
  return transaction(db, async tx => {
    const now = clock.now()
    const category = await tx.category.findFirst({
      where: { ...choosable(viewer), id: input.categoryId, areaId: input.areaId },
      select: { id: true, defaultPriority: true },
    })
    if (!category) throw new InvalidForm('categoria', 'Elija una categoría de la lista.')
    const { number } = await tx.ticket.create({
      data: {
        ...input,
        priority: category.defaultPriority,
        requesterId: viewer.id,
        creatorId: viewer.id,
        createdAt: now,
        lastActivityAt: now,
      },
      select: { number: true },
    })
    const entry = await tx.logEntry.create({
      data: {
        ticketNumber: number,
        kind: 'CREACION',
        authorId: viewer.id,
        changes: { status: [null, 'REGISTRADO'], ...filesChange(files) },
        createdAt: now,
      },
      select: { id: true },
    })
    await attachTo(tx, entry.id, files, now)
    return number
  })
}
