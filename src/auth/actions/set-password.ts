import { recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import { findAccountLink, useAccountLink } from '../account-links.ts'
import { type LinkContext, mailPasswordChange } from '../account-mails.ts'
import { forgiveAccount } from '../lockout.ts'
import { hashPassword } from '../password.ts'
import { endSessions } from '../sessions.ts'

interface SetPassword {
  token: string
  password: string
  /** Of whoever followed the link. */
  address: string
}

/**
 * Sets the password of a link's person and uses the link up; his sessions end, and so does a lock on his account.
 * @returns the person's id, or null when the link does not work any more
 */
export async function setPassword(
  { db, clock, links }: { db: Database; clock: Clock; links: LinkContext },
  { token, password, address }: SetPassword,
): Promise<number | null> {
  const passwordHash = await hashPassword(password)
  const now = clock.now()
  const person = await transaction(db, async tx => {
    const link = await findAccountLink(tx, token, now)
    if (!link || !(await useAccountLink(tx, link.tokenHash, now))) return null
    const { id, name } = link.user
    // Asked again by the write itself: in between somebody may have changed the mail or deactivated the person.
    const where = { id, email: link.email, active: true }
    if ((await tx.user.updateMany({ where, data: { passwordHash } })).count === 0) return null
    await endSessions(tx, [id])
    const subject = { type: 'usuario' as const, id, name }
    await recordAudit(tx, { id, address }, now, { kind: 'clave.establecida', subject })
    if (link.purpose === 'RESTABLECIMIENTO') await mailPasswordChange(tx, links, { name, email: link.email }, now)
    return { id, email: link.email }
  })
  if (person) await forgiveAccount(db, person)
  return person?.id ?? null
}
