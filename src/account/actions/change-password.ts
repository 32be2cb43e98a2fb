import { type Actor, recordAudit } from '../../audit/record.ts'
import { type LinkContext, mailPasswordChange, organizationOf } from '../../auth/account-mails.ts'
import { countAttempt, forgive, tooManyAttempts } from '../../auth/lockout.ts'
import { hashPassword, passwordMatches } from '../../auth/password.ts'
import { problemsOfPassword } from '../../auth/password-strength.ts'
import { endSessions } from '../../auth/sessions.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, type Transaction, transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'

/**
 * Whether somebody knows his password. A wrong one counts as a failed sign-in: whoever finds an open session must not be
 * able to try passwords there. Not to be called in a transaction, for the count outlives what is rolled back.
 * @throws TooManyAttempts while the account or the address is locked
 */
export async function knowsPassword(
  { db, clock }: { db: Database; clock: Clock },
  { id, email }: Viewer,
  { password, address }: { password: string; address: string },
): Promise<boolean> {
  const { wait } = await countAttempt(db, { email, address }, clock.now())
  if (wait > 0) throw tooManyAttempts(wait)
  const where = { id }
  const { passwordHash } = await db.prisma.user.findUniqueOrThrow({ where, select: { passwordHash: true } })
  const knows = await passwordMatches(passwordHash, password)
  if (knows) await forgive(db, { email, address })
  return knows
}

interface PasswordChange {
  /** What {@link knowsPassword} said of the present one. */
  proven: boolean
  chosen: { clave: string; repeticion: string }
  actor: Actor
  /** The session that goes on; all others end. */
  sessionId: string
}

/**
 * Changes somebody's password. Links that would set it are taken back.
 * @throws InvalidForm for a present password that is wrong and for a new one that is easily guessed
 */
export async function changePassword(
  { db, clock, links }: { db: Database; clock: Clock; links: LinkContext },
  viewer: Viewer,
  { proven, chosen, actor, sessionId }: PasswordChange,
): Promise<void> {
  if (!proven) throw new InvalidForm('actual', 'La contraseña actual no es correcta.')
  const now = clock.now()
  const { id, name, email } = viewer
  await transaction(db, async tx => {
    await insistOnStrength(tx, viewer, chosen)
    await tx.user.update({ where: { id }, data: { passwordHash: await hashPassword(chosen.clave) } })
    await endSessions(tx, [id], sessionId)
    await tx.accountLink.deleteMany({ where: { userId: id, usedAt: null } })
    await mailPasswordChange(tx, links, { name, email }, now)
    await recordAudit(tx, actor, now, { kind: 'clave.cambiada', subject: { type: 'usuario', id, name } })
  })
}

async function insistOnStrength(tx: Transaction, { id, name, email }: Viewer, chosen: PasswordChange['chosen']) {
  const { organization } = await tx.user.findUniqueOrThrow({
    where: { id },
    select: { organization: { select: { name: true } } },
  })
  const words = [name, email, organization?.name ?? '', await organizationOf(tx)]
  const [problem] = await problemsOfPassword(chosen, words)
  if (problem) throw new InvalidForm(problem.field, problem.message)
}
