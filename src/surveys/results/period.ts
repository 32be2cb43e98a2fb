// Months as YYYY-MM, in the organisation's zone.

/** The month in which a moment lies. @param zone IANA */
export function monthOf(moment: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(
    moment,
  )
  const part = (type: string) => parts.find(each => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}`
}

/** Every month from one to another, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last; month = shifted(month, 1)) months.push(month)
  return months
}

/** "marzo de 2026" */
export const spokenMonth = (month: string, locale: string) => monthNames('long', locale).format(dateOf(month))

/** "mar 2026" */
export const shortMonth = (month: string, locale: string) => monthNames('short', locale).format(dateOf(month))

export const previousMonth = (month: string) => shifted(month, -1)

function shifted(month: string, by: 1 | -1): string {
  const moved = dateOf(month)
  moved.setUTCMonth(moved.getUTCMonth() + by)
  return moved.toISOString().slice(0, 7)
}

const dateOf = (month: string) => new Date(`${month}-01T00:00:00Z`)

const names = new Map<string, Intl.DateTimeFormat>()

function monthNames(month: 'long' | 'short', locale: string): Intl.DateTimeFormat {
  const key = `${month} ${locale}`
  const kept = names.get(key) ?? new Intl.DateTimeFormat(locale, { month, year: 'numeric', timeZone: 'UTC' })
  names.set(key, kept)
  return kept
}
