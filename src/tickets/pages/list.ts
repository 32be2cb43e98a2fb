import { z } from 'zod'
import type { FilterForm } from '../../web/filter-form.ts'
import { cursorQuery, pageRequestIn, pagerLinks, type Slice } from '../../web/listing.ts'
import type { ListingTable } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { ticketFilterForm } from '../filter-form.ts'
import type { FilterOptions } from '../filter-options.ts'
import { statusTabLabels } from '../labels.ts'
import { placesIn, sorts } from '../list-order.ts'
import {
  type Chosen,
  chosenIn,
  chosenParameters,
  listFields,
  listRequest,
  type OrderChoice,
  orderChoices,
  type TicketListing,
} from '../lists.ts'
import { type TicketRow, ticketRow } from '../models.ts'
import { type ListRow, listTickets } from '../queries.ts'
import type { Notice, TicketDependencies } from './dependencies.ts'

export interface Tab {
  label: string
  count: string
  href: string
  current: boolean
}

/** What stands where rows would be. */
export interface EmptyState {
  icon: string
  title: string
  text: string
  action: { label: string; href: string } | null
}

export interface TicketList {
  title: string
  /** Under the title; '' when the title says it all. */
  lead: string
  /** On the page where a person begins; none elsewhere. */
  notices: Notice[]
  tabs: Tab[]
  filters: FilterForm
  orders: OrderChoice[]
  rows: TicketRow[]
  /** What the rows are and in which order, for whoever does not see where they stand. */
  caption: string
  /** What the time in each row is. */
  ageHeading: string
  /** Mis tickets and Asignados show the state in each row; the tabs of Tickets already say it. */
  showStatus: boolean
  showRequester: boolean
  download: NonNullable<ListingTable['download']>
  pager: { previous: string | null; next: string | null }
  empty: EmptyState
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/index': TicketList
  }
}

export const listQuery = z.object({ ...listFields, ...cursorQuery })
export type ListCall = Call<unknown, z.infer<typeof listQuery>>

/** A page of a list, with what was chosen of it. */
export interface ReadList {
  chosen: Chosen
  found: Slice<ListRow>
}

export async function readList(
  { db, clock }: TicketDependencies,
  { viewer, region, query }: ListCall,
  listing: TicketListing,
): Promise<ReadList> {
  const chosen = chosenIn(listing, query)
  const request = listRequest(listing, viewer, chosen, { zone: region.zone, now: clock.now() })
  return { chosen, found: await listTickets(db, request, pageRequestIn(placesIn(request.sort), query)) }
}

/** What is particular to one of the lists. */
export interface About extends Pick<TicketList, 'title' | 'lead' | 'empty'> {
  /** What the tickets are, which is followed by their order: "Sus tickets". */
  spoken: string
  options: FilterOptions | null
  /** Mis tickets, where the person is the requester. */
  mine?: boolean
  notices?: Notice[]
  tabs?: Tab[]
}

export function showList(
  { clock }: TicketDependencies,
  { viewer, region, res }: ListCall,
  listing: TicketListing,
  { chosen, found }: ReadList,
  { spoken, options, mine = false, notices = [], tabs = [], empty, ...texts }: About,
) {
  const sort = sorts[chosen.order]
  const parameters = chosenParameters(listing, chosen)
  const filters = ticketFilterForm(listing, chosen, options, region.locale)
  const present = { now: clock.now(), ...region }
  page(res, 'tickets/index', {
    ...texts,
    notices,
    tabs,
    filters,
    orders: orderChoices(listing, chosen),
    rows: found.rows.map(row => ticketRow(row, viewer, present, mine)),
    caption: `${spoken}, ${sort.spoken}`,
    ageHeading: sort.heading,
    showStatus: !listing.tabbed,
    showRequester: !mine,
    download: downloadOf(listing, parameters),
    pager: pagerLinks(placesIn(sort), found, listing.path, parameters),
    empty: filters.chips.length > 0 ? nothingLeft(listing, chosen, filters) : empty,
  })
}

const downloadOf = ({ exportPath }: TicketListing, parameters: Record<string, string | undefined>) => ({
  label: 'Descargar CSV',
  note: 'Todos los tickets de esta lista, con sus filtros y en su orden, no solo los de esta página.',
  action: exportPath,
  fields: Object.entries(parameters).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
})

function nothingLeft({ tabbed }: TicketListing, { status }: Chosen, { clearHref }: FilterForm): EmptyState {
  const tab = tabbed && status ? `${statusTabLabels[status].toLowerCase()} ` : ''
  return {
    icon: 'filter-off',
    title: 'Nada coincide',
    text: `No hay tickets ${tab}con estos filtros.`,
    action: { label: 'Quitar los filtros', href: clearHref },
  }
}
