import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Passport } from 'passport'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from './access.ts'
import { arrivalOf, arrivalStore, type ReadArrival } from './arrival.ts'

declare global {
  namespace Express {
    interface User extends Viewer {}
  }
}

declare module 'express-session' {
  interface SessionData {
    /** When the person signed in, ISO 8601. */
    since: string
    /** What the browser calls itself, so that the person can tell his sessions apart. */
    browser: string
  }
}

/** An authenticator of passport's. */
export type People = InstanceType<typeof Passport>

/** A person who does nothing for this long signs in again. */
export const IDLE_HOURS = 12
const LONGEST_BROWSER = 300

interface SessionOptions {
  db: Database
  clock: Clock
  /** The one authenticator of the application, which sign-in adds its strategy to. */
  people: People
  /** Signs the cookie. */
  secret: string
  /** A viewer of null ends the session. */
  readArrival: ReadArrival
}

/** Sessions in PostgreSQL that hold who signed in, when and with what; the person is read anew on each request. */
export function sessions({ db, clock, people, secret, readArrival }: SessionOptions): RequestHandler[] {
  people.serializeUser<number, Request>((req, user, done) => {
    // The session is new here, and not saved yet.
    req.session.since = clock.now().toISOString()
    req.session.browser = (req.get('user-agent') ?? '').slice(0, LONGEST_BROWSER)
    done(null, user.id)
  })
  people.deserializeUser((req: Request, _id: unknown, done: (error: unknown, viewer: Viewer | false) => void) => {
    done(null, arrivalOf(req)?.viewer ?? false)
  })
  return [
    session({
      name: 'sesion',
      secret,
      store: arrivalStore(db.pool, IDLE_HOURS, readArrival),
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', path: '/' },
    }),
    people.session(),
  ]
}
