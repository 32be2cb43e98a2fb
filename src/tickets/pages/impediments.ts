import type { z } from 'zod'
import { ImpedimentReason, type TicketStatus } from '../../generated/prisma/enums.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict, Forbidden, InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import { once } from '../../web/submissions.ts'
import { clearImpediment, reportImpediment } from '../actions/impede.ts'
import { getTicket } from '../detail.ts'
import { type impedimentEndForm, type impedimentForm, limits } from '../forms.ts'
import { actionLabels, impedimentReasonLabels } from '../labels.ts'
import { type ImpedimentModel, impedimentModel, type Labelled, statusModel } from '../models.ts'
import { paths } from '../paths.ts'
import { can } from '../policy.ts'
import { visibleTo } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'
import type { StepCall } from './steps.ts'

type Verb = 'reportar' | 'despejar'

/** The form that begins an impediment, or that ends the one which is shown. */
export interface ImpedimentFormModel {
  title: string
  ticket: { subject: string; href: string; status: Labelled<TicketStatus> }
  action: string
  lead: string
  /** The one that the form ends; null when it begins one. */
  impediment: ImpedimentModel | null
  reasons: { value: string; label: string }[]
  text: { label: string; help: string }
  maxLength: number
  values: { motivo: string; texto: string }
  submit: string
  errors: FieldError[]
  /** Another impediment is open than the one that was read about. */
  conflict: null | { explanation: string; changes: string[] }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/impediment': ImpedimentFormModel
  }
}

const TEXTS = {
  reportar: {
    lead: 'El ticket aparecerá en «Con incidencias» hasta que se cierre. El solicitante lo verá.',
    text: { label: 'Qué impide avanzar', help: 'Y qué hace falta para continuar.' },
  },
  despejar: {
    lead: 'El ticket deja de estar detenido. El solicitante lo verá.',
    text: { label: 'Cómo se resolvió', help: '' },
  },
} satisfies Record<Verb, Pick<ImpedimentFormModel, 'lead' | 'text'>>

type ShowCall = Pick<StepCall, 'viewer' | 'region' | 'params' | 'res'>
/** Why a form is shown again, as it was typed. */
type Refused = { typed: Record<string, string>; errors?: FieldError[]; conflict?: Conflict }

/** The form of one of the two. @throws Forbidden with the reason when that is not possible now */
export async function showImpedimentForm(deps: TicketDependencies, call: ShowCall, verb: Verb, refused?: Refused) {
  const { params, res } = call
  const now = deps.clock.now()
  const ticket = await getTicket(deps.db, visibleTo(call.viewer), params.number, now)
  const verdict = can(call.viewer, verb, ticket)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
  const label = actionLabels[verb]
  const { typed = {}, conflict } = refused ?? {}
  const model: ImpedimentFormModel = {
    title: `${label} del ticket #${ticket.number}`,
    ticket: { subject: ticket.subject, href: paths.ticket(ticket.number), status: statusModel(ticket.status) },
    action: (verb === 'reportar' ? paths.impediment : paths.impedimentEnd)(ticket.number),
    ...TEXTS[verb],
    impediment:
      verb === 'despejar' && ticket.openImpediment
        ? impedimentModel(ticket.openImpediment, { now, ...call.region })
        : null,
    reasons: Object.values(ImpedimentReason).map(value => ({
      value: value.toLowerCase(),
      label: impedimentReasonLabels[value],
    })),
    maxLength: limits.text,
    values: { motivo: typed.motivo ?? '', texto: typed.texto ?? '' },
    submit: conflict ? `${label} de todos modos` : label,
    errors: refused?.errors ?? [],
    conflict: conflict ? { explanation: conflict.message, changes: conflict.changes } : null,
  }
  page(res, 'tickets/impediment', model, conflict ? 409 : refused ? 422 : 200)
}

type ReportCall = StepCall<z.infer<(typeof impedimentForm)['schema']>>

export async function report(deps: TicketDependencies, call: ReportCall) {
  await submit(deps, call, 'reportar', async (deps, viewer, { motivo, texto }) => {
    await reportImpediment(deps, viewer, call.params.number, { reason: motivo, text: texto })
    return `Incidencia reportada en el ticket #${call.params.number}.`
  })
}

type ClearCall = StepCall<z.infer<(typeof impedimentEndForm)['schema']>>

export async function clear(deps: TicketDependencies, call: ClearCall) {
  await submit(deps, call, 'despejar', async (deps, viewer, { incidencia, texto }) => {
    await clearImpediment(deps, viewer, call.params.number, { impedimentId: incidencia, text: texto })
    return `Incidencia del ticket #${call.params.number} cerrada.`
  })
}

async function submit<F>(
  deps: TicketDependencies,
  call: StepCall<F>,
  verb: Verb,
  act: (deps: TicketDependencies, viewer: Viewer, value: F) => Promise<string>,
) {
  const { form, viewer, params, res } = call
  if (!form.ok) return showImpedimentForm(deps, call, verb, form)
  const path = paths.ticket(params.number)
  let text = ''
  try {
    const outcome = await once(deps, call, async deps => {
      text = await act(deps, viewer, form.value)
      return path
    })
    sayOutcome(res, outcome, { kind: 'exito', text, link: { href: path, text: 'Ver ticket' } })
    res.redirect(303, outcome.path)
  } catch (error) {
    const { typed } = form
    if (error instanceof Conflict) return showConflict(deps, call, verb, { typed, conflict: error })
    if (!(error instanceof InvalidForm)) throw error
    await showImpedimentForm(deps, call, verb, { typed, errors: [{ field: error.field, message: error.message }] })
  }
}

/** @throws the conflict itself when there is no form any more in which it could be shown */
async function showConflict(
  deps: TicketDependencies,
  call: ShowCall,
  verb: Verb,
  refused: Refused & { conflict: Conflict },
) {
  try {
    await showImpedimentForm(deps, call, verb, refused)
  } catch (refusal) {
    // It is no longer possible: what changed says more than that.
    throw refusal instanceof Forbidden ? refused.conflict : refusal
  }
}
