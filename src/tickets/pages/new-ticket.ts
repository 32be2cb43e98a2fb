import { z } from 'zod'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { once } from '../../web/submissions.ts'
import { createTicket } from '../actions/create.ts'
import { listAreasFor, listCategoriesFor } from '../catalog.ts'
import { limits, type newTicketForm } from '../forms.ts'
import { categoryKindLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { sees, workOf } from '../visibility.ts'
import type { TicketDependencies } from './dependencies.ts'

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
    values: { categoria: string; asunto: string; descripcion: string }
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

type ShowCall = Pick<Call, 'viewer' | 'res'>
type Typed = Record<string, string>

/** First the area, then the form with that area's categories; both are plain pages. */
export async function showNewTicket(
  deps: TicketDependencies,
  { viewer, query, res }: Call<unknown, { area?: string | undefined }>,
) {
  await show(deps, { viewer, res }, { area: query.area ?? '' }, [])
}

async function show(deps: TicketDependencies, { viewer, res }: ShowCall, typed: Typed, errors: FieldError[]) {
  const areas = await listAreasFor(deps.db, viewer)
  const only = areas.length === 1 ? areas[0] : undefined
  const area = areas.find(({ id }) => String(id) === typed.area) ?? only
  // Nothing that was typed is lost when its area was archived meanwhile: the error page keeps it.
  if (!area && errors.length > 0) throw new InvalidForm('', 'El área elegida ya no recibe tickets. Elija otra.')
  const categories = area ? await listCategoriesFor(deps.db, viewer, area.id) : []
  const model: NewTicketModel = {
    title: 'Nuevo ticket',
    areas: areas.map(({ id, name }) => ({ id, name, href: paths.newTicketIn(id) })),
    form: area
      ? {
          action: paths.tickets,
          area,
          changeAreaHref: only ? null : paths.newTicket,
          categories: grouped(categories),
          values: {
            categoria: typed.categoria ?? '',
            asunto: typed.asunto ?? '',
            descripcion: typed.descripcion ?? '',
          },
          errors,
          limits,
        }
      : null,
  }
  page(res, 'tickets/new', model, errors.length > 0 ? 422 : 200)
}

function grouped(categories: Awaited<ReturnType<typeof listCategoriesFor>>) {
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
  if (!form.ok) return show(deps, call, form.typed, form.errors)
  const { area, categoria, asunto, descripcion } = form.value
  let number = 0
  try {
    const outcome = await once(deps, call, async deps => {
      const input = { areaId: area, categoryId: categoria, subject: asunto, description: descripcion }
      number = await createTicket(deps, viewer, input)
      return pathOfNew(viewer, area, number)
    })
    sayOutcome(res, outcome, { kind: 'exito', text: `Ticket #${number} registrado.` })
    res.redirect(303, outcome.path)
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    await show(deps, call, form.typed, [{ field: error.field, message: error.message }])
  }
}

function pathOfNew(viewer: Viewer, areaId: number, number: number): string {
  const nobody = { assigneeId: null, assigneeGroupId: null, attendantIds: [] }
  const ticket = { areaId, ...nobody, requesterId: viewer.id, creatorId: viewer.id }
  return sees(workOf(viewer), ticket) ? paths.ticket(number) : paths.myTicket(number)
}
