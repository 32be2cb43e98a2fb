import { formatDate, LOCALE } from './format.ts'
import { withQuery } from './listing.ts'

export interface Choice {
  value: string
  label: string
  /** Only says something. */
  disabled?: boolean
}

/** A choice of the filter row; some options stand under headings. */
export interface FilterSelect {
  name: string
  label: string
  /** What is chosen; '' for no filter. */
  value: string
  /** What '' is called. */
  all: string
  options: (Choice | { label: string; options: Choice[] })[]
}

/** A text or a day (YYYY-MM-DD) that a list is narrowed to; '' for no filter. */
interface FilterInput {
  name: string
  label: string
  value: string
}

/** The filter row of a list, see views/partials/_filters.ejs. */
export interface FilterForm {
  action: string
  /** Parameters that filtering keeps. */
  kept: { name: string; value: string }[]
  search: FilterInput | null
  texts?: FilterInput[]
  selects: FilterSelect[]
  days: FilterInput[]
  /** Active filters, each with the way to remove it. */
  chips: { label: string; removeHref: string }[]
  clearHref: string
}

interface FilterFields {
  search?: FilterInput
  texts?: FilterInput[]
  selects?: FilterSelect[]
  /** With the locale in which chosen days are told. */
  days?: { locale: string; fields: FilterInput[] }
}

/** @param kept what the filters leave as it is, such as the tab */
export function filterForm(
  path: string,
  kept: Record<string, string>,
  { search, texts = [], selects = [], days: dated = { locale: LOCALE, fields: [] } }: FilterFields,
): FilterForm {
  const { locale, fields: days } = dated
  const typed = [...(search ? [search] : []), ...texts]
  const fields = [...typed, ...selects, ...days]
  const parameters = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
  const chips = [
    ...typed.flatMap(({ name, label, value }) => (value ? [{ name, label: `${label}: ${value}` }] : [])),
    ...selects.flatMap(select => (select.value ? [{ name: select.name, label: spokenChoice(select) }] : [])),
    ...days.flatMap(day =>
      day.value ? [{ name: day.name, label: `${day.label} ${spokenDay(day.value, locale)}` }] : [],
    ),
  ].map(({ name, label }) => ({ label, removeHref: withQuery(path, { ...kept, ...parameters, [name]: undefined }) }))
  return {
    action: path,
    kept: Object.entries(kept).map(([name, value]) => ({ name, value })),
    search: search ?? null,
    texts,
    selects,
    days,
    chips,
    clearHref: withQuery(path, kept),
  }
}

function spokenChoice({ label, value, options }: FilterSelect): string {
  const choices = options.flatMap(option => ('options' in option ? option.options : [option]))
  return `${label}: ${choices.find(choice => choice.value === value)?.label ?? 'no disponible'}`
}

const spokenDay = (day: string, locale: string) => formatDate(new Date(`${day}T12:00:00Z`), { locale, zone: 'UTC' })
