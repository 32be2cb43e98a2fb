import type { Chance, Turns } from './chance.ts'
import { customerService } from './content-customer-service.ts'
import { humanResources } from './content-human-resources.ts'
import { itDevices } from './content-it-devices.ts'
import { itRequests } from './content-it-requests.ts'
import { itSoftware } from './content-it-software.ts'
import { maintenanceBuilding } from './content-maintenance-building.ts'
import { maintenanceWorks } from './content-maintenance-works.ts'
import { purchasing } from './content-purchasing.ts'
import { slots } from './content-slots.ts'
import type { Stories, Story } from './story.ts'

/** Every story there is, by area. */
export const stories: Readonly<Record<string, Stories>> = {
  Sistemas: { ...itDevices, ...itSoftware, ...itRequests },
  Mantenimiento: { ...maintenanceBuilding, ...maintenanceWorks },
  'Recursos Humanos': humanResources,
  Compras: purchasing,
  'Servicio al Cliente': customerService,
}

export type StoryOfCategory = Story & { category: string }

/** An area's stories in the order in which they are told; those that can be told with other words come a second time. */
export function deckOf(area: string, chance: Chance): StoryOfCategory[] {
  const all = Object.entries(stories[area] ?? {}).flatMap(([category, list]) =>
    list.map(story => ({ ...story, category })),
  )
  const deck = chance.shuffled(all)
  return [...deck, ...deck.filter(({ subject }) => subject.includes('{'))]
}

/** Fills what a story leaves open, the same in all of its texts. */
export function tell<T extends Story>(story: T, next: Turns, chance: Chance): T {
  const values = new Map<string, string>()
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const value = values.get(slot) ?? fillerOf(slot, next, chance)
      values.set(slot, value)
      return value
    })
  return {
    ...story,
    subject: fill(story.subject),
    description: fill(story.description),
    resolution: fill(story.resolution),
  }
}

function fillerOf(slot: string, next: Turns, chance: Chance): string {
  if (slot === 'folio') return String(Math.floor(chance.between(21_000, 49_000)))
  if (slot === 'equipo') return `EQ-${Math.floor(chance.between(1100, 1999))}`
  return next(`slot ${slot}`, slots[slot as keyof typeof slots] ?? [])
}
