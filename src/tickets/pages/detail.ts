import { z } from 'zod'
import { type FileField, fileField } from '../../attachments/models.ts'
import type { Viewer } from '../../web/access.ts'
import type { FieldError } from '../../web/forms.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { actionsFor, type OfferedAction } from '../actions-offered.ts'
import { type WithheldAction, withheldFrom } from '../actions-withheld.ts'
import { getTicket, type TicketDetail } from '../detail.ts'
import { limits } from '../forms.ts'
import { paths } from '../paths.ts'
import { can } from '../policy.ts'
import { assignedTo, requestedBy, sees, supervisedBy, visibleTo, workOf } from '../visibility.ts'
import { type AboutTicket, aboutTicket } from './about-ticket.ts'
import type { Notice, TicketDependencies } from './dependencies.ts'

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

/** What somebody can do on the page of a ticket. */
interface Participation {
  actions: OfferedAction[]
  /** What he would look for and may not do now. */
  withheld: WithheldAction[]
  composer: Composer | null
  /** Why nothing can be written; '' when there is a composer. */
  closedNote: string
}

export interface TicketShow extends AboutTicket, Participation {
  back: { label: string; href: string }
  /** From Mis tickets to the page where staff work on it. */
  workHref: string | null
  notices: Notice[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/show': TicketShow
  }
}

export const ticketParams = z.object({ number: id() })
export const ticketQuery = z.object({ bitacora: z.literal('completa').optional().catch(undefined) })
type TicketCall = Pick<
  Call<z.infer<typeof ticketParams>>,
  'viewer' | 'region' | 'fileLimits' | 'params' | 'req' | 'res'
> & {
  /** None where a refused entry is shown again. */
  query?: z.infer<typeof ticketQuery>
}

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
  { viewer, region, fileLimits, params, query, res }: TicketCall,
  refused?: RefusedEntry,
) {
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, deps.clock.now())
  if (!sees(workOf(viewer), ticket)) return res.redirect(303, paths.myTicket(ticket.number))
  const wholeHref = query?.bitacora ? null : paths.wholeTicket(ticket.number)
  const model = {
    ...(await aboutTicket(deps, ticket, { internal: true, wholeHref }, region)),
    ...participation({ viewer, region, fileLimits }, ticket, refused),
    back: listOf(viewer, ticket),
    workHref: null,
    notices: await noticesOf(deps, viewer, ticket),
  }
  page(res, 'tickets/show', model, refused?.status ?? 200)
}

/** Only who asked for a ticket or wrote it down is told something. */
const noticesOf = async ({ notices }: TicketDependencies, viewer: Viewer, ticket: TicketDetail): Promise<Notice[]> =>
  sees(requestedBy(viewer), ticket) ? notices.ofTicket(viewer, ticket.number) : []

/** The list on which somebody finds the ticket. */
function listOf(viewer: Viewer, ticket: TicketDetail) {
  if (sees(supervisedBy(viewer), ticket)) return { label: 'Tickets', href: paths.tickets }
  const waits = ticket.status === 'ASIGNADO' || ticket.status === 'EN_PROCESO'
  return waits && sees(assignedTo(viewer), ticket)
    ? { label: 'Asignados', href: paths.assigned }
    : { label: 'Atendidos', href: paths.attended }
}

/** The page of a ticket for whoever asked for it: state, data, public bitácora; staff only read here. */
export async function showMyTicket(
  deps: TicketDependencies,
  { viewer, region, fileLimits, params, query, res }: TicketCall,
  refused?: RefusedEntry,
) {
  const ticket = await getTicket(deps.db, requestedBy(viewer), params.number, deps.clock.now())
  const readOnly = viewer.role !== 'USUARIO'
  const wholeHref = query?.bitacora ? null : paths.myWholeTicket(ticket.number)
  const model = {
    ...(await aboutTicket(deps, ticket, { internal: false, wholeHref }, region)),
    ...(readOnly ? NONE : participation({ viewer, region, fileLimits }, ticket, refused)),
    back: { label: 'Mis tickets', href: paths.mine },
    workHref: readOnly && sees(workOf(viewer), ticket) ? paths.ticket(ticket.number) : null,
    notices: await noticesOf(deps, viewer, ticket),
  }
  page(res, 'tickets/show', model, refused?.status ?? 200)
}

const NONE: Participation = { actions: [], withheld: [], composer: null, closedNote: '' }

function participation(
  { viewer, region, fileLimits }: Pick<Call, 'viewer' | 'region' | 'fileLimits'>,
  ticket: TicketDetail,
  refused: RefusedEntry | undefined,
): Participation {
  const actions = { actions: actionsFor(viewer, ticket), withheld: withheldFrom(viewer, ticket) }
  const verdict = can(viewer, 'comentar', ticket)
  if (!verdict.allowed) return { ...actions, composer: null, closedNote: verdict.reason }
  const starts = ticket.status === 'ASIGNADO' && ticket.assigneeId === viewer.id
  const composer: Composer = {
    action: paths.log(ticket.number),
    mayAnnotate: can(viewer, 'anotar', ticket).allowed,
    maxLength: limits.text,
    values: { texto: refused?.typed.texto ?? '', visibilidad: refused?.typed.visibilidad ?? 'publica' },
    files: fileField(fileLimits, region.locale, refused?.files),
    errors: refused?.errors ?? [],
    starts: starts && can(viewer, 'iniciar', ticket).allowed,
  }
  return { ...actions, composer, closedNote: '' }
}
