/** Everything a page shows of a point in time: for machines, in full, and in the words of a person. */
export interface Moment {
  /** ISO 8601, UTC */
  iso: string
  /** "5 de marzo de 2026, 14:30" */
  exact: string
  /** "hace 3 días" */
  relative: string
}

const LOCALE = 'es'

/** "5 mar 2026, 14:30", in an IANA time zone. */
export const formatDateTime = (date: Date, zone: string) => formatter('dateTime', zone).format(date)

/** "5 mar 2026", in an IANA time zone. */
export const formatDate = (date: Date, zone: string) => formatter('date', zone).format(date)

/** "2026-03-05": the day that a moment falls on in an IANA time zone. */
export const isoDay = (date: Date, zone: string) =>
  new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone }).format(date)

/** @param zone IANA time zone of the exact date */
export function relativeTime(date: Date, now: Date, zone: string): Moment {
  return {
    iso: date.toISOString(),
    exact: `${formatter('longDate', zone).format(date)}, ${formatter('time', zone).format(date)}`,
    relative: distance((now.getTime() - date.getTime()) / 1000),
  }
}

/** Up to two capitals, of the first and the last word: "María del Carmen Pérez" -> "MP". */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][^\s]*/gu) ?? []
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen.map(word => [...(word ?? '')][0]?.toLocaleUpperCase(LOCALE)).join('') || '?'
}

/** "1 ticket", "12.000 tickets" */
export const plural = (count: number, one: string, many: string) => `${formatNumber(count)} ${count === 1 ? one : many}`

/** A count that was not followed beyond its limit: "1000+" when there are more. */
export const boundedCount = (count: number, limit: number) => (count > limit ? `${limit}+` : String(count))

const numbers = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 })

/** "1234", "12.345,5": Spanish leaves numbers of four digits whole. */
export const formatNumber = (value: number) => numbers.format(value)

const UNITS = ['bytes', 'KB', 'MB', 'GB']

/** "1,5 MB": a size in bytes, where 1 KB is 1024 of them. */
export function formatSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** power
  return `${formatNumber(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${UNITS[power]}`
}

const STYLES = {
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  date: { dateStyle: 'medium' },
  longDate: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than using it a hundred times, so each is kept. */
function formatter(style: keyof typeof STYLES, zone: string): Intl.DateTimeFormat {
  const key = `${style} ${zone}`
  const kept = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...STYLES[style], timeZone: zone })
  formatters.set(key, kept)
  return kept
}

const relative = new Intl.RelativeTimeFormat(LOCALE)
const MINUTE = 60
const DAY = 24 * 60 * MINUTE
const SIZES: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
]

/** @param seconds since the moment; negative when it is still to come */
function distance(seconds: number): string {
  const [unit, size] = SIZES.find(([, length]) => Math.abs(seconds) >= length) ?? []
  if (!unit || !size) return seconds < 0 ? 'dentro de un momento' : 'hace un momento'
  return relative.format(-Math.trunc(seconds / size), unit)
}
