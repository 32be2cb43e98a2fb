import type { Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'

/**
 * Writes down that somebody answered what he was asked about a ticket; not what, and nothing of the ticket's state. Locks the
 * ticket for the rest of the caller's transaction, to which the entry belongs.
 */
export async function noteSurveyAnswered(tx: Transaction, viewer: Viewer, number: number, now: Date): Promise<void> {
  await tx.$queryRaw`SELECT FROM tickets WHERE number = ${number} FOR UPDATE`
  const { version } = await tx.ticket.update({
    where: { number },
    data: { lastActivityAt: now },
    select: { version: true },
  })
  await tx.logEntry.create({
    data: { ticketNumber: number, kind: 'ENCUESTA', authorId: viewer.id, ticketVersion: version, createdAt: now },
    select: { id: true },
  })
}
