import { type AttachmentModel, attachmentsByEntry } from '../../attachments/models.ts'
import { listAttachments } from '../../attachments/queries.ts'
import { type Moment, plural, type Region, relativeTime } from '../../web/format.ts'
import { listEntries, type TicketDetail } from '../detail.ts'
import { statusLabels } from '../labels.ts'
import {
  type ImpedimentModel,
  impedimentModel,
  kindLabel,
  type Labelled,
  type OwnerModel,
  ownerModel,
  type Present,
  priorityModel,
  statusModel,
} from '../models.ts'
import { ends, type Timeline, timeline } from '../timeline.ts'
import type { TicketDependencies } from './dependencies.ts'

/** One of the states in the order of a ticket's life. */
export interface LifeStep {
  label: string
  state: 'hecho' | 'actual' | 'pendiente'
}

interface Fact {
  label: string
  value: string
  /** Below it, in muted letters. */
  note?: string
}

/** What the page of a ticket tells, whoever reads it. */
export interface AboutTicket {
  title: string
  number: number
  subject: string
  description: string
  /** What hangs on the ticket itself. */
  attachments: AttachmentModel[]
  status: Labelled<TicketDetail['status']>
  steps: LifeStep[]
  facts: Fact[]
  owner: OwnerModel | null
  priority: Labelled<TicketDetail['priority']>
  /** What stops the work on it now. */
  impediment: ImpedimentModel | null
  times: { label: string; at: Moment }[]
  timeline: Timeline
}

/** Who reads the page of a ticket. */
export interface Audience {
  /** Whether internal notes and what hangs on them are included. */
  internal: boolean
  /** The page that shows a long bitácora unfolded; null where this one does. */
  wholeHref: string | null
}

export async function aboutTicket(
  { db, clock }: TicketDependencies,
  ticket: TicketDetail,
  { internal, wholeHref }: Audience,
  region: Region,
): Promise<AboutTicket> {
  const present = { now: clock.now(), ...region }
  const { openImpediment: impediment } = ticket
  const [read, rows] = await Promise.all([
    listEntries(db, ticket.number, { internal, part: wholeHref === null ? 'whole' : ends }),
    listAttachments(db, ticket.number, { internal }),
  ])
  const hanging = attachmentsByEntry(rows, region.locale)
  // What hangs on the entry with which it began hangs on the ticket.
  const beginning = read.entries.find(({ kind }) => kind === 'CREACION')?.id ?? 0
  const attachments = hanging.get(beginning) ?? []
  hanging.delete(beginning)
  return {
    ...described(ticket, present),
    attachments,
    impediment: impediment && impedimentModel(impediment, present),
    timeline: timeline(read, hanging, present, wholeHref),
  }
}

function described(ticket: TicketDetail, present: Present) {
  const moment = (date: Date) => relativeTime(date, present.now, present)
  return {
    title: `#${ticket.number} ${ticket.subject}`,
    number: ticket.number,
    subject: ticket.subject,
    description: ticket.description,
    status: statusModel(ticket.status),
    steps: lifeSteps(ticket),
    owner: ownerModel(ticket),
    priority: priorityModel(ticket.priority),
    facts: factsOf(ticket, present.locale),
    times: [
      { label: 'Registrado', at: moment(ticket.createdAt) },
      { label: 'Última actividad', at: moment(ticket.lastActivityAt) },
      ...(ticket.closedAt ? [{ label: statusLabels[ticket.status], at: moment(ticket.closedAt) }] : []),
    ],
  }
}

function factsOf(ticket: TicketDetail, locale: string): Fact[] {
  const { requester, creator, organization, area, category, kind, reopenedCount } = ticket
  return [
    { label: 'Solicitante', value: requester, ...(organization && { note: organization }) },
    ...(ticket.creatorId === ticket.requesterId ? [] : [{ label: 'Registrado por', value: creator }]),
    { label: 'Área', value: area },
    { label: kindLabel(kind), value: category },
    ...(reopenedCount > 0 ? [{ label: 'Reaperturas', value: plural(reopenedCount, 'vez', 'veces', locale) }] : []),
  ]
}

const LIFE = ['REGISTRADO', 'ASIGNADO', 'EN_PROCESO', 'FINALIZADO'] as const

/** A cancelled ticket never reached the rest: its life is Registrado and its end. */
function lifeSteps({ status }: TicketDetail): LifeStep[] {
  if (status === 'CANCELADO') {
    return [
      { label: statusLabels.REGISTRADO, state: 'hecho' },
      { label: statusLabels.CANCELADO, state: 'actual' },
    ]
  }
  const current = LIFE.indexOf(status)
  return LIFE.map((each, index) => ({
    label: statusLabels[each],
    state: index < current ? 'hecho' : index === current ? 'actual' : 'pendiente',
  }))
}
