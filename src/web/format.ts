import { remembered } from '../platform/remembered.ts'

/** Everything a page shows of a point in time: for machines, in full, and in the words of a person. */
export interface Moment {
  /** ISO 8601, UTC */
  iso: string
  /** "5 de marzo de 2026, 14:30" */
  exact: string
  /** "hace 3 días" */
  relative: string
}

/** Where a date is read: it is written as people do there, and days begin when they do there. */
export interface Region {
  /** BCP 47 tag, one of Spanish */
  locale: string
  /** IANA time zone */
  zone: string
}

/** Where neither the person nor the organisation chose, or nobody's choice is at hand. */
export const LOCALE = 'es'

/** "5 mar 2026, 14:30" */
export const formatDateTime = (date: Date, region: Region) => formatter('dateTime', region).format(date)

/** "5 mar 2026" */
export const formatDate = (date: Date, region: Region) => formatter('date', region).format(date)

/** "2026-03-05": the day that a moment falls on in an IANA time zone. */
export const isoDay = (date: Date, zone: string) =>
  new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone }).format(date)

export function relativeTime(date: Date, now: Date, region: Region): Moment {
  const seconds = (now.getTime() - date.getTime()) / 1000
  return { iso: date.toISOString(), exact: exactTime(date, region), relative: distance(seconds) }
}

const MINUTE_MS = 60_000

/** Regions and minutes of each that are kept as written. */
const MOST_REGIONS = 50
const MOST_MINUTES = 2000

/** Writing a date costs more than all else in a row of a list, and the same tickets are shown again and again. */
const exactTime = (date: Date, { locale, zone }: Region): string =>
  minutesIn(`${locale} ${zone}`)(Math.floor(date.getTime() / MINUTE_MS))

const minutesIn = remembered(MOST_REGIONS, (place: string) => {
  const [locale = LOCALE, zone = 'UTC'] = place.split(' ')
  const region = { locale, zone }
  return remembered(MOST_MINUTES, (minute: number) => {
    const date = new Date(minute * MINUTE_MS)
    return `${formatter('longDate', region).format(date)}, ${formatter('time', region).format(date)}`
  })
})

/** Up to two capitals, of the first and the last word: "María del Carmen Pérez" -> "MP". */
export const initials = remembered(2000, (name: string) => {
  const words = name.match(/[\p{L}\p{N}][^\s]*/gu) ?? []
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen.map(word => [...(word ?? '')][0]?.toLocaleUpperCase(LOCALE)).join('') || '?'
})

/** "1 ticket", "12.000 tickets" */
export const plural = (count: number, one: string, many: string, locale = LOCALE) =>
  `${formatNumber(count, locale)} ${count === 1 ? one : many}`

/** A count that was not followed beyond its limit: "1000+" when there are more. */
export const boundedCount = (count: number, limit: number, locale = LOCALE) =>
  count > limit ? `${formatNumber(limit, locale)}+` : formatNumber(count, locale)

const numbers = new Map<string, Intl.NumberFormat>()

/** "12.345,5", or "12,345.5" in Mexico; numbers of four digits stay whole in Spain and without a country. */
export function formatNumber(value: number, locale = LOCALE): string {
  const kept = numbers.get(locale) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  numbers.set(locale, kept)
  return kept.format(value)
}

const list = new Intl.ListFormat(LOCALE)

/** "imágenes, PDF y video" */
export const listOf = (words: readonly string[]) => list.format(words)

const UNITS = ['bytes', 'KB', 'MB', 'GB']

/** "1,5 MB": a size in bytes, where 1 KB is 1024 of them. */
export function formatSize(bytes: number, locale = LOCALE): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** power
  return `${formatNumber(value < 10 ? Math.round(value * 10) / 10 : Math.round(value), locale)} ${UNITS[power]}`
}

const STYLES = {
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  date: { dateStyle: 'medium' },
  longDate: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than using it a hundred times, so each is kept. */
function formatter(style: keyof typeof STYLES, { locale, zone }: Region): Intl.DateTimeFormat {
  const key = `${style} ${locale} ${zone}`
  const kept = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: zone })
  formatters.set(key, kept)
  return kept
}

const relative = new Intl.RelativeTimeFormat(LOCALE)

/** "-3 day" -> "hace 3 días"; there are few of them. */
const inUnits = remembered(500, (text: string) => {
  const [amount, unit] = text.split(' ')
  return relative.format(Number(amount), unit as Intl.RelativeTimeFormatUnit)
})

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
  return inUnits(`${-Math.trunc(seconds / size)} ${unit}`)
}
