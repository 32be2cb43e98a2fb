import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Prisma } from '../../src/generated/prisma/client.ts'
import { TicketStatus } from '../../src/generated/prisma/enums.ts'
import { effectivePermissions } from '../../src/permissions/catalog.ts'
import { sorts } from '../../src/tickets/list-order.ts'
import { listTickets } from '../../src/tickets/queries.ts'
import { branches, sees, type TicketColumns, visibleSql, visibleTo, workOf } from '../../src/tickets/visibility.ts'
import type { Viewer } from '../../src/web/access.ts'
import { type Cast, createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'

const { db } = await useDatabase()
const cast: Cast = await createCast(db)
const { ids, areas, groups, categories } = cast

// One ticket for each combination of area, owner, requester and creator that the database allows.
const owners = {
  sistemas: [
    { assigneeId: ids.luis, assigneeGroupId: null },
    { assigneeId: ids.luis, assigneeGroupId: groups.redes },
    { assigneeId: null, assigneeGroupId: groups.redes },
    { assigneeId: ids.sara, assigneeGroupId: null },
  ],
  mantenimiento: [
    { assigneeId: ids.mario, assigneeGroupId: null },
    { assigneeId: null, assigneeGroupId: groups.obras },
  ],
}
const nobody = { assigneeId: null, assigneeGroupId: null }
const everyTicket = (['sistemas', 'mantenimiento'] as const).flatMap(area =>
  [...owners[area], nobody].flatMap(owner =>
    [ids.clara, ids.elena, ids.luis].flatMap(requesterId =>
      [requesterId, ids.sara].map(creatorId => ({ areaId: areas[area], ...owner, requesterId, creatorId })),
    ),
  ),
)
const at = new Date('2026-03-02T15:00:00Z')
const rows = await db.prisma.ticket.createManyAndReturn({
  data: everyTicket.map((ticket, index) => ({
    ...ticket,
    categoryId: ticket.areaId === areas.sistemas ? categories.red : categories.techo,
    status: ticket.assigneeId || ticket.assigneeGroupId ? ('EN_PROCESO' as const) : ('REGISTRADO' as const),
    priority: 'MEDIA' as const,
    subject: `Ticket ${index}`,
    description: 'Texto',
    createdAt: at,
    lastActivityAt: at,
    originSystem: 'prueba',
    originReference: String(index),
  })),
})
// Of every third ticket somebody has written in the bitácora: in turn two agents, a supervisor,
// a requester, and an agent who created, gave or re-classified it.
const writings = [
  { authorId: ids.luis, kind: 'COMENTARIO' as const },
  { authorId: ids.mario, kind: 'COMENTARIO' as const },
  { authorId: ids.marta, kind: 'INICIO' as const },
  { authorId: ids.clara, kind: 'COMENTARIO' as const },
  { authorId: ids.luis, kind: 'CREACION' as const },
  { authorId: ids.luis, kind: 'ASIGNACION' as const },
  { authorId: ids.luis, kind: 'RECLASIFICACION' as const },
]
const written = rows.flatMap(({ number }, index) => {
  const writing = writings[(index / 3) % writings.length]
  return index % 3 === 0 && writing ? [{ ...writing, ticketNumber: number, text: 'Texto', createdAt: at }] : []
})
await db.prisma.logEntry.createMany({ data: written })
const attending = written.filter(
  ({ authorId, kind }) => authorId !== ids.clara && (kind === 'COMENTARIO' || kind === 'INICIO'),
)
const tickets = rows.map(ticket => ({
  ...ticket,
  attendantIds: attending.filter(({ ticketNumber }) => ticketNumber === ticket.number).map(({ authorId }) => authorId),
}))

const anyone = fc.record({
  id: fc.constantFrom(...Object.values(ids)),
  role: fc.constantFrom('ADMINISTRADOR' as const, 'SUPERVISOR' as const, 'AGENTE' as const, 'USUARIO' as const),
  areaIds: fc.subarray(Object.values(areas)),
  groupIds: fc.subarray(Object.values(groups)),
  overrides: fc.array(
    fc.record({
      permission: fc.constantFrom('tickets.ver_area', 'tickets.ver_todos', 'tickets.ver_asignados'),
      effect: fc.constantFrom('CONCEDER' as const, 'DENEGAR' as const),
    }),
    { maxLength: 3 },
  ),
})

function viewerOf({ role, overrides, ...rest }: typeof anyone extends fc.Arbitrary<infer T> ? T : never): Viewer {
  const kind = role === 'USUARIO' ? ('CLIENTE' as const) : null
  return { ...rest, role, kind, name: '', email: '', locale: null, permissions: effectivePermissions(role, overrides) }
}

async function numbersOf(condition: Prisma.Sql): Promise<number[]> {
  const query = Prisma.sql`SELECT DISTINCT t.number FROM tickets t WHERE ${condition} ORDER BY 1`
  return (await db.pool.query({ text: query.text, values: query.values })).rows.map(({ number }) => number)
}

const numbersSeen = (viewer: Viewer, clauses = visibleTo(viewer)) =>
  tickets.filter(ticket => sees(clauses, ticket)).map(({ number }) => number)

it('agrees between the pure function, the condition, the branches and a list, for anyone', async () => {
  await fc.assert(
    fc.asyncProperty(anyone, async draft => {
      const viewer = viewerOf(draft)
      const clauses = visibleTo(viewer)
      const expected = numbersSeen(viewer)
      expect(await numbersOf(visibleSql(clauses))).toEqual(expected)
      expect(await numbersOf(Prisma.join([...branches(clauses), Prisma.sql`false`], ' OR '))).toEqual(expected)
      const narrowed = { clauses, statuses: Object.values(TicketStatus), filters: {} }
      const request = { ...narrowed, sort: sorts.recientes, zone: 'UTC', now: at }
      const { rows: listed } = await listTickets(db, request, { direction: 'forward', from: null })
      expect(listed.map(({ number }) => number)).toEqual(expected.toReversed().slice(0, 25))
    }),
    { numRuns: 60 },
  )
})

// The same once more by hand, from product.md, so that clause and test cannot be wrong together.
it.each([
  ['an Administrador sees everything', { id: ids.ana, role: 'ADMINISTRADOR' }, () => true],
  [
    'a Supervisor sees his areas, what he asked for and what he attended',
    { id: ids.marta, role: 'SUPERVISOR', areaIds: [areas.mantenimiento] },
    (ticket: TicketColumns) => ticket.areaId === areas.mantenimiento || ticket.attendantIds.includes(ids.marta),
  ],
  [
    'an Agente sees only what is his, his group’s, asked for by him or attended by him',
    { id: ids.luis, role: 'AGENTE', areaIds: [areas.sistemas], groupIds: [groups.redes] },
    (ticket: TicketColumns) =>
      ticket.assigneeId === ids.luis ||
      ticket.assigneeGroupId === groups.redes ||
      ticket.requesterId === ids.luis ||
      ticket.attendantIds.includes(ids.luis),
  ],
  [
    'a Usuario sees only his own',
    { id: ids.clara, role: 'USUARIO', areaIds: [areas.sistemas], groupIds: [groups.redes] },
    (ticket: TicketColumns) => ticket.requesterId === ids.clara,
  ],
] as const)('%s', (_what, draft, expected) => {
  const viewer = viewerOf({ areaIds: [], groupIds: [], overrides: [], ...draft } as never)
  const wanted = tickets.filter(expected).map(({ number }) => number)
  expect(wanted.length).toBeGreaterThan(0)
  expect(numbersSeen(viewer)).toEqual(wanted)
})

it('gives a Usuario no work, whatever groups and areas he is written into', () => {
  const draft = { id: ids.clara, role: 'USUARIO' as const, areaIds: [areas.sistemas], groupIds: [groups.redes] }
  expect(workOf(viewerOf({ ...draft, overrides: [] }))).toEqual([])
})
