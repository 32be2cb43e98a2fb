const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?)?\s*(?:Z|([+-])(\d\d):?(\d\d))?$/i

/** Two digits may be one in the file: "3/4/2024" is read by "dd/MM/yyyy". */
const tokens: Record<string, [name: keyof Civil, pattern: string]> = {
  yyyy: ['year', '(\\d{4})'],
  MM: ['month', '(\\d{1,2})'],
  M: ['month', '(\\d{1,2})'],
  dd: ['day', '(\\d{1,2})'],
  d: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{1,2})'],
  H: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{1,2})'],
  ss: ['second', '(\\d{1,2})'],
}
const tokenPattern = /yyyy|MM?|dd?|HH?|mm|ss/g

interface Civil {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

/** Whether a date format of the mapping can be read: "iso", or a pattern that names year, month and day once. */
export function isDateFormat(format: string): boolean {
  if (format === 'iso') return true
  const names = (format.match(tokenPattern) ?? []).map(token => tokens[token]?.[0])
  const dateComplete = ['year', 'month', 'day'].every(name => names.includes(name as keyof Civil))
  return dateComplete && new Set(names).size === names.length && !/\p{L}/u.test(format.replace(tokenPattern, ''))
}

/**
 * Reads dates in the first of the formats that fits; null when none does or the day does not exist.
 * @param timeZone IANA name that applies where the text carries no offset. An hour that the change to summer time skips
 *   is read as the one after it; one that occurs twice as the first.
 */
export function dateReader(formats: readonly string[], timeZone: string): (text: string) => Date | null {
  const readers = formats.map(format => (format === 'iso' ? readIso : patternReader(format)))
  const toInstant = civilToInstant(timeZone)
  return text => {
    for (const read of readers) {
      const found = read(text.trim())
      if (found !== null && exists(found.civil)) {
        return found.offset === null ? toInstant(found.civil) : new Date(asUtc(found.civil) - found.offset)
      }
    }
    return null
  }
}

/** Offset in milliseconds, null when the text has none. */
type Found = { civil: Civil; offset: number | null }

function readIso(text: string): Found | null {
  const match = isoPattern.exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(part => Number(part ?? 0))
  const millisecond = Number((match[7] ?? '0').padEnd(3, '0'))
  const civil = { year, month, day, hour, minute, second, millisecond }
  if (/z$/i.test(text)) return { civil, offset: 0 }
  if (match[8] === undefined) return { civil, offset: null }
  const minutes = Number(match[9]) * 60 + Number(match[10])
  return { civil, offset: (match[8] === '-' ? -minutes : minutes) * 60_000 }
}

function patternReader(format: string): (text: string) => Found | null {
  const names = (format.match(tokenPattern) ?? []).map(token => tokens[token]?.[0])
  const source = format
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(tokenPattern, token => tokens[token]?.[1] ?? token)
  const pattern = new RegExp(`^${source}$`)
  return text => {
    const match = pattern.exec(text)
    if (match === null) return null
    const civil: Civil = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, millisecond: 0 }
    for (const [at, name] of names.entries()) if (name !== undefined) civil[name] = Number(match[at + 1])
    return { civil, offset: null }
  }
}

function asUtc(civil: Civil): number {
  return Date.UTC(civil.year, civil.month - 1, civil.day, civil.hour, civil.minute, civil.second, civil.millisecond)
}

// Date.UTC rolls the 31st of April over to the 1st of May; and years before 1900 are a wrong column, not a date.
function exists(civil: Civil): boolean {
  const date = new Date(asUtc(civil))
  const sameDay = date.getUTCMonth() === civil.month - 1 && date.getUTCDate() === civil.day
  return sameDay && civil.year >= 1900 && civil.hour < 24 && civil.minute < 60 && civil.second < 60
}

function civilToInstant(timeZone: string): (civil: Civil) => Date {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetAt = (instant: number) => {
    const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
  return civil => {
    const wall = asUtc(civil)
    const before = wall - offsetAt(wall - 86_400_000)
    const after = wall - offsetAt(wall + 86_400_000)
    // On the day of a change both candidates may be right (the hour occurs twice) or none (it is skipped).
    const fits = [before, after].find(instant => instant + offsetAt(instant) === wall)
    return new Date(fits ?? before)
  }
}
