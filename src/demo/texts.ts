import type { Chance } from './chance.ts'
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

/** A story of an area, and which of the words that fit its slots are taken. */
export interface Card extends Story {
  category: string
  words: number
}

/** An area's stories in the order in which they are told; those that can be told with other words come a second time. */
export function deckOf(area: string, chance: Chance): Card[] {
  const all = Object.entries(stories[area] ?? {}).flatMap(([category, list]) =>
    list.map(story => ({ ...story, category })),
  )
  const deck = chance.shuffled(all).map((story, index) => ({ ...story, words: index }))
  const again = deck.filter(({ subject }) => subject.includes('{'))
  return [...deck, ...again.map(card => ({ ...card, words: card.words + 1 }))]
}

/** Fills what a story leaves open, the same in all of its texts. */
export function tell({ category, words, ...story }: Card, chance: Chance): Story & { category: string } {
  const numbers: Record<string, string> = {
    folio: String(Math.floor(chance.between(21_000, 49_000))),
    equipo: `EQ-${Math.floor(chance.between(1100, 1999))}`,
  }
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (open, slot: string) => {
      const list = slots[slot as keyof typeof slots] ?? []
      return numbers[slot] ?? list[words % list.length] ?? open
    })
  return {
    category,
    subject: fill(story.subject),
    description: fill(story.description),
    resolution: fill(story.resolution),
  }
}
