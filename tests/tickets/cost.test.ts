import { beforeAll, expect, it } from 'vitest'
import { Prisma } from '../../src/generated/prisma/client.ts'
import { type Database, select } from '../../src/platform/db.ts'
import { countsByStatusSql, waitingSql } from '../../src/tickets/counts.ts'
import { getTicket } from '../../src/tickets/detail.ts'
import { sorts } from '../../src/tickets/list-order.ts'
import { listTickets } from '../../src/tickets/queries.ts'
import { supervisedBy, visibleTo } from '../../src/tickets/visibility.ts'
import { findViewer } from '../../src/users/viewer.ts'
import type { Viewer } from '../../src/web/access.ts'
import { type Cast, createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'
import { costOf } from '../support/rows-read.ts'

// What is read for a page depends on the page, not on how many tickets there are.

const { db } = await useDatabase()
const cast: Cast = await createCast(db)
const TICKETS = 20_000
/** Two pages, or two counts to their limit; a scan of anything would read thousands. */
const MOST_ROWS = 1200
const now = new Date('2026-03-02T15:00:00Z')
const first = { direction: 'forward', from: null } as const

beforeAll(async () => {
  const { areas, categories, ids, groups } = cast
  // Of ten, six are finished, one is registered and three are in process: Luis's, Pedro's and their group's.
  await db.pool.query(
    `INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id, creator_id, assignee_id,
       assignee_group_id, created_at, last_activity_at, closed_at, origin_system, origin_reference)
     SELECT $1, $2, (CASE WHEN n % 50 = 7 THEN 'URGENTE' ELSE 'MEDIA' END)::priority,
       (CASE WHEN n % 10 < 6 THEN 'FINALIZADO' WHEN n % 10 = 6 THEN 'REGISTRADO' ELSE 'EN_PROCESO' END)::ticket_status,
       'Asunto', 'Texto', $3, $3, CASE n % 10 WHEN 6 THEN NULL WHEN 8 THEN $4::int WHEN 9 THEN NULL ELSE $5::int END,
       CASE n % 10 WHEN 9 THEN $6::int END, $7::timestamptz - n * interval '1 minute', $7,
       CASE WHEN n % 10 < 6 THEN $7::timestamptz END, 'prueba', n FROM generate_series(1, ${TICKETS}) n`,
    [areas.sistemas, categories.red, ids.clara, ids.luis, ids.pedro, groups.redes, now],
  )
  await db.pool.query(
    `INSERT INTO impediments (ticket_number, reason, text, opened_at, opened_by)
     SELECT number, 'OTRA', 'Texto', $1, $2 FROM tickets WHERE status = 'EN_PROCESO' AND number % 100 > 70`,
    [now, ids.ana],
  )
  await db.pool.query('INSERT INTO ticket_attendants SELECT number, $1, created_at FROM tickets WHERE number % 2 = 0', [
    ids.luis,
  ])
  await db.pool.query('VACUUM ANALYZE')
})

const list = (viewer: Viewer) => ({
  clauses: supervisedBy(viewer),
  sort: sorts.recientes,
  zone: 'UTC',
  now,
  filters: {},
})
const open = ['REGISTRADO', 'ASIGNADO', 'EN_PROCESO'] as const

const reads: Record<string, (db: Pick<Database, 'pool'>, viewer: Viewer) => Promise<unknown>> = {
  'the counts of the sidebar': (db, viewer) => select(db, Prisma.sql`SELECT ${waitingSql(viewer, 99)}`),
  'the urgent ones of the board': (db, viewer) =>
    select(
      db,
      Prisma.sql`SELECT ${countsByStatusSql({ ...list(viewer), statuses: open, filters: { priority: 'URGENTE' } })}`,
    ),
  'the oldest of the board': (db, viewer) =>
    listTickets(db, { ...list(viewer), sort: sorts.antiguos, statuses: ['REGISTRADO'] }, first),
}

it.each(Object.keys(reads))('%s', async name => {
  for (const person of ['luis', 'sara', 'ana'] as const) {
    const viewer = await findViewer(db, cast.ids[person])
    if (viewer)
      expect(await costOf(db, db => reads[name]?.(db, viewer) ?? Promise.reject()), person).toBeLessThan(MOST_ROWS)
  }
})

it('a ticket that somebody sees because he attended it', async () => {
  const viewer = await findViewer(db, cast.ids.luis)
  const { rows } = await db.pool.query(
    'SELECT min(number) AS number FROM tickets WHERE number % 2 = 0 AND assignee_id <> $1',
    [cast.ids.luis],
  )
  expect(await costOf(db, db => getTicket(db, viewer ? visibleTo(viewer) : [], rows[0].number, now))).toBeLessThan(200)
})
