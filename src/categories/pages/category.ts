import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import type { Audience, Priority } from '../../generated/prisma/enums.ts'
import { priorityLabels } from '../../tickets/labels.ts'
import { type FieldError, id } from '../../web/forms.ts'
import type { LifecycleAction } from '../../web/lifecycle.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { keptBy } from '../actions/lifecycle.ts'
import type { CategoryContext } from '../actions/locked.ts'
import { type CategoryInput, createCategory, STAYS, updateCategory } from '../actions/save.ts'
import { type categoryForm, limits, type newCategoryForm } from '../forms.ts'
import type { KindTexts } from '../kinds.ts'
import { audienceLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { type Category, getCategory, listAreasToChoose, listGroupsToChoose, usesOf } from '../queries.ts'

interface Option {
  value: string
  label: string
}

/** The form of a problem or a requirement, new or known. */
export interface CategoryPage {
  title: string
  above: { label: string; href: string }
  /** What its being archived means; '' while it is in use. */
  archived: string
  action: string
  /** '' for a new one. */
  version: string
  submit: string
  /** Why the area stays; '' when it can be chosen. */
  areaStays: string
  areas: Option[]
  groups: { label: string; options: Option[] }[]
  priorities: Option[]
  audiences: (Option & { help: string })[]
  values: { nombre: string; area: string; prioridad: string; grupo: string; visible: string }
  examples: string
  limits: { name: number }
  errors: FieldError[]
  conflict: ConflictModel | null
  lifecycle: LifecycleAction[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'categories/form': CategoryPage
  }
}

export async function showNewCategory(
  deps: CategoryContext,
  { res }: Pick<Call, 'res'>,
  texts: KindTexts,
  refusal?: Refusal,
) {
  const model: CategoryPage = {
    ...(await formOf(deps, texts, null, false, refusal)),
    title: texts.add,
    submit: `Crear ${texts.the.split(' ')[1]}`,
    archived: '',
    lifecycle: [],
  }
  page(res, 'categories/form', model, statusOfForm(refusal))
}

export const categoryParams = z.object({ id: id() })
type CategoryCall<F = unknown> = Call<z.infer<typeof categoryParams>, unknown, F>

export async function showCategory(
  deps: CategoryContext,
  { params, res }: Pick<CategoryCall, 'params' | 'res'>,
  texts: KindTexts,
  refusal?: Refusal,
) {
  const category = await getCategory(deps.db.prisma, texts.kind, params.id)
  const uses = await usesOf(deps.db.prisma, category.id)
  const model: CategoryPage = {
    ...(await formOf(deps, texts, category, uses.byTickets, refusal)),
    title: category.name,
    submit: refusal?.conflict ? 'Guardar de todos modos' : 'Guardar cambios',
    archived: category.active ? '' : 'En el archivo: nadie lo puede elegir para un ticket nuevo.',
    lifecycle: lifecycleOf(category, keptBy(uses)),
  }
  page(res, 'categories/form', model, statusOfForm(refusal))
}

/** @param category null for a new one */
async function formOf(
  { db }: CategoryContext,
  texts: KindTexts,
  category: Category | null,
  used: boolean,
  refusal: Refusal | undefined,
): Promise<Omit<CategoryPage, 'title' | 'submit' | 'archived' | 'lifecycle'>> {
  const { categories, category: path } = paths(texts.kind)
  const areas = await listAreasToChoose(db, { presentId: category?.areaId ?? null, stays: used })
  const groups = await listGroupsToChoose(
    db,
    areas.map(({ id }) => id),
  )
  const { typed = {}, errors = [], conflict } = refusal ?? {}
  return {
    above: { label: texts.plural, href: categories },
    action: category ? path(category.id) : categories,
    version: category ? (!conflict && typed.version) || String(category.version) : '',
    areaStays: used ? STAYS : '',
    areas: areas.map(({ id, name }) => option(id, name)),
    groups: byArea(groups),
    priorities: (Object.keys(priorityLabels) as Priority[]).map(value => ({ value, label: priorityLabels[value] })),
    audiences: (Object.keys(audienceLabels) as Audience[]).map(value => ({
      value,
      label: audienceLabels[value],
      help: value === 'TODOS' ? 'También los clientes.' : 'Los clientes no lo ven.',
    })),
    values: valuesOf(category, typed, areas.length === 1 ? String(areas[0]?.id) : ''),
    examples: texts.examples,
    limits,
    errors,
    conflict: conflictModel(refusal),
  }
}

const option = (id: number, label: string): Option => ({ value: String(id), label })

function byArea(groups: Awaited<ReturnType<typeof listGroupsToChoose>>): CategoryPage['groups'] {
  const names = [...new Set(groups.map(({ area }) => area.name))]
  return names.map(label => ({
    label,
    options: groups.filter(({ area }) => area.name === label).map(({ id, name }) => option(id, name)),
  }))
}

function valuesOf(category: Category | null, typed: Record<string, string>, onlyArea: string): CategoryPage['values'] {
  return {
    nombre: typed.nombre ?? category?.name ?? '',
    area: typed.area ?? (category ? String(category.areaId) : onlyArea),
    prioridad: typed.prioridad ?? category?.defaultPriority ?? 'MEDIA',
    grupo: typed.grupo ?? String(category?.defaultGroupId ?? ''),
    visible: typed.visible ?? category?.audience ?? 'TODOS',
  }
}

/** @param kept why it cannot be deleted; '' when it can */
function lifecycleOf({ id, kind, active, version }: Category, kept: string): LifecycleAction[] {
  const { archiving, restoration, deletion } = paths(kind)
  const fields = { version: String(version) }
  const archive: LifecycleAction = {
    ...{ name: 'archivar', label: 'Archivar', icon: 'archive', href: archiving(id), fields, tone: 'plain' },
    help: 'Nadie lo podrá elegir para un ticket nuevo. Sus tickets siguen como están y se puede restaurar.',
    withheld: null,
  }
  const restore: LifecycleAction = {
    ...{ name: 'restaurar', label: 'Restaurar', icon: 'archive-off', href: restoration(id), fields, tone: 'plain' },
    help: 'Se puede volver a elegir para tickets nuevos.',
    withheld: null,
  }
  const remove: LifecycleAction = {
    ...{ name: 'eliminar', label: 'Eliminar', icon: 'trash', href: deletion(id), fields, tone: 'danger' },
    help: 'Desaparece para siempre. Solo es posible mientras ningún ticket lo haya usado.',
    withheld: kept ? { reason: kept, link: null } : null,
  }
  return [active ? archive : restore, remove]
}

export async function submitNewCategory(
  deps: CategoryContext,
  call: Call<unknown, unknown, z.infer<(typeof newCategoryForm)['schema']>>,
  texts: KindTexts,
) {
  const { kind } = texts
  await save(
    deps,
    call,
    async (deps, value) => {
      await createCategory(deps, actorOf(call), kind, inputOf(value))
      return { path: paths(kind).categories, text: `«${value.nombre}» ya se puede elegir en los tickets.` }
    },
    refusal => showNewCategory(deps, call, texts, refusal),
  )
}

export async function submitCategory(
  deps: CategoryContext,
  call: CategoryCall<z.infer<(typeof categoryForm)['schema']>>,
  texts: KindTexts,
) {
  const { kind } = texts
  const { id } = call.params
  await save(
    deps,
    call,
    async (deps, { version, ...value }) => {
      await updateCategory(deps, actorOf(call), { kind, id, version }, inputOf(value))
      return { path: paths(kind).category(id), text: `«${value.nombre}» quedó guardado.` }
    },
    refusal => showCategory(deps, call, texts, refusal),
  )
}

const inputOf = (value: z.infer<(typeof newCategoryForm)['schema']>): CategoryInput => ({
  name: value.nombre,
  areaId: value.area,
  defaultPriority: value.prioridad,
  defaultGroupId: value.grupo,
  audience: value.visible,
})
