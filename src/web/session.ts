import connectPgSimple from 'connect-pg-simple'
import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Passport } from 'passport'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from './access.ts'

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
  /** Null when the account is gone or inactive, which ends the session. */
  loadViewer: (id: number) => Promise<Viewer | null>
}

/** Sessions in PostgreSQL that hold who signed in, when and with what; the person is read anew on each request. */
export function sessions({ db, clock, people, secret, loadViewer }: SessionOptions): RequestHandler[] {
  people.serializeUser<number, Request>((req, user, done) => {
    // The session is new here, and not saved yet.
    req.session.since = clock.now().toISOString()
    req.session.browser = (req.get('user-agent') ?? '').slice(0, LONGEST_BROWSER)
    done(null, user.id)
  })
  people.deserializeUser((id: unknown, done) => {
    loadViewer(Number(id)).then(viewer => done(null, viewer ?? false), done)
  })
  return [
    session({
      name: 'sesion',
      secret,
      store: new SessionStore({ pool: db.pool, ttl: IDLE_HOURS * 3600, errorLog: () => {} }),
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', path: '/' },
    }),
    people.session(),
  ]
}

const TOUCHED_EVERY_MS = 60_000
const MOST_REMEMBERED = 10_000

/**
 * Each request moves the end of its session, but writes that at most once a minute: a page that only reads would otherwise
 * wait for the disk. What is remembered for that decides nothing, so processes need not share it.
 */
class SessionStore extends connectPgSimple(session) {
  readonly #touched = new Map<string, number>()

  override touch(sid: string, data: session.SessionData, done?: () => void): void {
    const now = performance.now()
    if (now - (this.#touched.get(sid) ?? Number.NEGATIVE_INFINITY) < TOUCHED_EVERY_MS) return void done?.()
    if (this.#touched.size >= MOST_REMEMBERED) this.#touched.clear()
    this.#touched.set(sid, now)
    super.touch(sid, data, done)
  }
}
