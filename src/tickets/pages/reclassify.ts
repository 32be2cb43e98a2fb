import type { z } from 'zod'
import type { Priority } from '../../generated/prisma/enums.ts'
import { Conflict, Forbidden, InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import { once } from '../../web/submissions.ts'
import { reclassifyTicket } from '../actions/reclassify.ts'
import { listAreasFor, listCategoriesFor } from '../catalog.ts'
import { getTicket, type TicketDetail } from '../detail.ts'
import { type classificationForm, type classificationStepForm, limits } from '../forms.ts'
import { priorityLabels } from '../labels.ts'
import { type Labelled, statusModel } from '../models.ts'
import { listOwners, ownerChoices } from '../owners.ts'
import { paths } from '../paths.ts'
import { can } from '../policy.ts'
import { inChargeOf, sees, visibleTo } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'
import { grouped } from './new-ticket.ts'
import type { StepCall } from './steps.ts'

interface Option {
  value: string
  label: string
}

export interface ClassificationModel {
  title: string
  ticket: { subject: string; href: string; status: Labelled<TicketDetail['status']> }
  action: string
  /** Where the form goes to be shown with the choices of another area. */
  choicesAction: string
  version: string
  areas: Option[]
  categories: { group: string; options: Option[] }[]
  priorities: Option[]
  /** Whom it must be assigned to in another area; null where its owner, or nobody, stays. */
  owners: null | { area: string; groups: { group: string; options: Option[] }[] }
  values: { area: string; categoria: string; prioridad: string; asunto: string; responsable: string }
  maxLength: number
  errors: FieldError[]
  conflict: null | { explanation: string; changes: string[] }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/reclassify': ClassificationModel
  }
}

type ShowCall = Pick<StepCall, 'viewer' | 'params' | 'res'>
interface Shown {
  typed: Record<string, string>
  errors?: FieldError[]
  conflict?: Conflict
}

export const showClassification = (deps: TicketDependencies, call: StepCall) => show(deps, call, { typed: {} })

/** The form as it was typed, with the categories and owners of the area that was chosen. */
export const showClassificationChoices = (
  deps: TicketDependencies,
  call: StepCall<z.infer<(typeof classificationStepForm)['schema']>>,
) => show(deps, call, { typed: call.form.typed })

/** @throws Forbidden with the reason when it is not possible now */
async function show(deps: TicketDependencies, { viewer, params, res }: ShowCall, shown: Shown) {
  const ticket = await getTicket(deps.db, visibleTo(viewer), params.number, deps.clock.now())
  const verdict = can(viewer, 'reclasificar', ticket)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
  const { typed, errors = [], conflict } = shown
  const areas = await areasOf(deps, ticket)
  const area = areas.find(({ id }) => String(id) === typed.area) ?? { id: ticket.areaId, name: ticket.area }
  const model: ClassificationModel = {
    title: `Reclasificar ticket #${ticket.number}`,
    ticket: { subject: ticket.subject, href: paths.ticket(ticket.number), status: statusModel(ticket.status) },
    action: paths.classification(ticket.number),
    choicesAction: paths.classificationChoices(ticket.number),
    version: (!conflict && typed.version) || String(ticket.version),
    areas: areas.map(optionOf),
    categories: await categoriesOf(deps, ticket, area.id),
    priorities: (Object.keys(priorityLabels) as Priority[]).map(value => ({ value, label: priorityLabels[value] })),
    owners: await ownersOf(deps, ticket, area),
    values: valuesOf(ticket, area.id, typed),
    maxLength: limits.subject,
    errors,
    conflict: conflict ? { explanation: conflict.message, changes: conflict.changes } : null,
  }
  page(res, 'tickets/reclassify', model, conflict ? 409 : errors.length > 0 ? 422 : 200)
}

const optionOf = ({ id, name }: { id: number; name: string }): Option => ({ value: String(id), label: name })
const requesterOf = ({ requesterKind }: TicketDetail) => ({ kind: requesterKind })

/** The areas with a category for the requester, and the present one even if it has none any more. */
async function areasOf({ db }: TicketDependencies, ticket: TicketDetail) {
  const areas = await listAreasFor(db, requesterOf(ticket))
  const present = { id: ticket.areaId, name: ticket.area }
  return areas.some(({ id }) => id === present.id) ? areas : [present, ...areas]
}

async function categoriesOf({ db }: TicketDependencies, ticket: TicketDetail, areaId: number) {
  const categories = await listCategoriesFor(db, requesterOf(ticket), areaId)
  const { categoryId: id, category: name, kind } = ticket
  const missing = areaId === ticket.areaId && !categories.some(category => category.id === id)
  return grouped(missing ? [{ id, name, kind }, ...categories] : categories)
}

async function ownersOf({ db }: TicketDependencies, ticket: TicketDetail, area: { id: number; name: string }) {
  if (area.id === ticket.areaId || ticket.status === 'REGISTRADO') return null
  return { area: area.name, groups: ownerChoices(await listOwners(db, area.id)) }
}

function valuesOf(ticket: TicketDetail, areaId: number, typed: Record<string, string>): ClassificationModel['values'] {
  return {
    area: String(areaId),
    categoria: typed.categoria ?? String(ticket.categoryId),
    prioridad: typed.prioridad ?? ticket.priority,
    asunto: typed.asunto ?? ticket.subject,
    responsable: typed.responsable ?? '',
  }
}

/** Reclassifies and leads back to the ticket, or to the list when it now belongs to others. */
export async function reclassify(
  deps: TicketDependencies,
  call: StepCall<z.infer<(typeof classificationForm)['schema']>>,
) {
  const { viewer, params, form, res } = call
  if (!form.ok) return show(deps, call, { typed: form.typed, errors: form.errors })
  const { version, area, categoria, prioridad, asunto, responsable } = form.value
  try {
    const outcome = await once(deps, call, async deps => {
      const input = { areaId: area, categoryId: categoria, priority: prioridad, subject: asunto, owner: responsable }
      const after = await reclassifyTicket(deps, viewer, params.number, { version, ...input })
      return sees(inChargeOf(viewer), { ...after, attendantIds: [] }) ? paths.ticket(params.number) : paths.tickets
    })
    const left = outcome.path === paths.tickets ? ' Ahora lo atiende otra área.' : ''
    sayOutcome(res, outcome, { kind: 'exito', text: `Ticket #${params.number} reclasificado.${left}` })
    res.redirect(303, outcome.path)
  } catch (error) {
    await showAgain(deps, call, error)
  }
}

/** @throws the error itself when there is no form in which it could be shown */
async function showAgain(deps: TicketDependencies, call: StepCall, error: unknown) {
  const { typed } = call.form
  if (error instanceof InvalidForm) {
    return show(deps, call, { typed, errors: [{ field: error.field, message: error.message }] })
  }
  if (!(error instanceof Conflict)) throw error
  try {
    await show(deps, call, { typed, conflict: error })
  } catch (refusal) {
    // It is no longer possible: what changed says more than that.
    throw refusal instanceof Forbidden ? error : refusal
  }
}
