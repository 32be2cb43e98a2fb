const OPENS = 8
const CLOSES = 18

/** Seconds of work in a working day. */
export const workday = (CLOSES - OPENS) * 3600

/**
 * A moment of work, Monday to Friday from 8 to 18 in the time zone of the process.
 * @param seconds of working time before `now`; the last moment of work that is not after `now` for 0
 */
export function workedAgo(now: Date, seconds: number): Date {
  let left = seconds
  for (let daysAgo = 0; ; daysAgo++) {
    const opening = hourOf(now, daysAgo, OPENS)
    const closing = Math.min(hourOf(now, daysAgo, CLOSES), now.getTime())
    const open = isWorkingDay(new Date(opening)) ? Math.max(0, closing - opening) / 1000 : 0
    if (left < open) return new Date(closing - left * 1000)
    left -= open
  }
}

function hourOf(now: Date, daysAgo: number, hour: number): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo, hour).getTime()
}

function isWorkingDay(date: Date): boolean {
  return date.getDay() !== 0 && date.getDay() !== 6
}
