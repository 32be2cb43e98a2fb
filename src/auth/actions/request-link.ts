import { recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import { type LinkContext, sendAccountLinks } from '../account-mails.ts'
import { type Attempt, countAttempt, tooManyAttempts } from '../lockout.ts'

/**
 * Mails a link to whoever forgot his password, if there is an active account with this mail. Somebody who never had a
 * password gets his invitation anew.
 * @throws TooManyAttempts for the account or the address, whether there is such an account or not
 */
export async function requestLink(
  { db, clock, links }: { db: Database; clock: Clock; links: LinkContext },
  { email, address }: Attempt,
): Promise<void> {
  const now = clock.now()
  const { wait } = await countAttempt(db, { email, address }, now, 'link')
  if (wait > 0) throw tooManyAttempts(wait)
  await transaction(db, async tx => {
    const person = await tx.user.findFirst({
      where: { email, active: true },
      select: { id: true, name: true, passwordHash: true },
    })
    const purpose = person?.passwordHash === null ? 'INVITACION' : 'RESTABLECIMIENTO'
    // Nobody is sent his link by the same steps.
    await sendAccountLinks(tx, links, purpose, person ? [{ ...person, email }] : [], now)
    const subject = person && { type: 'usuario' as const, id: person.id, name: person.name }
    await recordAudit(tx, { id: null, address }, now, { kind: 'clave.olvidada', ...(subject && { subject }) })
  })
}
