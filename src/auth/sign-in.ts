import { Strategy } from 'passport-local'
import { recordAudit } from '../audit/record.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { findViewer } from '../users/viewer.ts'
import { normalizedEmail } from './email.ts'
import { countAttempt, forgive, tooManyAttempts } from './lockout.ts'
import { passwordMatches } from './password.ts'

/**
 * The strategy behind /ingresar. Unknown account, account without password, inactive account and wrong password are one
 * answer after the same work.
 */
export function localStrategy(db: Database, clock: Clock): Strategy {
  const fields = { usernameField: 'correo', passwordField: 'clave', passReqToCallback: true as const }
  return new Strategy(fields, (req, email, password, done) => {
    signIn(db, clock, { email: normalizedEmail(email), password, address: req.ip ?? '' }).then(
      viewer => done(null, viewer ?? false),
      done,
    )
  })
}

interface Credentials {
  email: string
  password: string
  address: string
}

async function signIn(db: Database, clock: Clock, { email, password, address }: Credentials) {
  const now = clock.now()
  const { wait, locks } = await countAttempt(db, { email, address }, now)
  if (wait > 0) throw tooManyAttempts(wait)
  const user = await db.prisma.user.findFirst({
    where: { email },
    select: { id: true, name: true, active: true, passwordHash: true },
  })
  if (!(await passwordMatches(user?.active ? user.passwordHash : null, password)) || !user) {
    const about = user && { subject: { type: 'usuario' as const, id: user.id, name: user.name } }
    // A lock is told once, when it begins: what is refused while it lasts could fill the audit without end.
    const kinds = locks ? (['ingreso.fallido', 'ingreso.bloqueado'] as const) : (['ingreso.fallido'] as const)
    await recordAudit(db.prisma, { id: null, address }, now, ...kinds.map(kind => ({ kind, ...about })))
    return null
  }
  await forgive(db, { email, address })
  return findViewer(db, user.id)
}
