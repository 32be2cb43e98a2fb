import type { KeptFile } from '../../attachments/keep.ts'
import { attachTo, filesChange } from '../../attachments/rows.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Forbidden, InvalidForm } from '../../web/errors.ts'
import { choosable } from '../catalog.ts'
import type { Changes } from '../changes.ts'
import type { ActionContext } from './step.ts'

export interface NewTicket {
  areaId: number
  categoryId: number
  subject: string
  description: string
  /** For whom it is, when not for the person himself. */
  requesterId?: number | null
}

/**
 * Registers a ticket of the person himself, or of somebody on whose behalf he may write, with its first bitácora entry; the
 * priority is the category's.
 * @param files what hangs on the ticket; stored already
 * @returns the number
 * @throws InvalidForm when the area or category is not one that the requester may choose, or there is no such requester
 */
export async function createTicket(
  { db, clock }: ActionContext,
  viewer: Viewer,
  input: NewTicket,
  files: readonly KeptFile[] = [],
): Promise<number> {
  return transaction(db, async tx => {
    const now = clock.now()
    const requester = await requesterOf(tx, viewer, input.requesterId)
    const category = await tx.category.findFirst({
      where: { ...choosable(requester), id: input.categoryId, areaId: input.areaId },
      select: { id: true, defaultPriority: true },
    })
    if (!category) throw new InvalidForm('categoria', 'Elija una categoría de la lista.')
    const { number } = await tx.ticket.create({
      data: {
        areaId: input.areaId,
        categoryId: input.categoryId,
        subject: input.subject,
        description: input.description,
        priority: category.defaultPriority,
        requesterId: requester.id,
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
        changes: { ...changesOfNew(viewer.id, requester.id), ...filesChange(files) },
        createdAt: now,
      },
      select: { id: true },
    })
    await attachTo(tx, entry.id, files, now)
    return number
  })
}

async function requesterOf(tx: Transaction, viewer: Viewer, id: number | null = null) {
  if (id === null || id === viewer.id) return viewer
  if (!viewer.permissions.has('tickets.crear_en_nombre')) {
    throw new Forbidden('Su cuenta no puede registrar tickets en nombre de otra persona.')
  }
  const requester = await tx.user.findFirst({ where: { id, active: true }, select: { id: true, kind: true } })
  if (!requester) throw new InvalidForm('solicitante', 'Elija una persona de la lista.')
  return requester
}

function changesOfNew(creatorId: number, requesterId: number) {
  const changes: Changes = { status: [null, 'REGISTRADO'] }
  if (requesterId !== creatorId) changes.requesterId = [null, requesterId]
  return { ...changes }
}
