import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Role, TicketStatus } from '../../src/generated/prisma/enums.ts'
import { effectivePermissions } from '../../src/permissions/catalog.ts'
import { actionOrder, actionsFor } from '../../src/tickets/actions-offered.ts'
import { can, type TicketFacts } from '../../src/tickets/policy.ts'
import type { Viewer } from '../../src/web/access.ts'

// What is offered is kept for tickets that are alike; it has to be what the verdicts say of each.

const ids = fc.constantFrom(1, 2, 3)
const facts: fc.Arbitrary<TicketFacts> = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  status: fc.constantFrom(...Object.values(TicketStatus)),
  areaId: ids,
  requesterId: ids,
  creatorId: ids,
  assigneeId: fc.option(ids),
  assigneeGroupId: fc.option(ids),
  untouched: fc.boolean(),
  withinReopening: fc.boolean(),
  confirmed: fc.boolean(),
  areaArchived: fc.boolean(),
  impeded: fc.boolean(),
})
const override = fc.record({
  permission: fc.constantFrom('tickets.ver_area', 'tickets.cancelar', 'tickets.iniciar', 'tickets.incidencias'),
  effect: fc.constantFrom('CONCEDER' as const, 'DENEGAR' as const),
})
const viewer: fc.Arbitrary<Viewer> = fc
  .tuple(fc.constantFrom(...Object.values(Role)), fc.subarray([1, 2, 3]), fc.subarray([1, 2, 3]), fc.array(override))
  .map(([role, areaIds, groupIds, overrides]) => ({
    ...{ id: 1, name: '', email: '', kind: null, locale: null },
    ...{ role, areaIds, groupIds, permissions: effectivePermissions(role, overrides) },
  }))

const flags = ['untouched', 'withinReopening', 'confirmed', 'areaArchived', 'impeded'] as const

/** A ticket, and all that differ from it in one thing. */
const neighbours = (ticket: TicketFacts): TicketFacts[] => [
  ticket,
  ...flags.map(flag => ({ ...ticket, [flag]: !ticket[flag] })),
  ...Object.values(TicketStatus).map(status => ({ ...ticket, status })),
  ...[1, 2, 3].flatMap(id => [
    { ...ticket, areaId: id },
    { ...ticket, requesterId: id },
  ]),
  ...[1, 2, null].flatMap(id => [
    { ...ticket, assigneeId: id },
    { ...ticket, assigneeGroupId: id },
  ]),
]

it('offers of each ticket what the verdicts allow, however alike it is to another', () => {
  const check = (viewer: Viewer, ticket: TicketFacts) => {
    const offered = actionsFor(viewer, { ...ticket, version: 7 })
    expect(offered.map(({ action }) => action)).toEqual(
      actionOrder.filter(action => can(viewer, action, ticket).allowed),
    )
    expect(offered.every(({ href, version }) => href.includes(`/${ticket.number}/`) && version === 7)).toBe(true)
  }
  fc.assert(
    fc.property(viewer, facts, (viewer, ticket) => {
      for (const each of neighbours(ticket)) check(viewer, each)
    }),
    { numRuns: 3000 },
  )
})
