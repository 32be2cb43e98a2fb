import { formatDateTime, formatNumber, LOCALE, type Region } from './format.ts'

/** Ways of writing dates and numbers in Spanish that somebody may choose (BCP 47). */
export const locales = [
  'es-AR',
  'es-BO',
  'es-CL',
  'es-CO',
  'es-CR',
  'es-CU',
  'es-DO',
  'es-EC',
  'es-ES',
  'es-GQ',
  'es-GT',
  'es-HN',
  'es-MX',
  'es-NI',
  'es-PA',
  'es-PE',
  'es-PR',
  'es-PY',
  'es-SV',
  'es-US',
  'es-UY',
  'es-VE',
] as const

interface Option {
  value: string
  label: string
}

const NUMBER = 12_345.6

/** The choices by the name of their country, each with how it writes a date and a number. */
export function localeOptions(date: Date, zone: Region['zone']): Option[] {
  const countries = new Intl.DisplayNames('es', { type: 'region' })
  const options = locales.map(locale => optionOf(locale, countries.of(locale.slice(-2)) ?? locale, date, zone))
  return options.sort((one, other) => one.label.localeCompare(other.label, 'es'))
}

/** The choice of no country. */
export const neutralOption = (date: Date, zone: Region['zone']): Option =>
  optionOf(LOCALE, 'Español internacional', date, zone)

const optionOf = (locale: string, name: string, date: Date, zone: Region['zone']): Option => ({
  value: locale,
  label: `${name}: ${formatDateTime(date, { locale, zone })} · ${formatNumber(NUMBER, locale)}`,
})
