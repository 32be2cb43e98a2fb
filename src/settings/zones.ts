interface Choice {
  value: string
  label: string
}

const CONTINENTS: Record<string, string> = {
  America: 'América',
  Europe: 'Europa',
  Africa: 'África',
  Asia: 'Asia',
  Atlantic: 'Atlántico',
  Pacific: 'Pacífico',
  Indian: 'Índico',
  Australia: 'Australia',
  Arctic: 'Ártico',
  Antarctica: 'Antártida',
}

const UTC = { value: 'UTC', label: 'UTC (tiempo universal)' }

let known: { label: string; options: Choice[] }[] | undefined

/** The time zones to choose from, by continent; made once, for naming them all takes a moment. */
export function zoneChoices(): { label: string; options: Choice[] }[] {
  known ??= [
    ...Object.entries(CONTINENTS).map(([prefix, label]) => ({
      label,
      options: Intl.supportedValuesOf('timeZone')
        .filter(zone => zone.startsWith(`${prefix}/`))
        .map(zone => ({ value: zone, label: `${zone} (${spanishName(zone)})` })),
    })),
    { label: 'Otras', options: [UTC] },
  ]
  return known
}

/** Whether a zone is one of those. */
export const isKnownZone = (zone: string): boolean =>
  zoneChoices().some(({ options }) => options.some(({ value }) => value === zone))

/** "hora estándar de Argentina" */
function spanishName(zone: string): string {
  const parts = new Intl.DateTimeFormat('es', { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}
