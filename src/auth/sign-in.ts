import { Strategy } from 'passport-local'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { findViewer } from '../users/viewer.ts'
import { TooManyAttempts } from '../web/errors.ts'
import { countAttempt, forgive } from './lockout.ts'
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

export const normalizedEmail = (email: string) => email.trim().toLowerCase()

interface Credentials {
  email: string
  password: string
  address: string
}

async function signIn(db: Database, clock: Clock, { email, password, address }: Credentials) {
  const wait = await countAttempt(db, { email, address }, clock.now())
  if (wait > 0) throw tooManyAttempts(wait)
  const user = await db.prisma.user.findFirst({
    where: { email, active: true },
    select: { id: true, passwordHash: true },
  })
  if (!(await passwordMatches(user?.passwordHash ?? null, password)) || !user) return null
  await forgive(db, { email, address })
  return findViewer(db, user.id)
}

/** @param seconds how long the lock lasts */
export function tooManyAttempts(seconds: number): TooManyAttempts {
  const minutes = Math.ceil(seconds / 60)
  const wait = minutes === 1 ? 'un minuto' : `${minutes} minutos`
  return new TooManyAttempts(`Hubo demasiados intentos de ingreso. Espere ${wait} y vuelva a intentar.`, seconds)
}
