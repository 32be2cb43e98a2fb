import { z } from 'zod'
import { inspectFiles, keepFiles } from '../../attachments/keep.ts'
import { type FileField, fileErrors, fileField, statusOf } from '../../attachments/models.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { once } from '../../web/submissions.ts'
import { createTicket } from '../actions/create.ts'
import { listAreasFor, listCategoriesFor } from '../catalog.ts'
import { limits, type newTicketForm, type newTicketStepForm } from '../forms.ts'
import { categoryKindLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { sees, workOf } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'
import { type RequesterField, requesterField } from './requester.ts'

export interface NewTicketModel {
  title: string
  /** The first step: which area. */
  areas: { id: number; name: string; href: string }[]
  /** The second step, once the area is chosen. */
  form: null | {
    action: string
    area: { id: number; name: string }
    /** Null when there is only one area. */
    changeAreaHref: string | null
    categories: { group: string; options: { value: string; label: string }[] }[]
    /** For whom it is; null for whoever writes only for himself. */
    requester: RequesterField | null
    values: { categoria: string; asunto: string; descripcion: string }
    files: FileField
    errors: FieldError[]
    limits: { subject: number; text: number }
  }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'tickets/new': NewTicketModel
  }
}

export const newTicketQuery = z.object({ area: z.string().optional().catch(undefined) })

type ShowCall = Pick<Call, 'viewer' | 'region' | 'fileLimits' | 'res'>
type Typed = Record<string, string>

/** First the area, then the form with that area's categories; both are plain pages. */
export async function showNewTicket(deps: TicketDependencies, call: Call<unknown, { area?: string | undefined }>) {
  await show(deps, call, { area: call.query.area ?? '' })
}

/** What was sent and refused. */
interface Refused {
  errors: FieldError[]
  status: 413 | 422
  /** How many files came with it. */
  files: number
}

/** The form again with what was found, or with the categories of whoever it is for. */
export async function showNewTicketStep(
  deps: TicketDependencies,
  call: Call<unknown, unknown, z.infer<(typeof newTicketStepForm)['schema']>>,
) {
  await show(deps, call, call.form.typed, undefined, call.files.length)
}

async function show(
  deps: TicketDependencies,
  { viewer, region, fileLimits, res }: ShowCall,
  typed: Typed,
  refused?: Refused,
  lostFiles = refused?.files,
) {
  const areas = await listAreasFor(deps.db, viewer)
  const only = areas.length === 1 ? areas[0] : undefined
  const area = areas.find(({ id }) => String(id) === typed.area) ?? only
  // Nothing that was typed is lost when its area was archived meanwhile: the error page keeps it.
  if (!area && refused) throw new InvalidForm('', 'El área elegida ya no recibe tickets. Elija otra.')
  const { field, requester } = await requesterField(deps, viewer, typed)
  const categories = area ? await listCategoriesFor(deps.db, requester, area.id) : []
  const model: NewTicketModel = {
    title: 'Nuevo ticket',
    areas: areas.map(({ id, name }) => ({ id, name, href: paths.newTicketIn(id) })),
    form: area
      ? {
          action: paths.tickets,
          area,
          changeAreaHref: only ? null : paths.newTicket,
          categories: grouped(categories),
          requester: field,
          values: {
            categoria: typed.categoria ?? '',
            asunto: typed.asunto ?? '',
            descripcion: typed.descripcion ?? '',
          },
          files: fileField(fileLimits, region.locale, lostFiles),
          errors: refused?.errors ?? [],
          limits,
        }
      : null,
  }
  page(res, 'tickets/new', model, refused?.status ?? 200)
}

export function grouped(categories: Awaited<ReturnType<typeof listCategoriesFor>>) {
  const headings = { PROBLEMA: 'Problemas', REQUERIMIENTO: 'Requerimientos' }
  return Object.keys(categoryKindLabels).flatMap(kind => {
    const options = categories
      .filter(category => category.kind === kind)
      .map(({ id, name }) => ({ value: String(id), label: name }))
    return options.length > 0 ? [{ group: headings[kind as keyof typeof headings], options }] : []
  })
}

type CreateCall = Call<unknown, unknown, z.infer<(typeof newTicketForm)['schema']>>

export async function registerTicket(deps: TicketDependencies, call: CreateCall) {
  const { viewer, form, res } = call
  const { accepted, refused } = await inspectFiles(deps.db, call.files, call.region.locale)
  const showAgain = (errors: FieldError[]) =>
    show(deps, call, form.typed, { errors, status: statusOf(refused), files: call.files.length })
  if (!form.ok) return showAgain([...form.errors, ...fileErrors(refused)])
  if (refused.length > 0) return showAgain(fileErrors(refused))
  const { area, categoria, asunto, descripcion, solicitante } = form.value
  let number = 0
  try {
    const files = await keepFiles(deps, accepted)
    const outcome = await once(deps, call, async deps => {
      const input = {
        areaId: area,
        categoryId: categoria,
        subject: asunto,
        description: descripcion,
        requesterId: solicitante,
      }
      number = await createTicket(deps, viewer, input, files)
      return pathOfNew(viewer, area, number)
    })
    sayOutcome(res, outcome, { kind: 'exito', text: `Ticket #${number} registrado.` })
    res.redirect(303, outcome.path)
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    await showAgain([{ field: error.field, message: error.message }])
  }
}

function pathOfNew(viewer: Viewer, areaId: number, number: number): string {
  const nobody = { assigneeId: null, assigneeGroupId: null, attendantIds: [] }
  const ticket = { areaId, ...nobody, requesterId: viewer.id, creatorId: viewer.id }
  return sees(workOf(viewer), ticket) ? paths.ticket(number) : paths.myTicket(number)
}
