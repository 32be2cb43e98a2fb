import type { ImpedimentReason } from '../../generated/prisma/enums.ts'
import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict } from '../../web/errors.ts'
import { lockFor } from '../facts.ts'
import { endImpediment, writeImpedimentEntry } from '../impediments.ts'
import { paths } from '../paths.ts'
import type { ActionContext } from './step.ts'

/** Notes what stops the work on a ticket; like a comment it changes neither state nor version. */
export async function reportImpediment(
  { db, clock }: ActionContext,
  viewer: Viewer,
  number: number,
  { reason, text }: { reason: ImpedimentReason; text: string },
): Promise<void> {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'reportar', number, { now })
    await tx.ticket.update({ where: { number }, data: { lastActivityAt: now }, select: { number: true } })
    await tx.impediment.create({
      data: { ticketNumber: number, reason, text, openedAt: now, openedBy: viewer.id },
      select: { id: true },
    })
    await writeImpedimentEntry(tx, viewer, ticket, { text, now, impediment: [null, reason] })
  })
}

/**
 * Ends the impediment that somebody read about.
 * @throws Conflict when that one has ended meanwhile and another one is open
 */
export async function clearImpediment(
  { db, clock }: ActionContext,
  viewer: Viewer,
  number: number,
  { impedimentId, text }: { impedimentId: number; text: string },
): Promise<void> {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'despejar', number, { now })
    const open = await tx.impediment.count({ where: { id: impedimentId, ticketNumber: number, closedAt: null } })
    if (open === 0) {
      throw new Conflict(
        'La incidencia que usted leyó ya se cerró y después se reportó la que ve aquí. No se guardó nada de este envío.',
        [],
        paths.ticket(number),
      )
    }
    await tx.ticket.update({ where: { number }, data: { lastActivityAt: now }, select: { number: true } })
    await endImpediment(tx, viewer, ticket, { text, now })
  })
}
