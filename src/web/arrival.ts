import connectPgSimple from 'connect-pg-simple'
import type { Request } from 'express'
import session, { type SessionData } from 'express-session'
import type pg from 'pg'
import type { Viewer } from './access.ts'
import type { Installation } from './installation.ts'

// Each request begins by asking for its session, for the person behind it and for what belongs to the installation. That is one
// question to the database, read anew each time: a change of a role or a setting counts from the next request on.

/** What a request with a session begins with. */
export interface Arrival {
  session: SessionData
  /** How long the session lasts if nothing more comes. */
  msLeft: number
  /** Null when the account is gone or inactive. */
  viewer: Viewer | null
  installation: Installation
}

/** @returns null when there is no such session any more */
export type ReadArrival = (sid: string) => Promise<Arrival | null>

// Not in a WeakMap: one that leads back to its key keeps whole requests alive until all memory is looked through.
const ARRIVAL = Symbol('arrival')
interface Arrived {
  [ARRIVAL]?: Arrival
}

/** What was read for a request along with its session; undefined when it has none. */
export const arrivalOf = (req: Request): Arrival | undefined => (req as Arrived)[ARRIVAL]

/** The end of a session is written no more often than this: a page that only reads would otherwise wait for the disk. */
const TOUCH_AFTER_MS = 60_000

/** @param hours of doing nothing, after which a session ends */
export function arrivalStore(pool: pg.Pool, hours: number, read: ReadArrival): session.Store {
  const PgStore = connectPgSimple(session)
  class ArrivalStore extends PgStore {
    override get(sid: string, done: (error: unknown, found?: SessionData | null) => void) {
      read(sid).then(arrival => {
        if (arrival) (arrival.session as Arrived)[ARRIVAL] = arrival
        done(null, arrival?.session ?? null)
      }, done)
    }

    override createSession(req: Request, data: SessionData) {
      const created = super.createSession(req, data)
      const arrival = (data as Arrived)[ARRIVAL]
      if (!arrival) return created
      ;(req as Arrived)[ARRIVAL] = arrival
      ;(created as Arrived)[ARRIVAL] = arrival
      return created
    }

    override touch(sid: string, data: SessionData, done?: () => void) {
      const left = (data as Arrived)[ARRIVAL]?.msLeft ?? 0
      if (left > hours * 3600_000 - TOUCH_AFTER_MS) done?.()
      else super.touch(sid, data, done)
    }
  }
  return new ArrivalStore({ pool, ttl: hours * 3600, errorLog: () => {} })
}
