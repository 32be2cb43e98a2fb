import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { clearImpediment, reportImpediment } from '../../src/tickets/actions/impede.ts'
import { reopenTicket } from '../../src/tickets/actions/reopen.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { getTicket } from '../../src/tickets/detail.ts'
import { can, type Verb as EveryVerb, verbs } from '../../src/tickets/policy.ts'
import { sees, visibleTo } from '../../src/tickets/visibility.ts'
import type { Viewer } from '../../src/web/access.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// Random people do random things to a ticket. What becomes of it is foretold by a model that is written here from the
// description of the product, and knows nothing of the application's own tables.

const { db, clock, cast, viewer } = await useApplication()
const { ids, areas, categories, groups } = cast
const context = { db, clock }

/** `sara` supervises the area, `marta` another one; `luis` and `pedro` are its agents and the group, `mario` is elsewhere. */
const people = [
  'ana',
  'sara',
  'marta',
  'luis',
  'pedro',
  'mario',
  'clara',
  'carlos',
] as const satisfies readonly Person[]
type Somebody = (typeof people)[number]
const viewers = Object.fromEntries(
  await Promise.all(people.map(async person => [person, await viewer(person)] as const)),
) as Record<Somebody, Viewer>

type Status = 'REGISTRADO' | 'ASIGNADO' | 'EN_PROCESO' | 'FINALIZADO' | 'CANCELADO'
type OwnerName = Person | 'redes' | 'obras'

type Command =
  | { does: 'asignar'; to: OwnerName }
  | { does: 'reabrir'; to: OwnerName | null }
  | { does: 'iniciar' | 'finalizar' | 'cancelar' | 'comentar' | 'anotar' | 'reportar' | 'despejar' }
type Turn = { by: Somebody; days: number; stale: boolean } & Command

type Outcome = 'done' | 'NotFound' | 'Conflict' | 'Forbidden' | 'InvalidForm'
type Line = { kind: string; by: Somebody; version: number; internal: boolean }

/** The ticket as it ought to be. `clara` asked for it. */
interface Model {
  status: Status
  version: number
  person: Person | null
  group: 'redes' | null
  closedAt: number
  reopened: number
  /** When each impediment began and ended; 0 while it lasts. */
  impediments: { from: number; to: number }[]
  log: Line[]
}

/** Re-classifying and confirming have tests of their own: they change neither state nor owner here. */
type Verb = Exclude<EveryVerb, 'reclasificar' | 'confirmar'>

const staff = (by: Somebody) => by === 'ana' || by === 'sara'
const inGroup = (by: Somebody) => by === 'luis' || by === 'pedro'
const hisOrHisGroups = (by: Somebody, { person, group }: Model) =>
  person === by || (person === null && group === 'redes' && inGroup(by))
const isOpen = ({ status }: Model) => status !== 'FINALIZADO' && status !== 'CANCELADO'
const isOwned = ({ status }: Model) => status === 'ASIGNADO' || status === 'EN_PROCESO'
const DAY = 24 * 60 * 60 * 1000

const isImpeded = ({ impediments }: Model) => impediments.at(-1)?.to === 0
const LEADING_ON = ['CREACION', 'ASIGNACION']

const visible = (by: Somebody, { person, group, log }: Model) =>
  staff(by) ||
  by === 'clara' ||
  person === by ||
  (group === 'redes' && inGroup(by)) ||
  log.some(line => line.by === by && !LEADING_ON.includes(line.kind))

function allowed(by: Somebody, verb: Verb, ticket: Model): boolean {
  const { status, version, person, log } = ticket
  if (status === 'CANCELADO') return false
  switch (verb) {
    case 'asignar':
      return staff(by) && status === 'REGISTRADO'
    case 'reasignar':
      return staff(by) && isOwned(ticket)
    case 'iniciar':
      return status === 'ASIGNADO' && hisOrHisGroups(by, ticket)
    case 'finalizar':
      return isOwned(ticket) && (staff(by) || person === by)
    case 'cancelar': {
      const untouched = status === 'REGISTRADO' && version === 1 && log.every(line => line.by === 'clara')
      return isOpen(ticket) && (staff(by) || (by === 'clara' && untouched))
    }
    case 'reabrir': {
      const inTime = clock.now().getTime() - ticket.closedAt < 7 * DAY
      return status === 'FINALIZADO' && (staff(by) || (by === 'clara' && inTime))
    }
    case 'comentar':
      return staff(by) || by === 'clara' || hisOrHisGroups(by, ticket)
    case 'anotar':
      return staff(by) || hisOrHisGroups(by, ticket)
    case 'reportar':
      return isOwned(ticket) && !isImpeded(ticket) && (staff(by) || hisOrHisGroups(by, ticket))
    case 'despejar':
      return isImpeded(ticket) && (staff(by) || hisOrHisGroups(by, ticket))
  }
}

const verbOf = ({ does }: Turn, { status }: Model): Verb =>
  does === 'asignar' && status !== 'REGISTRADO' ? 'reasignar' : does

const legalOwners: readonly OwnerName[] = ['ana', 'sara', 'luis', 'pedro', 'redes']
const isPresentOwner = (to: OwnerName, { person, group }: Model) =>
  to === 'redes' ? person === null && group === 'redes' : person === to && group === null

const UNVERSIONED: readonly Turn['does'][] = ['comentar', 'anotar', 'reportar', 'despejar']

function foretell(turn: Turn, ticket: Model): Outcome {
  const { by, does, stale } = turn
  if (!visible(by, ticket)) return 'NotFound'
  if (stale && !UNVERSIONED.includes(does)) return 'Conflict'
  // The button is on no page of an impeded ticket: somebody else reported one since.
  if (does === 'reportar' && isImpeded(ticket) && allowed(by, does, { ...ticket, impediments: [] })) return 'Conflict'
  if (!allowed(by, verbOf(turn, ticket), ticket)) return 'Forbidden'
  const to = 'to' in turn ? turn.to : null
  if (to !== null && !legalOwners.includes(to)) return 'InvalidForm'
  if (does === 'asignar' && isPresentOwner(turn.to, ticket)) return 'InvalidForm'
  // He read about an impediment that is not the one which is open.
  return does === 'despejar' && stale ? 'Conflict' : 'done'
}

/** Does to the model what the turn does to a ticket. */
function follow(turn: Turn, ticket: Model): void {
  const { by } = turn
  const step = (kind: string, status: Status) => {
    ticket.status = status
    ticket.version++
    ticket.log.push({ kind, by, version: ticket.version, internal: false })
  }
  const note = (kind: string) => ticket.log.push({ kind, by, version: ticket.version, internal: false })
  const clear = () => {
    const last = ticket.impediments.at(-1)
    if (!last || !isImpeded(ticket)) return
    last.to = clock.now().getTime()
    note('INCIDENCIA_CERRADA')
  }
  const give = (to: OwnerName) => {
    ticket.person = to === 'redes' ? null : (to as Person)
    ticket.group = to === 'redes' ? 'redes' : null
  }
  switch (turn.does) {
    case 'asignar':
      give(turn.to)
      step('ASIGNACION', 'ASIGNADO')
      break
    case 'iniciar':
      ticket.person = by
      step('INICIO', 'EN_PROCESO')
      break
    case 'reportar':
      ticket.impediments.push({ from: clock.now().getTime(), to: 0 })
      note('INCIDENCIA')
      break
    case 'despejar':
      clear()
      break
    case 'finalizar':
      clear()
      ticket.closedAt = clock.now().getTime()
      step('FINALIZACION', 'FINALIZADO')
      break
    case 'cancelar':
      clear()
      ticket.closedAt = clock.now().getTime()
      step('CANCELACION', 'CANCELADO')
      break
    case 'reabrir':
      if (turn.to !== null) give(turn.to)
      ticket.reopened++
      step('REAPERTURA', 'EN_PROCESO')
      break
    default:
      if (ticket.person === by && ticket.status === 'ASIGNADO') step('INICIO', 'EN_PROCESO')
      ticket.log.push({ kind: 'COMENTARIO', by, version: ticket.version, internal: turn.does === 'anotar' })
  }
}

const ownerOf = (to: OwnerName) =>
  to === 'redes' || to === 'obras'
    ? { assigneeId: null, assigneeGroupId: groups[to] }
    : { assigneeId: ids[to], assigneeGroupId: null }

/** Does the turn to the real ticket. */
async function act(number: number, turn: Turn, present: number): Promise<Outcome> {
  const viewer = viewers[turn.by]
  const version = turn.stale ? present - 1 : present
  const text = `Turno de ${turn.by}`
  const steps: Record<Turn['does'], () => Promise<unknown>> = {
    asignar: () => assignTicket(context, viewer, number, { version, owner: ownerOf(toOf(turn)), note: text }),
    iniciar: () => startTicket(context, viewer, number, version),
    finalizar: () => closeTicket(context, viewer, number, { action: 'finalizar', version, text }),
    cancelar: () => closeTicket(context, viewer, number, { action: 'cancelar', version, text }),
    reabrir: () => {
      const owner = 'to' in turn && turn.to !== null ? ownerOf(turn.to) : null
      return reopenTicket(context, viewer, number, { version, reason: text, owner })
    },
    comentar: () => addEntry(context, viewer, number, { text, visibility: 'PUBLICA' }),
    anotar: () => addEntry(context, viewer, number, { text, visibility: 'INTERNA' }),
    reportar: () => reportImpediment(context, viewer, number, { reason: 'OTRA', text }),
    despejar: async () => {
      const open = await db.prisma.impediment.findFirst({ where: { ticketNumber: number, closedAt: null } })
      return clearImpediment(context, viewer, number, { impedimentId: turn.stale ? 0 : (open?.id ?? 0), text })
    },
  }
  return steps[turn.does]().then(
    () => 'done',
    error =>
      /^(NotFound|Conflict|Forbidden|InvalidForm)$/.test(error.constructor.name)
        ? error.constructor.name
        : Promise.reject(error),
  )
}

const toOf = (turn: Turn): OwnerName => ('to' in turn && turn.to !== null ? turn.to : 'luis')

/** What the model can do; it neither reclassifies nor confirms. */
const VERBS = verbs.filter((verb): verb is Verb => verb !== 'reclasificar' && verb !== 'confirmar')
const nameOf = (id: number | null) => people.find(person => ids[person] === id) ?? null

/** The real ticket in the words of the model. */
async function observe(number: number) {
  const ticket = await getTicket(db, [{ by: 'all' }], number, clock.now())
  const entries = await db.prisma.logEntry.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } })
  const verdicts = people.map(by => {
    const possible = VERBS.filter(verb => can(viewers[by], verb, ticket).allowed)
    return sees(visibleTo(viewers[by]), ticket) ? `${by}: ${possible}` : `${by} does not see it`
  })
  const log = entries.map(({ kind, authorId, ticketVersion, visibility }) => ({
    kind,
    by: nameOf(authorId),
    version: ticketVersion,
    internal: visibility === 'INTERNA',
  }))
  const impediments = await db.prisma.impediment.findMany({ where: { ticketNumber: number }, orderBy: { id: 'asc' } })
  const group = ticket.assigneeGroupId === null ? null : 'redes'
  const { status, version, closedAt, reopenedCount: reopened } = ticket
  return {
    status,
    version,
    person: nameOf(ticket.assigneeId),
    group,
    closedAt: closedAt?.getTime() ?? 0,
    reopened,
    impediments: impediments.map(({ openedAt, closedAt }) => ({
      from: openedAt.getTime(),
      to: closedAt?.getTime() ?? 0,
    })),
    log,
    verdicts,
  }
}

function expected(ticket: Model) {
  const verdicts = people.map(by => {
    const possible = VERBS.filter(verb => allowed(by, verb, ticket))
    return visible(by, ticket) ? `${by}: ${possible}` : `${by} does not see it`
  })
  return { ...ticket, closedAt: isOpen(ticket) ? 0 : ticket.closedAt, verdicts }
}

type Move = { plausible: number; days: number; stale: boolean; to: OwnerName } | { wild: Turn }

const days = fc.constantFrom(0, 0, 0, 0, 6, 8)
const stale = fc.constantFrom(false, false, false, false, true)
const owner = fc.constantFrom<OwnerName>(
  'luis',
  'luis',
  'redes',
  'redes',
  'pedro',
  'sara',
  'ana',
  'mario',
  'dario',
  'obras',
)
const command: fc.Arbitrary<Command> = fc.oneof(
  owner.map(to => ({ does: 'asignar' as const, to })),
  fc.option(owner).map(to => ({ does: 'reabrir' as const, to })),
  fc
    .constantFrom('iniciar', 'finalizar', 'cancelar', 'comentar', 'anotar', 'reportar', 'despejar')
    .map(does => ({ does: does as Exclude<Turn['does'], 'asignar' | 'reabrir'> })),
)
const wild = fc
  .tuple(fc.constantFrom(...people), days, stale, command)
  .map(([by, days, stale, command]) => ({ wild: { by, days, stale, ...command } }))
// Left to chance alone, hardly any ticket would get beyond its first states.
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ plausible: fc.noBias(fc.nat()), days, stale, to: owner }) },
  { weight: 1, arbitrary: wild },
)

/** How often a plausible move is which. */
const CHANCES: Record<Verb, number> = {
  asignar: 12,
  reasignar: 3,
  iniciar: 12,
  finalizar: 4,
  reabrir: 4,
  comentar: 1,
  anotar: 1,
  cancelar: 1,
  reportar: 3,
  despejar: 2,
}

function turnOf(move: Move, ticket: Model): Turn {
  if ('wild' in move) return move.wild
  const { plausible, days, stale, to } = move
  const possible = people.flatMap(by =>
    VERBS.filter(verb => visible(by, ticket) && allowed(by, verb, ticket)).flatMap(verb =>
      Array.from({ length: CHANCES[verb] }, () => ({ by, verb })),
    ),
  )
  const { by, verb } = possible[plausible % possible.length] ?? { by: 'ana', verb: 'comentar' as const }
  if (verb === 'asignar' || verb === 'reasignar') return { by, days, stale, does: 'asignar', to }
  return verb === 'reabrir'
    ? { by, days, stale, does: verb, to: plausible % 2 ? to : null }
    : { by, days, stale, does: verb }
}

const happened = new Set<string>()

async function live(moves: readonly Move[]): Promise<void> {
  const number = await createTicket(context, viewers.clara, {
    areaId: areas.sistemas,
    categoryId: categories.red,
    subject: 'Asunto',
    description: 'Texto',
  })
  const log = [{ kind: 'CREACION', by: 'clara' as const, version: 1, internal: false }]
  const ticket: Model = {
    ...{ status: 'REGISTRADO', version: 1, person: null, group: null, closedAt: 0, reopened: 0 },
    ...{ impediments: [], log },
  }
  for (const move of moves) {
    const turn = turnOf(move, ticket)
    clock.advance({ days: turn.days })
    const outcome = foretell(turn, ticket)
    expect(await act(number, turn, ticket.version)).toBe(outcome)
    if (outcome === 'done') follow(turn, ticket)
    happened.add(outcome === 'done' ? turn.does : outcome)
    expect(await observe(number)).toEqual(expected(ticket))
  }
}

it('is always as the model says, whoever does whatever', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 8, maxLength: 20, size: 'max' }), live), { numRuns: 50 })
  const steps = [
    ...['anotar', 'asignar', 'cancelar', 'comentar', 'despejar'],
    ...['finalizar', 'iniciar', 'reabrir', 'reportar'],
  ]
  expect([...happened].sort()).toEqual(['Conflict', 'Forbidden', 'InvalidForm', 'NotFound', ...steps])
})

it('leaves chains that verify', async () => {
  expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 0, findings: [] })
})
