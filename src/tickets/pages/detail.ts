import { z } from 'zod'
import type { Viewer } from '../../web/access.ts'
import { type Moment, plural, relativeTime } from '../../web/format.ts'
import type { FieldError } from '../../web/forms.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { actionsFor, type OfferedAction } from '../actions-offered.ts'
import { getTicket, listEntries, type TicketDetail } from '../detail.ts'
import { limits } from '../forms.ts'
import { findOpenImpediment, type OpenImpediment } from '../impediments.ts'
import { impedimentReasonLabels, statusLabels } from '../labels.ts'
import {
  kindLabel,
  type Labelled,
  type OwnerModel,
  ownerModel,
  type Present,
  priorityModel,
  statusModel,
} from '../models.ts'
import { paths } from '../paths.ts'
import { can } from '../policy.ts'
import { type Timeline, timeline } from '../timeline.ts'
import { requestedBy, sees, visibleTo, workOf } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'

/** One of the states in the order of a ticket's life. */
export interface LifeStep {
  label: string
  state: 'hecho' | 'actual' | 'pendiente'
}

/** The form at the end of the bitácora. */
export interface Composer {
  action: string
  /** Whether an internal note is a choice. */
  mayAnnotate: boolean
  maxLength: number
  values: { texto: string; visibilidad: string }
  errors: FieldError[]
  /** The responsible person's first entry also starts the ticket; said beforehand. */
  starts: boolean
}

export interface TicketShow {
  title: string
  number: number
  subject: string
  description: string
  status: Labelled<TicketDetail['status']>
  steps: LifeStep[]
  facts: { label: string; value: string }[]
  owner: OwnerModel | null
  priority: Labelled<TicketDetail['priority']>
  times: { label: string; at: Moment }[]
  timeline: Timeline
  actions: OfferedAction[]
  composer: Composer | null
  /** Why nothing can be written; '' when there is a composer. */
  closedNote: string
  back: { label: string; href: string }
  /** From Mis tickets to the page where staff work on it. */
  workHref: string | null
  /** What stops the work on it now. */
  impediment: null | { reason: string; text: string; by: string; since: Moment }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/show': TicketShow
  }
}

export const ticketParams = z.object({ number: id() })
type TicketCall = Pick<Call<z.infer<typeof ticketParams>>, 'viewer' | 'params' | 'req' | 'res'>

/** What was typed into the composer and refused. */
export interface RefusedEntry {
  typed: Record<string, string>
  errors: FieldError[]
}

/** The page of a ticket for whoever works on it; a requester is led to his own. */
export async function showTicket(
  deps: TicketDependencies,
  { viewer, params, res }: TicketCall,
  refused?: RefusedEntry,
) {
  const now = deps.clock.now()
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, now)
  if (!sees(workOf(viewer), ticket)) return res.redirect(303, paths.myTicket(ticket.number))
  const [entries, impediment] = await Promise.all([
    listEntries(deps.db, ticket.number, { internal: true }),
    findOpenImpediment(deps.db, ticket.number),
  ])
  const present = { now, zone: deps.zone }
  const back = viewer.role === 'AGENTE' ? { label: 'Asignados', href: paths.assigned } : TICKETS
  const model = {
    ...commonModel(ticket, impediment, present),
    timeline: timeline(entries, present),
    actions: actionsFor(viewer, ticket),
    ...writing(viewer, ticket, refused),
    back,
    workHref: null,
  }
  page(res, 'tickets/show', model, refused ? 422 : 200)
}

const TICKETS = { label: 'Tickets', href: paths.tickets }

/** The page of a ticket for whoever asked for it: state, data, public bitácora; staff only read here. */
export async function showMyTicket(
  deps: TicketDependencies,
  { viewer, params, res }: TicketCall,
  refused?: RefusedEntry,
) {
  const now = deps.clock.now()
  const ticket = await getTicket(deps.db, requestedBy(viewer), params.number, now)
  const [entries, impediment] = await Promise.all([
    listEntries(deps.db, ticket.number, { internal: false }),
    findOpenImpediment(deps.db, ticket.number),
  ])
  const present = { now, zone: deps.zone }
  const readOnly = viewer.role !== 'USUARIO'
  const common = { ...commonModel(ticket, impediment, present), timeline: timeline(entries, present) }
  const model = {
    ...common,
    actions: readOnly ? [] : actionsFor(viewer, ticket),
    ...(readOnly ? { composer: null, closedNote: '' } : writing(viewer, ticket, refused)),
    back: { label: 'Mis tickets', href: paths.mine },
    workHref: readOnly && sees(workOf(viewer), ticket) ? paths.ticket(ticket.number) : null,
  }
  page(res, 'tickets/show', model, refused ? 422 : 200)
}

function commonModel(ticket: TicketDetail, impediment: OpenImpediment | null, { now, zone }: Present) {
  const moment = (date: Date) => relativeTime(date, now, zone)
  return {
    title: `#${ticket.number} ${ticket.subject}`,
    number: ticket.number,
    subject: ticket.subject,
    description: ticket.description,
    status: statusModel(ticket.status),
    steps: lifeSteps(ticket),
    owner: ownerModel(ticket),
    priority: priorityModel(ticket.priority),
    facts: factsOf(ticket),
    impediment: impediment && {
      reason: impedimentReasonLabels[impediment.reason],
      text: impediment.text,
      by: impediment.opener,
      since: moment(impediment.openedAt),
    },
    times: [
      { label: 'Registrado', at: moment(ticket.createdAt) },
      { label: 'Última actividad', at: moment(ticket.lastActivityAt) },
      ...(ticket.closedAt ? [{ label: statusLabels[ticket.status], at: moment(ticket.closedAt) }] : []),
    ],
  }
}

function factsOf(ticket: TicketDetail) {
  const { requester, creator, organization, area, category, kind, reopenedCount } = ticket
  return [
    { label: 'Solicitante', value: organization ? `${requester} · ${organization}` : requester },
    ...(ticket.creatorId === ticket.requesterId ? [] : [{ label: 'Registrado por', value: creator }]),
    { label: 'Área', value: area },
    { label: kindLabel(kind), value: category },
    ...(reopenedCount > 0 ? [{ label: 'Reaperturas', value: plural(reopenedCount, 'vez', 'veces') }] : []),
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

function writing(viewer: Viewer, ticket: TicketDetail, refused: RefusedEntry | undefined) {
  const verdict = can(viewer, 'comentar', ticket)
  if (!verdict.allowed) return { composer: null, closedNote: verdict.reason }
  const starts = ticket.status === 'ASIGNADO' && ticket.assigneeId === viewer.id
  const composer: Composer = {
    action: paths.log(ticket.number),
    mayAnnotate: can(viewer, 'anotar', ticket).allowed,
    maxLength: limits.text,
    values: { texto: refused?.typed.texto ?? '', visibilidad: refused?.typed.visibilidad ?? 'publica' },
    errors: refused?.errors ?? [],
    starts: starts && can(viewer, 'iniciar', ticket).allowed,
  }
  return { composer, closedNote: '' }
}
