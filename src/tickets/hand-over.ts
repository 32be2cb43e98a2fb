import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { TicketStatus } from '../generated/prisma/enums.ts'
import { type Database, select } from '../platform/db.ts'
import type { Owner } from './actions/step.ts'
import { parseOwner } from './filters.ts'
import { listOwners } from './owners.ts'

// Somebody who leaves, or an area that he leaves, hands his open tickets over: in the same form, area by area or one by one.

/** No more than this many are offered one by one in each area; the others go where the area's go. */
const MOST_LISTED = 50

/** A new owner, and the field in which he was chosen. */
export interface Destination {
  owner: Owner
  field: string
}

/** Where tickets go: all of an area by its id, single ones by their number. */
export interface Destinations {
  areas: ReadonlyMap<number, Destination>
  tickets: ReadonlyMap<number, Destination>
}

/** Names of the fields of the form, for an area and for a ticket. */
export const areaField = (areaId: number) => `destino-${areaId}`
export const ticketField = (number: number) => `ticket-${number}`

const FIELD = /^(destino|ticket)-([1-9]\d{0,8})$/
export const isDestinationField = (name: string) => FIELD.test(name)

/** Reads the fields; those left empty choose nothing. What names nobody is an owner that no ticket may have. */
export const destinations = z.record(z.string(), z.unknown()).transform((fields): Destinations => {
  const areas = new Map<number, Destination>()
  const tickets = new Map<number, Destination>()
  for (const [name, value] of Object.entries(fields)) {
    const [, of, id] = FIELD.exec(name) ?? []
    if (value !== '')
      (of === 'destino' ? areas : tickets).set(Number(id), { owner: ownerOf(String(value)), field: name })
  }
  return { areas, tickets }
})

function ownerOf(value: string): Owner {
  const chosen = parseOwner(value)
  if (chosen === undefined || chosen === 'nobody') return { assigneeId: null, assigneeGroupId: null }
  return 'person' in chosen
    ? { assigneeId: chosen.person, assigneeGroupId: null }
    : { assigneeId: null, assigneeGroupId: chosen.group }
}

const openTicket = z.object({
  number: z.number(),
  subject: z.string(),
  status: z.enum(TicketStatus),
  areaId: z.number(),
  area: z.string(),
  total: z.number(),
})

export interface OpenTicketsOfArea {
  id: number
  area: string
  /** All there are; the first of them are listed. */
  total: number
  tickets: { number: number; subject: string; status: TicketStatus }[]
  owners: Awaited<ReturnType<typeof listOwners>>
}

/**
 * The open tickets that somebody is responsible for, by area, with those who could take them.
 * @param areaIds the areas that he leaves; null for all
 */
export async function listOpenTicketsOf(
  db: Database,
  personId: number,
  areaIds: readonly number[] | null,
): Promise<OpenTicketsOfArea[]> {
  const rows = await select(
    db,
    Prisma.sql`SELECT * FROM (
      SELECT t.number, t.subject, t.status, t.area_id AS "areaId", a.name AS area,
        count(*) OVER (PARTITION BY t.area_id)::int AS total,
        row_number() OVER (PARTITION BY t.area_id ORDER BY t.number) AS place
      FROM tickets t JOIN areas a ON a.id = t.area_id
      WHERE t.assignee_id = ${personId} AND t.status IN ('ASIGNADO', 'EN_PROCESO') AND ${ofAreas(areaIds)}
    ) open WHERE place <= ${MOST_LISTED} ORDER BY area, number`,
  )
  const tickets = z.array(openTicket).parse(rows)
  const areas = [...new Set(tickets.map(({ areaId }) => areaId))]
  return Promise.all(areas.map(id => withOwners(db, personId, id, tickets)))
}

async function withOwners(
  db: Database,
  personId: number,
  id: number,
  open: z.infer<typeof openTicket>[],
): Promise<OpenTicketsOfArea> {
  const tickets = open.filter(({ areaId }) => areaId === id)
  const { people, groups } = await listOwners(db, id)
  const others = people.filter(person => person.id !== personId)
  const { area = '', total = 0 } = tickets[0] ?? {}
  return { id, area, total, tickets, owners: { people: others, groups } }
}

/** The condition on `tickets t`. */
export const ofAreas = (areaIds: readonly number[] | null) =>
  areaIds === null ? Prisma.sql`true` : Prisma.sql`t.area_id = ANY(${[...areaIds]}::int[])`
