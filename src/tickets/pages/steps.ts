import type { z } from 'zod'
import { Conflict, Forbidden, InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { once } from '../../web/submissions.ts'
import { getTicket, type TicketDetail } from '../detail.ts'
import { limits } from '../forms.ts'
import { actionLabels } from '../labels.ts'
import { type Labelled, statusModel } from '../models.ts'
import { listOwners } from '../owners.ts'
import { paths } from '../paths.ts'
import { can } from '../policy.ts'
import type { Action } from '../states.ts'
import { sees, visibleTo, workOf } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'
import type { ticketParams } from './detail.ts'
import { stepTexts } from './step-texts.ts'

type StepAction = Exclude<Action, 'crear' | 'iniciar'>

/** The form that a step asks for: on a page of its own, or in a dialog of the page that leads to it. */
export interface StepFormModel {
  title: string
  ticket: { number: number; subject: string; href: string; status: Labelled<TicketDetail['status']> }
  action: string
  version: string
  /** What this step means, in a sentence. */
  lead: string
  owners: null | {
    label: string
    required: boolean
    value: string
    /** What '' is called. */
    none: string
    groups: { group: string; options: { value: string; label: string }[] }[]
  }
  text: { name: string; label: string; help: string; required: boolean; value: string; maxLength: number }
  submit: { label: string; tone: 'primary' | 'danger' }
  errors: FieldError[]
  /** What somebody else did meanwhile; the form is as it was typed, and can be sent again. */
  conflict: null | { explanation: string; changes: string[] }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/step': StepFormModel
  }
}

export type StepCall<F = unknown> = Call<z.infer<typeof ticketParams>, unknown, F>
type ShowCall = Pick<StepCall, 'viewer' | 'params' | 'res'>
/** Why a form is shown again, as it was typed. */
type Refused = { typed: Record<string, string>; errors?: FieldError[]; conflict?: Conflict }

/** Assigning and re-assigning share a page; which of the two it is depends on the state. */
const actionNow = (action: StepAction, { status }: TicketDetail): StepAction =>
  action === 'asignar' && status !== 'REGISTRADO' ? 'reasignar' : action

/** The form of a step. @throws Forbidden with the reason when the step is not possible now */
export async function showStep(deps: TicketDependencies, call: ShowCall, wanted: StepAction, refused?: Refused) {
  const { viewer, params, res } = call
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, deps.clock.now())
  const action = actionNow(wanted, ticket)
  const verdict = can(viewer, action, ticket)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
  const worksOnIt = sees(workOf(viewer), ticket)
  const texts = stepTexts[action]
  const { typed = {}, conflict } = refused ?? {}
  const model: StepFormModel = {
    title: `${actionLabels[action]} ticket #${ticket.number}`,
    ticket: {
      number: ticket.number,
      subject: ticket.subject,
      href: worksOnIt ? paths.ticket(ticket.number) : paths.myTicket(ticket.number),
      status: statusModel(ticket.status),
    },
    action: HREFS[action](ticket.number),
    version: (!conflict && typed.version) || String(ticket.version),
    lead: texts.lead,
    owners: texts.owner && worksOnIt ? await ownersOf(deps, viewer.id, ticket, action, typed.responsable) : null,
    text: { ...texts.text, value: typed[texts.text.name] ?? '', maxLength: limits.text },
    submit: conflict ? { ...texts.submit, label: `${texts.submit.label} de todos modos` } : texts.submit,
    errors: refused?.errors ?? [],
    conflict: conflict ? { explanation: conflict.message, changes: conflict.changes } : null,
  }
  page(res, 'tickets/step', model, conflict ? 409 : refused ? 422 : 200)
}

const HREFS: Record<StepAction, (number: number) => string> = {
  asignar: paths.assignment,
  reasignar: paths.assignment,
  cancelar: paths.cancellation,
  finalizar: paths.completion,
  reabrir: paths.reopening,
}

async function ownersOf(
  { db }: TicketDependencies,
  viewerId: number,
  ticket: TicketDetail,
  action: StepAction,
  typed: string | undefined,
): Promise<StepFormModel['owners']> {
  const { people, groups } = await listOwners(db, ticket.areaId)
  const reopening = action === 'reabrir'
  const self = people.filter(({ id }) => id === viewerId)
  const others = people.filter(({ id }) => id !== viewerId)
  const isPresent = (value: string) => value === presentOwner(ticket) && !reopening
  const options = [
    { group: 'Usted', options: self.map(({ id, name }) => ({ value: `persona:${id}`, label: name })) },
    { group: 'Personas', options: others.map(({ id, name }) => ({ value: `persona:${id}`, label: name })) },
    { group: 'Grupos', options: groups.map(({ id, name }) => ({ value: `grupo:${id}`, label: name })) },
  ]
  return {
    label: reopening ? 'Quién continúa' : 'Responsable',
    required: !reopening,
    value: typed ?? suggestedOwner(ticket, action),
    none: reopening ? noneOfReopening(ticket) : 'Elija una persona o un grupo',
    groups: options
      .map(({ group, options }) => ({ group, options: options.filter(({ value }) => !isPresent(value)) }))
      .filter(({ options }) => options.length > 0),
  }
}

/** The group that the category's tickets usually go to; a select without that option stays at the choice of nothing. */
const suggestedOwner = ({ defaultGroupId }: TicketDetail, action: StepAction) =>
  action === 'asignar' && defaultGroupId !== null ? `grupo:${defaultGroupId}` : ''

const noneOfReopening = ({ assignee, assigneeGroup }: TicketDetail) => {
  const last = assignee ?? assigneeGroup
  return last ? `Quien lo atendió (${last})` : 'Elija una persona o un grupo'
}

function presentOwner({ assigneeId, assigneeGroupId }: TicketDetail): string {
  // Somebody who took the ticket out of a group may be given it as a person alone, so neither is left out.
  if (assigneeId !== null) return assigneeGroupId === null ? `persona:${assigneeId}` : ''
  return `grupo:${assigneeGroupId}`
}

/**
 * Does the step that a form asks for and leads back to the ticket; a refused form is shown again.
 * @param act the action, with the dependencies that it works with; what it returns is the message for the person
 */
export async function submitStep<F>(
  deps: TicketDependencies,
  call: StepCall<F>,
  action: StepAction,
  act: (deps: TicketDependencies, value: F) => Promise<string>,
) {
  const { form, res, params } = call
  if (!form.ok) return showStep(deps, call, action, { typed: form.typed, errors: form.errors })
  const path = paths.ticket(params.number)
  let text = ''
  try {
    const outcome = await once(deps, call, async deps => {
      text = await act(deps, form.value)
      return path
    })
    sayOutcome(res, outcome, { kind: 'exito', text, link: { href: path, text: 'Ver ticket' } })
    res.redirect(303, outcome.path)
  } catch (error) {
    await showAgain(deps, call, action, error)
  }
}

/** @throws the error itself when there is no form in which it could be shown */
async function showAgain(deps: TicketDependencies, call: StepCall, action: StepAction, error: unknown) {
  const { typed } = call.form
  if (error instanceof InvalidForm) {
    const errors = [{ field: error.field, message: error.message }]
    return showStep(deps, call, action, { typed, errors })
  }
  if (!(error instanceof Conflict)) throw error
  try {
    await showStep(deps, call, action, { typed, conflict: error })
  } catch (refusal) {
    // The step is no longer possible: what changed says more than that.
    throw refusal instanceof Forbidden ? error : refusal
  }
}
