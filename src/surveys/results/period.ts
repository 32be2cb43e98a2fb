// Months as YYYY-MM, in the organisation's zone.

const MONTH_NAMES = new Intl.DateTimeFormat('es', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const SHORT_NAMES = new Intl.DateTimeFormat('es', { month: 'short', year: 'numeric', timeZone: 'UTC' })

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
export const spokenMonth = (month: string) => MONTH_NAMES.format(dateOf(month))

/** "mar 2026" */
export const shortMonth = (month: string) => SHORT_NAMES.format(dateOf(month))

export const previousMonth = (month: string) => shifted(month, -1)

function shifted(month: string, by: 1 | -1): string {
  const moved = dateOf(month)
  moved.setUTCMonth(moved.getUTCMonth() + by)
  return moved.toISOString().slice(0, 7)
}

const dateOf = (month: string) => new Date(`${month}-01T00:00:00Z`)
