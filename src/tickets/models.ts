import type { CategoryKind, Priority, TicketStatus } from '../generated/prisma/enums.ts'
import type { Viewer } from '../web/access.ts'
import { initials, type Moment, type Region, relativeTime } from '../web/format.ts'
import { actionsFor, type OfferedAction } from './actions-offered.ts'
import type { OpenImpediment } from './impediments.ts'
import { categoryKindLabels, impedimentReasonLabels, priorityLabels, statusLabels } from './labels.ts'
import { paths } from './paths.ts'
import type { ListRow } from './queries.ts'

/** When "now" is, and where it is told. */
export interface Present extends Region {
  now: Date
}

export interface Labelled<Code extends string> {
  code: Code
  label: string
}

export interface OwnerModel {
  name: string
  initials: string
  isGroup: boolean
  /** The group out of which a person took the ticket. */
  group: string | null
}

/** A ticket as a row of a list. */
export interface TicketRow {
  number: number
  href: string
  subject: string
  category: string
  kind: string
  area: string
  requester: string
  status: Labelled<TicketStatus>
  priority: Labelled<Priority>
  owner: OwnerModel | null
  /** The time that the list goes by. */
  age: Moment
  /** "Incidencia: proveedor" while one stops the work on it. */
  impediment: string | null
  actions: OfferedAction[]
}

export const statusModel = (code: TicketStatus): Labelled<TicketStatus> => ({ code, label: statusLabels[code] })
export const priorityModel = (code: Priority): Labelled<Priority> => ({ code, label: priorityLabels[code] })
export const kindLabel = (kind: CategoryKind): string => categoryKindLabels[kind]

export function ownerModel(ticket: { assignee: string | null; assigneeGroup: string | null }): OwnerModel | null {
  const name = ticket.assignee ?? ticket.assigneeGroup
  if (name === null) return null
  const isGroup = ticket.assignee === null
  return { name, initials: initials(name), isGroup, group: isGroup ? null : ticket.assigneeGroup }
}

/** What stops the work on a ticket. */
export interface ImpedimentModel {
  id: number
  reason: string
  text: string
  by: string
  since: Moment
}

export function impedimentModel(open: OpenImpediment, present: Present): ImpedimentModel {
  const { id, reason, text, opener: by, openedAt } = open
  return { id, reason: impedimentReasonLabels[reason], text, by, since: relativeTime(openedAt, present.now, present) }
}

/** @param mine whether the list is Mis tickets, where rows lead to the requester's detail and offer no action */
export function ticketRow(row: ListRow, viewer: Viewer, present: Present, mine = false): TicketRow {
  return {
    number: row.number,
    href: mine ? paths.myTicket(row.number) : paths.ticket(row.number),
    subject: row.subject,
    category: row.category,
    kind: kindLabel(row.kind),
    area: row.area,
    requester: row.requester,
    status: statusModel(row.status),
    priority: priorityModel(row.priority),
    owner: ownerModel(row),
    age: relativeTime(row.at, present.now, present),
    impediment: row.impediment && `Incidencia: ${impedimentReasonLabels[row.impediment].toLowerCase()}`,
    actions: mine ? [] : actionsFor(viewer, row),
  }
}
