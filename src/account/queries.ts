import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import { IDLE_HOURS } from '../web/session.ts'

const sessionRow = z.object({
  sid: z.string(),
  /** Sessions of before it was noted have none. */
  since: z.coerce.date().nullable(),
  lastUse: z.date(),
  browser: z.string(),
})

export type OwnSession = z.infer<typeof sessionRow>

/** More than this are not told one by one. */
const MOST_SESSIONS = 50

// What is done moves the end of its session, so the end tells the last use, to some minutes.
const SESSIONS = `SELECT sid, sess ->> 'since' AS since, coalesce(sess ->> 'browser', '') AS browser,
  expire::timestamptz - make_interval(hours => $2) AS "lastUse"
  FROM session WHERE user_id = $1 AND expire::timestamptz > now()
  ORDER BY expire DESC, sid LIMIT ${MOST_SESSIONS}`

/** @returns somebody's open sessions, the one last used first */
export async function listSessions({ pool }: Pick<Database, 'pool'>, userId: number): Promise<OwnSession[]> {
  const { rows } = await pool.query({ text: SESSIONS, values: [userId, IDLE_HOURS] })
  return z.array(sessionRow).parse(rows)
}
