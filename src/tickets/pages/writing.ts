import type { z } from 'zod'
import { inspectFiles, keepFiles } from '../../attachments/keep.ts'
import { fileErrors, statusOf } from '../../attachments/models.ts'
import { Forbidden, InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { once } from '../../web/submissions.ts'
import { addEntry } from '../actions/add-entry.ts'
import { confirmTicket } from '../actions/confirm.ts'
import { startTicket } from '../actions/start.ts'
import { getTicket } from '../detail.ts'
import type { confirmationForm, entryForm, startForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { can } from '../policy.ts'
import { sees, visibleTo, workOf } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'
import { showMyTicket, showTicket } from './detail.ts'
import type { StepCall } from './steps.ts'

/** Decides who may write before anything of an entry is read. @throws NotFound, or Forbidden with the reason */
export async function admitEntry(deps: TicketDependencies, { viewer, params }: Pick<StepCall, 'viewer' | 'params'>) {
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, deps.clock.now())
  const verdict = can(viewer, 'comentar', ticket)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
}

/** A new entry of the bitácora; a refused one is shown again where it was typed. */
export async function writeEntry(deps: TicketDependencies, call: StepCall<z.infer<(typeof entryForm)['schema']>>) {
  const { viewer, params, form, res } = call
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, deps.clock.now())
  const worksOnIt = sees(workOf(viewer), ticket)
  const { accepted, refused } = await inspectFiles(deps.db, call.files, call.region.locale)
  const refuse = (errors: FieldError[]) => {
    const again = { typed: form.typed, errors, status: statusOf(refused), files: call.files.length }
    return (worksOnIt ? showTicket : showMyTicket)(deps, { ...call, query: {} }, again)
  }
  const errors = [...(form.ok ? [] : form.errors), ...fileErrors(refused)]
  if (!form.ok || errors.length > 0) return refuse(errors)
  const { texto: text, visibilidad: visibility } = form.value
  try {
    const files = await keepFiles(deps, accepted)
    const outcome = await once(deps, call, async deps => {
      const id = await addEntry(deps, viewer, params.number, { text, visibility, files })
      return worksOnIt ? paths.entry(params.number, id) : paths.myEntry(params.number, id)
    })
    sayOutcome(res, outcome)
    res.redirect(303, outcome.path)
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    await refuse([{ field: error.field, message: error.message }])
  }
}

export async function start(deps: TicketDependencies, call: StepCall<z.infer<(typeof startForm)['schema']>>) {
  const { viewer, params, form, res } = call
  if (!form.ok) throw new InvalidForm('', form.errors[0]?.message ?? '')
  const { version } = form.value
  const outcome = await once(deps, call, async deps => {
    await startTicket(deps, viewer, params.number, version)
    return paths.ticket(params.number)
  })
  sayOutcome(res, outcome, { kind: 'exito', text: `Comenzó la atención del ticket #${params.number}.` })
  res.redirect(303, outcome.path)
}

/** "Todo bien, gracias": only its requester may, so it leads to his page. */
export async function confirm(deps: TicketDependencies, call: StepCall<z.infer<(typeof confirmationForm)['schema']>>) {
  const { viewer, params, form, res } = call
  if (!form.ok) throw new InvalidForm('', form.errors[0]?.message ?? '')
  const { version } = form.value
  const outcome = await once(deps, call, async deps => {
    await confirmTicket(deps, viewer, params.number, version)
    return paths.myTicket(params.number)
  })
  sayOutcome(res, outcome, { kind: 'exito', text: 'Gracias por confirmarlo.' })
  res.redirect(303, outcome.path)
}
