import { z } from 'zod'
import { readLimits } from '../../attachments/keep.ts'
import { type AttachmentModel, type FileField, fileField } from '../../attachments/models.ts'
import { type Moment, plural, relativeTime } from '../../web/format.ts'
import type { FieldError } from '../../web/forms.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { actionsFor, type OfferedAction } from '../actions-offered.ts'
import { type WithheldAction, withheldFrom } from '../actions-withheld.ts'
import { getTicket, type TicketDetail } from '../detail.ts'
import { limits } from '../forms.ts'
import { statusLabels } from '../labels.ts'
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
import type { Timeline } from '../timeline.ts'
import { requestedBy, sees, visibleTo, workOf } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'
import { history } from './history.ts'

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
  files: FileField
  errors: FieldError[]
  /** The responsible person's first entry also starts the ticket; said beforehand. */
  starts: boolean
}

export interface TicketShow {
  title: string
  number: number
  subject: string
  description: string
  /** What hangs on the ticket itself. */
  attachments: AttachmentModel[]
  status: Labelled<TicketDetail['status']>
  steps: LifeStep[]
  facts: { label: string; value: string }[]
  owner: OwnerModel | null
  priority: Labelled<TicketDetail['priority']>
  times: { label: string; at: Moment }[]
  timeline: Timeline
  actions: OfferedAction[]
  /** What he would look for and may not do now. */
  withheld: WithheldAction[]
  composer: Composer | null
  /** Why nothing can be written; '' when there is a composer. */
  closedNote: string
  back: { label: string; href: string }
  /** From Mis tickets to the page where staff work on it. */
  workHref: string | null
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/show': TicketShow
  }
}

export const ticketParams = z.object({ number: id() })
type TicketCall = Pick<Call<z.infer<typeof ticketParams>>, 'viewer' | 'region' | 'params' | 'req' | 'res'>

/** What was typed into the composer and refused. */
export interface RefusedEntry {
  typed: Record<string, string>
  errors: FieldError[]
  status: 413 | 422
  /** How many files came with it. */
  files: number
}

/** The page of a ticket for whoever works on it; a requester is led to his own. */
export async function showTicket(
  deps: TicketDependencies,
  { viewer, region, params, res }: TicketCall,
  refused?: RefusedEntry,
) {
  const now = deps.clock.now()
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, now)
  if (!sees(workOf(viewer), ticket)) return res.redirect(303, paths.myTicket(ticket.number))
  const present = { now, ...region }
  const back = viewer.role === 'AGENTE' ? { label: 'Asignados', href: paths.assigned } : TICKETS
  const model = {
    ...commonModel(ticket, present),
    ...(await history(deps, ticket.number, { internal: true }, present)),
    actions: actionsFor(viewer, ticket),
    withheld: withheldFrom(viewer, ticket),
    ...(await writing(deps, { viewer, region }, ticket, refused)),
    back,
    workHref: null,
  }
  page(res, 'tickets/show', model, refused?.status ?? 200)
}

const TICKETS = { label: 'Tickets', href: paths.tickets }

/** The page of a ticket for whoever asked for it: state, data, public bitácora; staff only read here. */
export async function showMyTicket(
  deps: TicketDependencies,
  { viewer, region, params, res }: TicketCall,
  refused?: RefusedEntry,
) {
  const now = deps.clock.now()
  const ticket = await getTicket(deps.db, requestedBy(viewer), params.number, now)
  const present = { now, ...region }
  const readOnly = viewer.role !== 'USUARIO'
  const model = {
    ...commonModel(ticket, present),
    ...(await history(deps, ticket.number, { internal: false }, present)),
    actions: readOnly ? [] : actionsFor(viewer, ticket),
    withheld: readOnly ? [] : withheldFrom(viewer, ticket),
    ...(readOnly ? { composer: null, closedNote: '' } : await writing(deps, { viewer, region }, ticket, refused)),
    back: { label: 'Mis tickets', href: paths.mine },
    workHref: readOnly && sees(workOf(viewer), ticket) ? paths.ticket(ticket.number) : null,
  }
  page(res, 'tickets/show', model, refused?.status ?? 200)
}

function commonModel(ticket: TicketDetail, present: Present) {
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

function factsOf(ticket: TicketDetail, locale: string) {
  const { requester, creator, organization, area, category, kind, reopenedCount } = ticket
  return [
    { label: 'Solicitante', value: organization ? `${requester} · ${organization}` : requester },
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

async function writing(
  { db }: TicketDependencies,
  { viewer, region }: Pick<Call, 'viewer' | 'region'>,
  ticket: TicketDetail,
  refused: RefusedEntry | undefined,
) {
  const verdict = can(viewer, 'comentar', ticket)
  if (!verdict.allowed) return { composer: null, closedNote: verdict.reason }
  const starts = ticket.status === 'ASIGNADO' && ticket.assigneeId === viewer.id
  const composer: Composer = {
    action: paths.log(ticket.number),
    mayAnnotate: can(viewer, 'anotar', ticket).allowed,
    maxLength: limits.text,
    values: { texto: refused?.typed.texto ?? '', visibilidad: refused?.typed.visibilidad ?? 'publica' },
    files: fileField(await readLimits(db), region.locale, refused?.files),
    errors: refused?.errors ?? [],
    starts: starts && can(viewer, 'iniciar', ticket).allowed,
  }
  return { composer, closedNote: '' }
}
