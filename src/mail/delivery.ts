/**
 * The table `mails` is what is to be sent, and every process may send: it takes a mail by moving its next attempt into the
 * future, sends it outside of any transaction, and notes the result. A process that dies meanwhile leaves a mail that is due
 * again after the lease; only then can a mail arrive twice, under one Message-ID.
 */
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Seal } from '../platform/seal.ts'
import { type Envelope, type Failure, failureOf } from './transport.ts'

const MINUTE_MS = 60_000
/** Longer than any attempt takes. */
const LEASE_MS = 10 * MINUTE_MS
/** The first failure costs a minute, each further one doubles it, up to this. */
const LONGEST_WAIT_MS = 60 * MINUTE_MS
/** After this long a mail is given up. */
const PATIENCE_MS = 24 * 60 * MINUTE_MS

export interface DeliveryContext {
  db: Pick<Database, 'pool'>
  clock: Clock
  /** Opens the texts. */
  seal: Seal
  send: (mail: Envelope) => Promise<void>
}

const dueMail = z.object({
  id: z.number(),
  recipient: z.string(),
  subject: z.string(),
  body: z.instanceof(Uint8Array),
  createdAt: z.date(),
  attempts: z.number(),
  sender: z.string(),
})

type DueMail = z.infer<typeof dueMail>

/** Sends what is due, one mail after the other, until nothing is, the server cannot be reached or `stop` is aborted. */
export async function deliverMails(context: DeliveryContext, stop?: AbortSignal): Promise<void> {
  while (!stop?.aborted) {
    const mail = await takeMail(context)
    if (!mail) return
    const failure = await attempt(context, mail)
    await note(context, mail, failure)
    if (failure?.unreachable) return
  }
}

const TAKE = {
  name: 'take_mail',
  text: `UPDATE mails SET attempts = attempts + 1, next_attempt_at = $2
    WHERE id = (SELECT id FROM mails WHERE next_attempt_at <= $1 ORDER BY next_attempt_at, id
      LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, recipient, subject, body, created_at AS "createdAt", attempts,
      (SELECT organization_name FROM settings WHERE id = 1) AS sender`,
}

async function takeMail({ db, clock }: DeliveryContext): Promise<DueMail | null> {
  const now = clock.now()
  const { rows } = await db.pool.query({ ...TAKE, values: [now, new Date(now.getTime() + LEASE_MS)] })
  return rows[0] ? dueMail.parse(rows[0]) : null
}

async function attempt({ seal, send }: DeliveryContext, mail: DueMail): Promise<Failure | null> {
  const { recipient, subject, sender, createdAt } = mail
  const body = seal.open(mail.body)
  if (body === null) return UNREADABLE
  try {
    await send({ recipient, subject, body, sender, reference: `correo-${mail.id}-${createdAt.getTime()}` })
    return null
  } catch (error) {
    return failureOf(error)
  }
}

const UNREADABLE: Failure = {
  text: 'El texto ya no se puede leer: se guardó con otro secreto de sesiones.',
  final: true,
  unreachable: false,
}

/** What was sent is not kept, for its links open accounts. */
async function note({ db, clock }: DeliveryContext, mail: DueMail, failure: Failure | null): Promise<void> {
  const { id, attempts, createdAt } = mail
  const now = clock.now()
  if (!failure) {
    const sql = 'UPDATE mails SET sent_at = $2, body = NULL, failure = NULL, next_attempt_at = NULL WHERE id = $1'
    await db.pool.query(sql, [id, now])
    return
  }
  const wait = Math.min(MINUTE_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS)
  const next = new Date(now.getTime() + wait)
  const givenUp = failure.final || next.getTime() - createdAt.getTime() > PATIENCE_MS
  const sql = 'UPDATE mails SET failure = $2, next_attempt_at = $3 WHERE id = $1'
  await db.pool.query(sql, [id, failure.text, givenUp ? null : next])
}
