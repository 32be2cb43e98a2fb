import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import { CategoryKind, Priority, TicketStatus } from '../../src/generated/prisma/enums.ts'
import type { Filters } from '../../src/tickets/filters.ts'
import { placesIn, type SortCode, sorts } from '../../src/tickets/list-order.ts'
import type { ListRequest } from '../../src/tickets/list-places.ts'
import { eachTicket, type ListRow, listTickets } from '../../src/tickets/queries.ts'
import { type Clause, sees } from '../../src/tickets/visibility.ts'
import { pageRequestIn } from '../../src/web/listing.ts'
import { createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'

// Every order of a list, in both directions, from its first page to its last.

const { db } = await useDatabase()
const { areas, categories, groups, ids } = await createCast(db)
const statuses = Object.values(TicketStatus)
const priorities = Object.values(Priority)
const start = new Date('2026-02-01T12:00:00Z').getTime()
const hour = 3_600_000
const TICKETS = 260

type Data = Prisma.TicketCreateManyInput & { lastActivityAt: Date; createdAt: Date; areaId: number; creatorId: number }

/** Of all sorts, with few different times, so that the number has to decide. */
function ticket(index: number): Data {
  const status = statuses[index % 5] ?? 'REGISTRADO'
  const inSistemas = index % 3 > 0
  const closed = status === 'FINALIZADO' || status === 'CANCELADO'
  const person = inSistemas ? [ids.luis, ids.pedro][index % 2] : ids.mario
  const group = inSistemas ? groups.redes : groups.obras
  return {
    areaId: inSistemas ? areas.sistemas : areas.mantenimiento,
    categoryId: inSistemas ? ([categories.red, categories.equipo, categories.red][index % 3] ?? 0) : categories.techo,
    priority: priorities[(index * 7) % 4] ?? 'BAJA',
    status,
    subject: `Ticket ${index}`,
    description: 'Texto',
    requesterId: [ids.clara, ids.elena][index % 2] ?? 0,
    creatorId: index % 4 === 0 ? ids.sara : ([ids.clara, ids.elena][index % 2] ?? 0),
    ...(status !== 'REGISTRADO' && { assigneeId: index % 7 > 2 ? (person ?? null) : null, assigneeGroupId: group }),
    createdAt: new Date(start + Math.floor(index / 9) * 7 * hour),
    lastActivityAt: new Date(start + ((index * 5) % 23) * 31 * hour),
    ...(closed && { closedAt: new Date(start) }),
    originSystem: 'prueba',
    originReference: String(index),
  }
}

const created = await db.prisma.ticket.createManyAndReturn({
  data: Array.from({ length: TICKETS }, (_, index) => ticket(index)),
})
await db.prisma.ticketAttendant.createMany({
  data: created
    .filter(({ number }) => number % 3 === 0)
    .map(({ number, lastActivityAt }) => ({ ticketNumber: number, userId: ids.luis, lastAt: lastActivityAt })),
})
const tickets = created.map(each => ({ ...each, attendantIds: each.number % 3 === 0 ? [ids.luis] : [] }))
type Ticket = (typeof tickets)[number]

const timeOf = ({ time }: (typeof sorts)[SortCode], each: Ticket) =>
  (time === 'created' ? each.createdAt : each.lastActivityAt).getTime()

/** What a list must hold, by sorting everything. */
function expected({ clauses, statuses, filters, sort }: ListRequest, all: readonly Ticket[]): number[] {
  const { categoryId, areaId, kind, priority, owner, from, to } = filters
  const day = (time: Date) => time.toISOString().slice(0, 10)
  const owned = (each: Ticket) =>
    owner === 'nobody'
      ? each.assigneeId === null && each.assigneeGroupId === null
      : !owner || ('person' in owner ? each.assigneeId === owner.person : each.assigneeGroupId === owner.group)
  const sign = sort.descending ? -1 : 1
  const compare = (one: Ticket, other: Ticket) =>
    sign *
    ((sort.byPriority ? priorities.indexOf(one.priority) - priorities.indexOf(other.priority) : 0) ||
      timeOf(sort as never, one) - timeOf(sort as never, other) ||
      one.number - other.number)
  return all
    .filter(each => sees(clauses, each) && (statuses?.includes(each.status) ?? true))
    .filter(each => areaId === undefined || each.areaId === areaId)
    .filter(each => categoryId === undefined || each.categoryId === categoryId)
    .filter(each => !kind || (each.categoryId === categories.equipo) === (kind === 'REQUERIMIENTO'))
    .filter(each => !priority || each.priority === priority)
    .filter(owned)
    .filter(each => (!from || day(each.createdAt) >= from) && (!to || day(each.createdAt) <= to))
    .sort(compare)
    .map(({ number }) => number)
}

it.each([
  ['recientes', (one, other) => one.createdAt >= other.createdAt],
  ['antiguos', (one, other) => one.createdAt <= other.createdAt],
  ['prioridad', (one, other) => priorities.indexOf(one.priority) >= priorities.indexOf(other.priority)],
  ['actividad', (one, other) => one.lastActivityAt >= other.lastActivityAt],
  ['atencion', (one, other) => one.lastActivityAt >= other.lastActivityAt],
  ['primera-atencion', (one, other) => one.lastActivityAt <= other.lastActivityAt],
] satisfies [SortCode, (one: Ticket, other: Ticket) => boolean][])('%s is what it says', async (code, follows) => {
  const clauses = [{ by: 'attendant' as const, ids: [ids.luis] }]
  const request = { clauses, statuses: null, filters: {}, sort: sorts[code], zone: 'UTC', now: new Date(start) }
  const rows = (await forward(request)).flat().map(row => tickets.find(({ number }) => number === row.number))
  expect(rows.length).toBeGreaterThan(60)
  rows.forEach((row, place) => {
    const next = rows[place + 1]
    if (row && next) expect(follows(row, next), `${row.number} before ${next.number}`).toBe(true)
  })
})

/** Every page as the links lead to them, from the first to the last. */
async function forward(request: ListRequest, between: () => Promise<void> = async () => {}): Promise<ListRow[][]> {
  const places = placesIn(request.sort)
  const pages: ListRow[][] = []
  let place: { siguiente?: string } = {}
  for (;;) {
    const { rows, next, previous } = await listTickets(db, request, pageRequestIn(places, place))
    expect(previous).toBe(pages.length > 0)
    pages.push(rows)
    const last = rows.at(-1)
    if (!next || !last) return pages
    place = { siguiente: places.encode(last) }
    await between()
  }
}

/** Every page on the way back, from the one before the last to the first. */
async function back(request: ListRequest, from: ListRow[]): Promise<ListRow[][]> {
  const places = placesIn(request.sort)
  const pages: ListRow[][] = []
  let first = from[0]
  while (first) {
    const { rows, previous } = await listTickets(db, request, pageRequestIn(places, { anterior: places.encode(first) }))
    if (rows.length === 0) break
    pages.push(rows)
    first = previous ? rows[0] : undefined
  }
  return pages
}

const numbers = (pages: readonly { number: number }[][]) => pages.flat().map(({ number }) => number)

const clauses = fc.constantFrom<readonly Clause[]>(
  [{ by: 'all' }],
  [{ by: 'area', ids: [areas.sistemas, areas.mantenimiento] }],
  [{ by: 'area', ids: [areas.mantenimiento] }],
  [
    { by: 'assignee', ids: [ids.luis] },
    { by: 'assigneeGroup', ids: [groups.redes, groups.obras] },
  ],
  [
    { by: 'requester', ids: [ids.elena] },
    { by: 'creator', ids: [ids.elena, ids.sara] },
  ],
  [],
)
const attended: readonly Clause[] = [{ by: 'attendant', ids: [ids.luis] }]
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 })
const filters: fc.Arbitrary<Filters> = fc.record({
  areaId: maybe(fc.constantFrom(...Object.values(areas))),
  categoryId: maybe(fc.constantFrom(...Object.values(categories))),
  kind: maybe(fc.constantFrom(...Object.values(CategoryKind))),
  priority: maybe(fc.constantFrom(...priorities)),
  owner: maybe(fc.constantFrom({ person: ids.luis }, { group: groups.redes }, 'nobody' as const)),
  from: maybe(fc.constantFrom('2026-02-02', '2026-02-05')),
  to: maybe(fc.constantFrom('2026-02-04', '2026-02-08')),
})
const narrowed = fc.oneof({ weight: 2, arbitrary: fc.constant<Filters>({}) }, { weight: 3, arbitrary: filters })
const requests = fc
  .record({
    clauses,
    statuses: fc.option(fc.subarray(statuses, { minLength: 1 }), { freq: 2 }),
    filters: narrowed,
    order: fc.constantFrom(...(Object.keys(sorts) as SortCode[])),
  })
  .map(({ clauses, order, ...chosen }): ListRequest => {
    const sort = sorts[order]
    const whose = sort.time === 'attended' ? attended : clauses
    return { ...chosen, clauses: whose, sort, zone: 'UTC', now: new Date(start) }
  })

describe('the pages of any list in any order', () => {
  it('hold each of its tickets once, and lead back the same way', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(requests, async request => {
        const pages = await forward(request)
        expect(numbers(pages)).toEqual(expected(request, tickets))
        const returned = await back(request, pages.at(-1) ?? [])
        expect(returned.map(page => numbers([page]))).toEqual(
          pages
            .slice(0, -1)
            .toReversed()
            .map(page => numbers([page])),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('are what an export reads', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async request => {
        const read: number[] = []
        for await (const batch of eachTicket(db, request)) read.push(...numbers([batch]))
        expect(read).toEqual(expected(request, tickets))
      }),
      { numRuns: 40 },
    )
  })
})

// After the others, which know every ticket that there is.
it.each(['recientes', 'antiguos', 'prioridad', 'actividad'] as const)(
  'tickets that are registered meanwhile neither hide nor repeat one: %s',
  async order => {
    const sort = sorts[order]
    const request = {
      clauses: [{ by: 'all' as const }],
      statuses: null,
      filters: {},
      sort,
      zone: 'UTC',
      now: new Date(),
    }
    const before = await db.prisma.ticket.findMany({ select: { number: true } })
    const known = new Set(before.map(({ number }) => number))
    let added = 0
    const pages = await forward(request, async () => {
      added++
      const index = (added * 37) % TICKETS
      await db.prisma.ticket.create({
        data: { ...ticket(index), originReference: `${order} ${added}` } as Prisma.TicketUncheckedCreateInput,
      })
    })
    const seen = numbers(pages)
    expect(new Set(seen).size).toBe(seen.length)
    const all = await db.prisma.ticket.findMany()
    const right = expected(
      request,
      all.map(each => ({ ...each, attendantIds: [] })),
    )
    expect(seen.filter(number => known.has(number))).toEqual(right.filter(number => known.has(number)))
    expect(seen).toEqual(right.filter(number => seen.includes(number)))
  },
)

it.each([
  ['a place of another order', '1769947200000-5', 'prioridad'],
  ['a place of the order of priority', '2-1769947200000-5', 'recientes'],
  ['a priority that there is none of', '9-1769947200000-5', 'prioridad'],
] as const)('%s means the first page', (_what, siguiente, order) => {
  expect(pageRequestIn(placesIn(sorts[order]), { siguiente })).toEqual({ direction: 'forward', from: null })
})
