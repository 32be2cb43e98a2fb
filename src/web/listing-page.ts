import { z } from 'zod'
import type { FilterForm, FilterSelect } from './filter-form.ts'
import type { Moment } from './format.ts'

/** A list of the administration: a page of its own (views/listing/index.ejs). */
export interface ListingPage extends ListingTable {
  title: string
  /** Under the title; '' when the title says it all. */
  lead: string
  /** Where one comes from, for a list below another page. */
  above?: { label: string; href: string }
  /** At the right of the title, such as "Nueva área". */
  actions: { label: string; href: string; icon?: string; primary?: boolean }[]
}

/** Filters, a table that becomes cards on phones, keyset pages (views/listing/_table.ejs), also as a part of a page. */
export interface ListingTable {
  filters: FilterForm | null
  /** What the rows are and in which order, for whoever does not see where they stand. */
  caption: string
  /** Headings of the columns; the first is that of the rows' own links. */
  columns: string[]
  rows: ListingRow[]
  /** A form that downloads the whole list, with what narrows it. */
  download?: { label: string; note: string; action: string; fields: { name: string; value: string }[] }
  pager: { previous: string | null; next: string | null }
  empty: { icon: string; title: string; text: string; action?: { label: string; href: string } }
}

export interface ListingRow {
  title: string
  /** The page of what the row is about; null where it has none. */
  href: string | null
  /** In muted letters below the title; '' for none. */
  note: string
  /** One for each of the other columns. */
  cells: ListingCell[]
}

export type ListingCell =
  /** `whole` is never broken over lines. */
  | { kind: 'text'; text: string; whole?: boolean }
  | { kind: 'badge'; text: string; tone: 'positive' | 'neutral' | 'negative' }
  | { kind: 'moment'; moment: Moment }

/** The query parameter of a list that shows what is archived too; '' is everything. */
export const stateQuery = z.enum(['', 'vigentes', 'archivados']).default('').catch('')

export type StateFilter = z.infer<typeof stateQuery>

/** Whether rows must be active; null for both. */
export const isActive = (state: StateFilter): boolean | null => (state === '' ? null : state === 'vigentes')

/** The ending of the words that say what is in use and what is archived: áreas or grupos. */
type Ending = 'a' | 'o'

export const stateSelect = (value: StateFilter, ending: Ending): FilterSelect => ({
  name: 'estado',
  label: 'Estado',
  value,
  all: `Tod${ending}s`,
  options: [
    { value: 'vigentes', label: `Activ${ending}s` },
    { value: 'archivados', label: `Archivad${ending}s` },
  ],
})

export const stateCell = (active: boolean, ending: Ending): ListingCell =>
  active
    ? { kind: 'badge', text: `Activ${ending}`, tone: 'positive' }
    : { kind: 'badge', text: `Archivad${ending}`, tone: 'neutral' }

/** What stands where rows would be when filters leave none. */
export const nothingMatches = (text: string, { clearHref }: FilterForm): ListingTable['empty'] => ({
  icon: 'filter-off',
  title: 'Nada coincide',
  text,
  action: { label: 'Quitar los filtros', href: clearHref },
})

export const textCell = (text: string): ListingCell => ({ kind: 'text', text })

declare module './page.ts' {
  interface ViewModels {
    'listing/index': ListingPage
  }
}
