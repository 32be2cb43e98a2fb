import type { ImpedimentReason } from '../../generated/prisma/enums.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict } from '../../web/errors.ts'
import { lockFor } from '../facts.ts'
import { endImpediment, writeImpedimentEntry } from '../impediments.ts'
import { paths } from '../paths.ts'
import type { ActionContext } from './step.ts'

/**
 * Notes what stops the work on a ticket; like a comment it changes neither state nor version.
 * @throws Conflict when somebody else reported one first
 */
export async function reportImpediment(
  { db, clock }: ActionContext,
  viewer: Viewer,
  number: number,
  { reason, text }: { reason: ImpedimentReason; text: string },
): Promise<void> {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'reportar', number, { now, faster: () => reportedBy(tx, number) })
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
 * @throws Conflict when that one has ended meanwhile, whether another one is open or not
 */
export async function clearImpediment(
  { db, clock }: ActionContext,
  viewer: Viewer,
  number: number,
  { impedimentId, text }: { impedimentId: number; text: string },
): Promise<void> {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, 'despejar', number, {
      now,
      faster: () => clearedBy(tx, number, impedimentId),
    })
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

async function reportedBy(tx: Transaction, ticketNumber: number): Promise<Conflict | null> {
  const open = await tx.impediment.findFirst({
    where: { ticketNumber, closedAt: null },
    select: { text: true, opener: { select: { name: true } } },
  })
  return open && tooLate(ticketNumber, `${open.opener.name} reportó una incidencia`, open.text)
}

async function clearedBy(tx: Transaction, ticketNumber: number, id: number): Promise<Conflict | null> {
  const closed = await tx.impediment.findFirst({
    where: { id, ticketNumber, closedAt: { not: null } },
    select: { closingText: true, closer: { select: { name: true } } },
  })
  return closed && tooLate(ticketNumber, `${closed.closer?.name} cerró la incidencia`, closed.closingText ?? '')
}

const tooLate = (number: number, deed: string, text: string) =>
  new Conflict(
    'Otra persona se adelantó. No se guardó nada de este envío.',
    [text === '' ? deed : `${deed}: ${text}`],
    paths.ticket(number),
  )
