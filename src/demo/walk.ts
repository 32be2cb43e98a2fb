import type { LogVisibility } from '../generated/prisma/enums.ts'
import type { Turns } from './chance.ts'
import { impediments } from './content-impediments.ts'
import { phrases } from './content-phrases.ts'
import { voices } from './content-voices.ts'
import type { Move } from './courses.ts'
import type { Act, OwnerNames, Report } from './deeds.ts'

type Step = Omit<Act, 'move'>

/** Where a walk is. */
interface Position {
  report: Report
  supervisor: string
  owner: OwnerNames
  /** The answer to the last question. */
  answer: string
  /** How the last impediment ends. */
  end: string
  /** The moves that are still to come. */
  ahead: readonly Move[]
  next: Turns
}

/** Turns the moves of a course into what the people of this ticket do, from its creation on. */
export function walk(report: Report, course: readonly Move[], next: Turns): Act[] {
  const { area, category, subject, description } = report
  const moves = report.requesterIsUser ? course : withoutRequester(course)
  const position: Position = {
    report,
    supervisor: next(`supervisor ${area.name}`, area.supervisors),
    owner: { person: null, group: null },
    answer: '',
    end: '',
    ahead: moves,
    next,
  }
  const birth = { kind: 'create' as const, area: area.name, category, subject, description }
  const acts: Act[] = [{ by: report.requester, move: 'create', deed: birth }]
  for (const [index, move] of moves.entries()) {
    position.ahead = moves.slice(index + 1)
    acts.push({ move, ...MOVES[move](position) })
  }
  return acts
}

/** An employee who attends tickets is no requester of his own ones: his colleagues act in his place. */
function withoutRequester(course: readonly Move[]): Move[] {
  const instead: Partial<Record<Move, Move[]>> = {
    reply: [],
    add: [],
    chase: [],
    thank: [],
    reopenByRequester: ['reopen'],
    cancelByRequester: ['cancel'],
  }
  return course.flatMap(move => instead[move] ?? [move])
}

const MOVES: Record<Move, (position: Position) => Step> = {
  assign: position => give(position, { person: nextOwner(position), group: null }, 'assignmentNote'),
  assignGroup: position => give(position, { person: null, group: position.report.group }, 'assignmentNote'),
  reassign: position => give(position, { person: nextOwner(position), group: null }, 'reassignmentNote'),
  start: position => {
    position.owner = { ...position.owner, person: attendant(position) }
    return { by: attendant(position), deed: { kind: 'start' } }
  },
  progress: position => write(attendant(position), fromVoice(position, 'progress')),
  note: position => write(attendant(position), fromVoice(position, 'notes'), 'INTERNA'),
  ask: position => {
    const { voice } = position.report
    const exchange = position.next(`exchange ${voice}`, voices[voice]?.exchanges ?? [])
    position.answer = exchange.answer
    return write(attendant(position), exchange.question)
  },
  reply: ({ report, answer }) => write(report.requester, answer),
  add: position => write(position.report.requester, phrase(position, 'addition')),
  chase: position => write(position.report.requester, phrase(position, 'chase')),
  thank: position => write(position.report.requester, phrase(position, 'thanks')),
  instruct: position => write(position.supervisor, phrase(position, 'instruction'), 'INTERNA'),
  impede: position => {
    const { reason, text, end } = position.next('impediment', impediments)
    position.end = end
    return { by: attendant(position), deed: { kind: 'impede', reason, text } }
  },
  clear: position => ({ by: attendant(position), deed: { kind: 'clear', text: position.end } }),
  finish: position => close(attendant(position), 'finalizar', resolution(position)),
  cancel: position => close(position.supervisor, 'cancelar', phrase(position, 'supervisorCancels')),
  cancelByRequester: position => close(position.report.requester, 'cancelar', phrase(position, 'requesterCancels')),
  reopen: position => reopen(position.supervisor, phrase(position, 'supervisorReopens')),
  reopenByRequester: position => reopen(position.report.requester, phrase(position, 'requesterReopens')),
}

function give(position: Position, owner: OwnerNames, note: keyof typeof phrases): Step {
  position.owner = owner
  const area = position.report.area.name
  return { by: position.supervisor, deed: { kind: 'assign', area, owner, note: phrase(position, note) } }
}

const write = (by: string, text: string, visibility: LogVisibility = 'PUBLICA'): Step => ({
  by,
  deed: { kind: 'write', text, visibility },
})

const close = (by: string, action: 'finalizar' | 'cancelar', text: string): Step => ({
  by,
  deed: { kind: 'close', action, text },
})

const reopen = (by: string, reason: string): Step => ({ by, deed: { kind: 'reopen', reason } })

function nextOwner({ report, owner, supervisor, ahead, next }: Position): string {
  // Nobody gives himself instructions.
  const unfit = ahead.includes('instruct') ? [owner.person, supervisor] : [owner.person]
  for (const _ of report.owners) {
    const key = next(`owner ${report.area.name} ${report.status}`, report.owners)
    if (!unfit.includes(key)) return key
  }
  throw new Error(`nobody else can own a ticket of ${report.area.name}`)
}

/** Who attends: the responsible person, else somebody of the group, else the supervisor while nobody is responsible. */
function attendant({ report, owner, supervisor, next }: Position): string {
  if (owner.person) return owner.person
  const group = report.area.groups.find(({ name }) => name === owner.group)
  return group ? next(`member ${group.name}`, group.members) : supervisor
}

function resolution(position: Position): string {
  const comesBack = position.ahead.some(move => move === 'reopen' || move === 'reopenByRequester')
  return comesBack ? phrase(position, 'firstResolution') : position.report.resolution
}

function phrase({ next }: Position, name: keyof typeof phrases): string {
  return next<string>(`phrase ${name}`, phrases[name])
}

function fromVoice({ report, next }: Position, kind: 'progress' | 'notes'): string {
  return next(`${kind} ${report.voice}`, voices[report.voice]?.[kind] ?? [])
}
