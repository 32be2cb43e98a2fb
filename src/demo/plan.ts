import type { TicketStatus } from '../generated/prisma/enums.ts'
import { type Chance, createChance, createTurns, type Turns } from './chance.ts'
import { type AreaContent, areas } from './content-areas.ts'
import { people, requesters } from './content-people.ts'
import { rollout, rolloutCourse, rolloutStory } from './content-rollout.ts'
import { courses, type Move, pauses } from './courses.ts'
import type { Act, Report } from './deeds.ts'
import { type Card, deckOf, tell } from './texts.ts'
import { walk } from './walk.ts'
import { workday, workedAgo } from './working-time.ts'

/** Something that happens to one of the tickets, which are counted from 0 in the order of their creation. */
export interface PlannedEvent extends Omit<Act, 'move'> {
  at: Date
  ticket: number
}

/** A ticket whose words are still missing; its age is working seconds before now. */
interface Draft {
  status: TicketStatus
  area: AreaContent
  course: readonly Move[]
  age: number
}

interface Teller {
  chance: Chance
  next: Turns
  decks: ReadonlyMap<string, readonly Card[]>
}

/** How many tickets are in a state, and their ages in working days: the higher the bias, the more of them are young. */
const POPULATION: Record<TicketStatus, { count: number; youngest: number; oldest: number; bias: number }> = {
  REGISTRADO: { count: 20, youngest: 0.02, oldest: 5, bias: 2 },
  ASIGNADO: { count: 25, youngest: 0.15, oldest: 9, bias: 1.5 },
  EN_PROCESO: { count: 30, youngest: 0.5, oldest: 22, bias: 1.3 },
  FINALIZADO: { count: 100, youngest: 0.8, oldest: 62, bias: 1.1 },
  CANCELADO: { count: 25, youngest: 0.6, oldest: 60, bias: 1 },
}

const [sistemas] = areas as [AreaContent, ...AreaContent[]]

/** Out of ten tickets, how many each area gets, and in which order. */
const AREA_TURNS = [0, 1, 0, 4, 0, 2, 1, 0, 4, 3]

/** Working days; who has left by now was given only tickets that are older than this. */
const LEFT_BEFORE = 40

/** One of those that leave the tickets with the oddest texts among the open ones, where they are seen. */
const SEED = 25

/** @returns everything that happens in the demonstration's tickets, in order of time; the same for the same `now` */
export function planEvents(now: Date): PlannedEvent[] {
  const chance = createChance(SEED)
  const teller: Teller = {
    chance,
    next: createTurns(),
    decks: new Map(areas.map(({ name }) => [name, deckOf(name, chance)])),
  }
  const tickets = draftTickets(teller)
    .map(draft => ({ draft, acts: walk(reportOf(draft, teller), draft.course, teller.next) }))
    .concat(longTicket(teller))
    .sort((one, other) => other.draft.age - one.draft.age)
  return tickets
    .flatMap(({ draft, acts }, ticket) =>
      agesOf(acts, draft, chance).map(({ by, deed, age }) => ({ at: workedAgo(now, age), ticket, by, deed })),
    )
    .sort((one, other) => one.at.getTime() - other.at.getTime())
}

/** The oldest first, so that a story that comes twice does so after a long time. */
function draftTickets({ chance, next }: Teller): Draft[] {
  const statuses = Object.keys(POPULATION) as TicketStatus[]
  return statuses
    .flatMap(status => {
      const { count, youngest, oldest, bias } = POPULATION[status]
      return Array.from({ length: count }, (_, index): Draft => {
        const share = ((index + chance.fraction()) / count) ** bias
        return {
          status,
          area: areas[next(`area ${status}`, AREA_TURNS)] ?? sistemas,
          course: next(`course ${status}`, courses[status]),
          age: (youngest + (oldest - youngest) * share) * workday,
        }
      })
    })
    .sort((one, other) => other.age - one.age)
}

function reportOf({ area, status, age }: Draft, { chance, next, decks }: Teller): Report {
  const story = tell(next(`story ${area.name}`, decks.get(area.name) ?? []), chance)
  const [categoryKind, , audience, , group = area.groups[0]?.name ?? ''] = categoryOf(area, story.category)
  const kind = audience === 'TODOS' ? 'CLIENTE' : 'EMPLEADO'
  const fromOutside = requesters[kind].filter(key => !personOf(key).areas?.includes(area.name))
  const requester = next(`requester ${kind} ${status}`, fromOutside)
  return {
    ...story,
    status,
    area,
    group,
    requester,
    voice: `${area.name} ${categoryKind}`,
    owners: area.owners.filter(key => age > LEFT_BEFORE * workday || !personOf(key).left),
    requesterIsUser: personOf(requester).role === 'USUARIO',
  }
}

function categoryOf(area: AreaContent, name: string) {
  const category = area.categories.find(([, candidate]) => candidate === name)
  if (!category) throw new Error(`${area.name} has no category ${name}`)
  return category
}

function personOf(key: string) {
  const person = people.find(candidate => candidate.key === key)
  if (!person) throw new Error(`unknown person: ${key}`)
  return person
}

function longTicket({ next }: Teller) {
  const draft: Draft = { status: 'EN_PROCESO', area: sistemas, course: rolloutCourse, age: 24 * workday }
  const report: Report = {
    ...rolloutStory,
    status: draft.status,
    area: sistemas,
    category: 'Instalación de programas',
    group: 'Mesa de ayuda',
    owners: ['agente'],
    requester: 'empleado',
    voice: rollout,
    requesterIsUser: true,
  }
  return { draft, acts: walk(report, rolloutCourse, next) }
}

/** Lets time pass between the acts, more or less of it so that the last one still lies before now. */
function agesOf(acts: readonly Act[], { age, status }: Draft, chance: Chance) {
  const waits = acts.map(({ move }) => (move === 'create' ? 0 : chance.between(...pauses[move]) * 60))
  const total = waits.reduce((sum, wait) => sum + wait, 0)
  // Work that goes on has something recent; a pause three times as long still keeps within the days for reopening.
  const stretch = status === 'EN_PROCESO' ? Math.min(3, (chance.between(0.6, 0.97) * age) / total) : 1
  const pace = Math.min(stretch, (0.95 * age) / total)
  let passed = 0
  return acts.map((act, index) => {
    passed += (waits[index] ?? 0) * pace
    return { ...act, age: age - passed }
  })
}
