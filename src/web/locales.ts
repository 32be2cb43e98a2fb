import { formatDateTime, type Region } from './format.ts'

/** Ways of writing dates in Spanish that somebody may choose (BCP 47). */
export const locales = [
  'es-AR',
  'es-BO',
  'es-CL',
  'es-CO',
  'es-CR',
  'es-DO',
  'es-EC',
  'es-ES',
  'es-GT',
  'es-MX',
  'es-PE',
  'es-US',
  'es-UY',
  'es-VE',
] as const

/** The choices by the name of their country, each with how it writes a date. */
export function localeOptions(date: Date, zone: Region['zone']): { value: string; label: string }[] {
  const countries = new Intl.DisplayNames('es', { type: 'region' })
  const options = locales.map(locale => ({
    value: locale,
    label: `${countries.of(locale.slice(-2))}: ${formatDateTime(date, { locale, zone })}`,
  }))
  return options.sort((one, other) => one.label.localeCompare(other.label, 'es'))
}
