import { beforeAll, expect, it } from 'vitest'
import { type Place, type Sort, type SortCode, sorts } from '../../src/tickets/list-order.ts'
import { chosenIn, type ListQuery, listRequest, lists } from '../../src/tickets/lists.ts'
import { listTickets } from '../../src/tickets/queries.ts'
import { findViewer } from '../../src/users/viewer.ts'
import type { PageRequest } from '../../src/web/listing.ts'
import { createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'
import { costOf } from '../support/rows-read.ts'

// What a page of a list reads depends on the page: not on how many tickets there are, how deep the page lies, in which order
// they are, or out of how many areas and groups they come.

const { db } = await useDatabase()
const { ids } = await createCast(db)
const TICKETS = 60_000
const AREAS = 8
/** A page out of each of eight areas or of both states of nine owners, and what belongs to the rows of one. */
const MOST_ROWS = 1400
const now = new Date('2026-03-02T15:00:00Z')

beforeAll(async () => {
  // Eight areas of Sara's, each with a category of either kind and a group of Luis's.
  await db.pool.query(
    `WITH area AS (INSERT INTO areas (name) SELECT 'Zona ' || n FROM generate_series(1, ${AREAS}) n RETURNING id),
       member AS (INSERT INTO area_members SELECT area.id, person FROM area, unnest($1::int[]) person),
       category AS (INSERT INTO categories (area_id, kind, name)
         SELECT id, kind, 'Otra' FROM area, unnest(enum_range(NULL::category_kind)) kind)
     INSERT INTO groups (area_id, name) SELECT id, 'Guardia' FROM area`,
    [[ids.sara, ids.luis]],
  )
  await db.pool.query(
    `INSERT INTO group_members (group_id, area_id, user_id)
       SELECT id, area_id, $1 FROM groups WHERE name = 'Guardia'`,
    [ids.luis],
  )
  // One in ten is urgent, and one in a hundred of those is open; half of what is attended is Luis's, half his groups'.
  await db.pool.query(
    `INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id, creator_id, assignee_id,
       assignee_group_id, created_at, last_activity_at, closed_at, origin_system, origin_reference)
     SELECT g.area_id, c.id, (CASE WHEN n % 10 = 7 THEN 'URGENTE' WHEN n % 3 = 0 THEN 'ALTA' ELSE 'MEDIA' END)::priority,
       status, 'Asunto', 'Texto', $1, $1, CASE WHEN owned AND n % 2 = 0 THEN $2::int END,
       CASE WHEN owned AND n % 2 = 1 THEN g.id END, $3::timestamptz - n * interval '1 minute',
       $3::timestamptz - (n * 7919 % ${TICKETS}) * interval '1 minute',
       CASE WHEN status = 'FINALIZADO' THEN $3::timestamptz END, 'prueba', n
     FROM generate_series(1, ${TICKETS}) n
       CROSS JOIN LATERAL (SELECT (ARRAY['REGISTRADO', 'ASIGNADO', 'EN_PROCESO', 'FINALIZADO', 'FINALIZADO'])[1 + n / 8 % 5]::ticket_status
         AS status, n / 8 % 5 > 0 AS owned) s
       JOIN (SELECT id, area_id, row_number() OVER (ORDER BY id) AS at FROM groups WHERE name = 'Guardia') g
         ON g.at = 1 + n % ${AREAS}
       JOIN categories c ON c.area_id = g.area_id AND c.kind = (CASE WHEN n / 8 % 2 = 0 THEN 'PROBLEMA' ELSE 'REQUERIMIENTO' END)::category_kind`,
    [ids.clara, ids.luis, now],
  )
  await db.pool.query(
    `INSERT INTO impediments (ticket_number, reason, text, opened_at, opened_by)
     SELECT number, 'OTRA', 'Texto', $1, $2 FROM tickets WHERE status = 'EN_PROCESO'`,
    [now, ids.ana],
  )
  await db.pool.query('INSERT INTO ticket_attendants SELECT number, $1, last_activity_at FROM tickets', [ids.luis])
  await db.pool.query('VACUUM ANALYZE')
}, 120_000)

/** Where a page lies that is as deep as can be: in the middle of what the list holds. */
async function middle({ time }: Sort, status: string): Promise<Place> {
  const column = { created: 'created_at', activity: 'last_activity_at', attended: 'last_activity_at' }[time]
  const { rows } = await db.pool.query(
    `SELECT ${column} AS at, number, 'MEDIA' AS priority FROM tickets WHERE status = $1 AND priority = 'MEDIA'
      ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM tickets WHERE status = $1 AND priority = 'MEDIA')`,
    [status],
  )
  return rows[0]
}

const lookedAt = [
  ['supervised', 'ana', 'finalizados'],
  ['supervised', 'sara', 'finalizados'],
  ['supervised', 'sara', 'registrados'],
  ['mine', 'clara', undefined],
  ['assigned', 'luis', undefined],
  ['impeded', 'ana', undefined],
  ['impeded', 'luis', undefined],
  ['attended', 'luis', undefined],
] as const

const cases = lookedAt.flatMap(([list, person, estado]) =>
  lists[list].orders.map((order: SortCode) => ({ list, person, estado, order })),
)

/** The rows that the four most different pages of a list read; the middle ones must be full. */
async function costs({ list, person, ...query }: (typeof cases)[number] & Partial<ListQuery>): Promise<number[]> {
  const viewer = await findViewer(db, ids[person])
  if (!viewer) throw new Error(`${person} is not active`)
  const chosen = chosenIn(lists[list], { ...query, orden: query.order } as ListQuery)
  const request = listRequest(lists[list], viewer, chosen, { zone: 'UTC', now })
  const from = await middle(request.sort, chosen.status ?? 'EN_PROCESO')
  const pages: PageRequest<Place>[] = [
    { direction: 'forward', from: null },
    { direction: 'back', from: null },
    { direction: 'forward', from },
    { direction: 'back', from },
  ]
  const found: number[] = []
  for (const page of pages) {
    const cost = await costOf(db, async counting => {
      const { rows } = await listTickets(counting, request, page)
      expect(rows).toHaveLength(25)
    })
    found.push(cost)
  }
  return found
}

it.each(cases)('$list of $person, $estado, $order', async each => {
  expect(Math.max(...(await costs(each)))).toBeLessThan(MOST_ROWS)
})

it.each([
  ['a priority', { prioridad: 'URGENTE' }],
  ['a kind', { tipo: 'REQUERIMIENTO' }],
  ['days', { hasta: '2026-02-20' }],
] as const)('%s that a list is narrowed to', async (_what, filter) => {
  for (const person of ['ana', 'sara'] as const) {
    const each = { list: 'supervised', person, estado: 'finalizados', order: 'recientes', ...filter } as const
    expect(Math.max(...(await costs(each as never)).slice(0, 1)), person).toBeLessThan(MOST_ROWS)
  }
})

it('has an order for each of these pages', () => {
  expect(new Set(cases.map(({ order }) => order))).toEqual(new Set(Object.keys(sorts)))
})
