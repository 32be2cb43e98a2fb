import type { Transaction } from '../platform/db.ts'
import { type Seal, sealOf } from '../platform/seal.ts'

export interface OutgoingMail {
  recipient: string
  subject: string
  /** Plain text. */
  body: string
}

/** Signalled when mails are waiting. */
export const MAIL_CHANNEL = 'correo'

/** What keeps the texts of mails from whoever steals the database. @param secret of the process */
export const mailSeal = (secret: string): Seal => sealOf(secret, 'correo')

/** Hands mails over to be sent once the transaction has committed; one that is rolled back sends nothing. */
export async function queueMails(
  tx: Transaction,
  seal: Seal,
  now: Date,
  mails: readonly OutgoingMail[],
): Promise<void> {
  await tx.mail.createMany({
    data: mails.map(({ recipient, subject, body }) => ({
      recipient,
      subject,
      body: seal.close(body),
      createdAt: now,
      nextAttemptAt: now,
    })),
  })
  // Heard when the transaction commits, by every process; see postOffice.
  await tx.$executeRaw`SELECT pg_notify(${MAIL_CHANNEL}, '')`
}
