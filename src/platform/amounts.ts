/** Amounts as console programs write them. */
const counts = new Intl.NumberFormat('es', { useGrouping: true, maximumFractionDigits: 0 })

/** A blank between the thousands, which no country reads as a decimal mark. */
export function formatCount(count: number): string {
  return counts.format(count).replaceAll('.', '\u00a0')
}

export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
