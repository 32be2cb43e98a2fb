import type { z } from 'zod'
import { inspectFiles, keepFiles } from '../../attachments/keep.ts'
import { fileErrors, statusOf } from '../../attachments/models.ts'
import { Forbidden, InvalidForm } from '../../web/errors.ts'
import { say } from '../../web/messages.ts'
import { addEntry } from '../actions/add-entry.ts'
import { startTicket } from '../actions/start.ts'
import { getTicket } from '../detail.ts'
import type { entryForm, startForm } from '../forms.ts'
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
  const { accepted, refused } = await inspectFiles(deps.db, call.files)
  const errors = [...(form.ok ? [] : form.errors), ...fileErrors(refused)]
  if (!form.ok || errors.length > 0) {
    const again = { typed: form.typed, errors, status: statusOf(refused), files: call.files.length }
    return worksOnIt ? showTicket(deps, call, again) : showMyTicket(deps, call, again)
  }
  const id = await addEntry(deps, viewer, params.number, {
    text: form.value.texto,
    visibility: form.value.visibilidad,
    files: await keepFiles(deps, accepted),
  })
  res.redirect(303, `${worksOnIt ? paths.ticket(params.number) : paths.myTicket(params.number)}#entrada-${id}`)
}

export async function start(deps: TicketDependencies, call: StepCall<z.infer<(typeof startForm)['schema']>>) {
  const { viewer, params, form, res } = call
  if (!form.ok) throw new InvalidForm('', form.errors[0]?.message ?? '')
  await startTicket(deps, viewer, params.number, form.value.version)
  say(res, { kind: 'exito', text: `Comenzó la atención del ticket #${params.number}.` })
  res.redirect(303, paths.ticket(params.number))
}
