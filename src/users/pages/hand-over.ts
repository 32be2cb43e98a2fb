import type { Database } from '../../platform/db.ts'
import { areaField, listOpenTicketsOf, type OpenTicketsOfArea, ticketField } from '../../tickets/hand-over.ts'
import { statusModel } from '../../tickets/models.ts'
import { ownerChoices } from '../../tickets/owners.ts'
import { paths as tickets } from '../../tickets/paths.ts'
import { plural } from '../../web/format.ts'

/** The open tickets of somebody who leaves, area by area, with the choice of where they go (views/users/_hand-over.ejs). */
export interface HandOverModel {
  areas: {
    name: string
    /** "3 tickets abiertos" */
    count: string
    field: string
    value: string
    owners: ReturnType<typeof ownerChoices>
    tickets: {
      title: string
      href: string
      status: ReturnType<typeof statusModel>
      field: string
      value: string
    }[]
    /** Whether one of the tickets was chosen for, or is to be corrected. */
    open: boolean
    /** What becomes of those that are not listed; '' when all are. */
    more: string
  }[]
}

/**
 * @param areaIds the areas that he leaves; null for all
 * @param typed the form as it was sent
 * @returns null when there is nothing to hand over
 */
export async function handOverModel(
  db: Database,
  personId: number,
  areaIds: readonly number[] | null,
  typed: Record<string, string>,
): Promise<HandOverModel | null> {
  const areas = await listOpenTicketsOf(db, personId, areaIds)
  return areas.length === 0 ? null : { areas: areas.map(area => areaModel(area, typed)) }
}

function areaModel({ id, area, total, tickets: listed, owners }: OpenTicketsOfArea, typed: Record<string, string>) {
  const unlisted = total - listed.length
  const rows = listed.map(({ number, subject, status }) => ({
    title: `#${number} ${subject}`,
    href: tickets.ticket(number),
    status: statusModel(status),
    field: ticketField(number),
    value: typed[ticketField(number)] ?? '',
  }))
  return {
    name: area,
    count: plural(total, 'ticket abierto', 'tickets abiertos'),
    field: areaField(id),
    value: typed[areaField(id)] ?? '',
    owners: ownerChoices(owners),
    tickets: rows,
    open: rows.some(({ value }) => value !== ''),
    more: unlisted > 0 ? `Los otros ${unlisted} van a donde elija para todos.` : '',
  }
}
