import type { SessionData } from 'express-session'
import { z } from 'zod'
import type { Database } from './platform/db.ts'
import { remembered } from './platform/remembered.ts'
import { installationOf } from './settings/frame.ts'
import { SETTINGS_SQL, settingsOf } from './settings/queries.ts'
import { viewerOf, viewerSql } from './users/viewer.ts'
import type { ReadArrival } from './web/arrival.ts'

const row = z.object({
  session: z.looseObject({ cookie: z.looseObject({ originalMaxAge: z.number().nullable() }) }),
  msLeft: z.number(),
  /** As JSON. */
  viewer: z.string().nullable(),
  settings: z.string(),
})

/** Whose text is the same as in an earlier request is the same person with the same permissions: so many are kept. */
const PEOPLE = 1000

// Prepared once per connection: it runs on every request.
const ARRIVAL = {
  name: 'arrival',
  text: `SELECT s.sess AS session, extract(epoch FROM s.expire::timestamptz - now())::float8 * 1000 AS "msLeft",
      (SELECT row_to_json(v)::text FROM (${viewerSql('s.user_id')}) v) AS viewer,
      (SELECT row_to_json(i)::text FROM (${SETTINGS_SQL}) i) AS settings
    FROM session s WHERE s.sid = $1 AND s.expire::timestamptz > now()`,
}

/** @param zone the process's own time zone, which counts where the organisation has none */
export function readArrival({ pool }: Pick<Database, 'pool'>, zone: string): ReadArrival {
  const personOf = remembered(PEOPLE, (text: string) => viewerOf(JSON.parse(text)))
  const installation = remembered(1, (text: string) => installationOf(settingsOf(JSON.parse(text)), zone))
  return async sid => {
    const { rows } = await pool.shared.query({ ...ARRIVAL, values: [sid] })
    if (!rows[0]) return null
    const { session, msLeft, viewer, settings } = row.parse(rows[0])
    return {
      session: session as unknown as SessionData,
      msLeft,
      viewer: viewer === null ? null : personOf(viewer),
      installation: installation(settings),
    }
  }
}
