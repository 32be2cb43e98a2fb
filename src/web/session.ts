import connectPgSimple from 'connect-pg-simple'
import type { RequestHandler } from 'express'
import session from 'express-session'
import type { Passport } from 'passport'
import type { Database } from '../platform/db.ts'
import type { Viewer } from './access.ts'

declare global {
  namespace Express {
    interface User extends Viewer {}
  }
}

/** An authenticator of passport's. */
export type People = InstanceType<typeof Passport>

/** A person who does nothing for this long signs in again. */
const IDLE_HOURS = 12

interface SessionOptions {
  db: Database
  /** The one authenticator of the application, which sign-in adds its strategy to. */
  people: People
  /** Signs the cookie. */
  secret: string
  /** Null when the account is gone or inactive, which ends the session. */
  loadViewer: (id: number) => Promise<Viewer | null>
}

/** Sessions in PostgreSQL that hold nothing but who signed in; the person is read anew on each request. */
export function sessions({ db, people, secret, loadViewer }: SessionOptions): RequestHandler[] {
  const Store = connectPgSimple(session)
  people.serializeUser((user, done) => done(null, user.id))
  people.deserializeUser((id: unknown, done) => {
    loadViewer(Number(id)).then(viewer => done(null, viewer ?? false), done)
  })
  return [
    session({
      name: 'sesion',
      secret,
      store: new Store({ pool: db.pool, ttl: IDLE_HOURS * 3600, errorLog: () => {} }),
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', path: '/' },
    }),
    people.session(),
  ]
}
