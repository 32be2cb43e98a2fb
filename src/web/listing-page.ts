import type { FilterForm } from './filter-form.ts'
import type { Moment } from './format.ts'

/** A list of the administration: filters, a table that becomes cards on phones, keyset pages (views/listing/index.ejs). */
export interface ListingPage {
  title: string
  /** Under the title; '' when the title says it all. */
  lead: string
  /** Where one comes from, for a list below another page. */
  above?: { label: string; href: string }
  /** At the right of the title, such as "Nueva área". */
  actions: { label: string; href: string; icon?: string; primary?: boolean }[]
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

export const textCell = (text: string): ListingCell => ({ kind: 'text', text })

declare module './page.ts' {
  interface ViewModels {
    'listing/index': ListingPage
  }
}
