import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { countOpenTickets, openTicketsLink, spokenOpenTickets } from '../../tickets/open-tickets.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import { type FieldError, id } from '../../web/forms.ts'
import type { LifecycleAction } from '../../web/lifecycle.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { keptBy } from '../actions/lifecycle.ts'
import type { GroupContext } from '../actions/locked.ts'
import { createGroup, updateGroup } from '../actions/save.ts'
import { type groupForm, limits, type newGroupForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { type Group, getGroup, listCategoriesOf, listPeopleToChoose } from '../queries.ts'

/** The form of a group; for a new one the area comes first, for its people depend on it. */
export interface GroupPage {
  title: string
  above: { label: string; href: string }
  /** A line under the title: its area, and what its being archived means. */
  note: string
  /** The first step of a new group; none once the area is known. */
  areas: { name: string; href: string }[]
  form: null | {
    action: string
    /** '' for a new one. */
    version: string
    /** '' for one whose area is known. */
    area: string
    submit: string
    values: { nombre: string }
    people: { value: string; label: string; help: string; checked: boolean }[]
    limits: { name: number }
    errors: FieldError[]
    conflict: ConflictModel | null
  }
  lifecycle: LifecycleAction[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'groups/form': GroupPage
  }
}

const above = { label: 'Grupos', href: paths.groups }

export const newGroupQuery = z.object({ area: z.string().optional().catch(undefined) })

/** First the area, then the form with that area's people; both are plain pages. */
export async function showNewGroup(
  { db }: GroupContext,
  { res }: Pick<Call, 'res'>,
  wanted: string | undefined,
  refusal?: Refusal,
) {
  const where = { active: true }
  const areas = await db.prisma.area.findMany({ where, select: { id: true, name: true }, orderBy: { name: 'asc' } })
  const area = areas.find(({ id }) => String(id) === wanted) ?? (areas.length === 1 ? areas[0] : undefined)
  // Nothing that was typed is lost when its area was archived meanwhile: the error page keeps it.
  if (!area && refusal) throw new InvalidForm('', 'El área elegida está archivada. Elija otra.')
  const model: GroupPage = {
    title: 'Nuevo grupo',
    above,
    note: area ? `Del área ${area.name}` : 'Elija el área a la que pertenece.',
    areas: area ? [] : areas.map(({ id, name }) => ({ name, href: paths.newGroupIn(id) })),
    form: area
      ? {
          ...formFields({ name: '', version: '' }, refusal),
          ...{ action: paths.groups, area: String(area.id), submit: 'Crear grupo' },
          people: await peopleOf(db, area.id, [], refusal),
        }
      : null,
    lifecycle: [],
  }
  page(res, 'groups/form', model, statusOfForm(refusal))
}

function formFields(present: { name: string; version: number | '' }, refusal: Refusal | undefined) {
  const { typed = {}, errors = [], conflict } = refusal ?? {}
  return {
    version: (!conflict && typed.version) || String(present.version),
    values: { nombre: typed.nombre ?? present.name },
    limits,
    errors,
    conflict: conflictModel(refusal),
  }
}

async function peopleOf(
  db: GroupContext['db'],
  areaId: number,
  memberIds: readonly number[],
  refusal: Refusal | undefined,
) {
  const people = await listPeopleToChoose(db, areaId, memberIds)
  const ticked = refusal ? (refusal.ticked.personas ?? []) : memberIds.map(String)
  return people.map(({ id, name, active }) => ({
    value: String(id),
    label: name,
    help: active ? '' : 'Cuenta inactiva',
    checked: ticked.includes(String(id)),
  }))
}

export const groupParams = z.object({ id: id() })
type GroupCall<F = unknown> = Call<z.infer<typeof groupParams>, unknown, F>

export async function showGroup(
  { db }: GroupContext,
  { viewer, params, res }: Pick<GroupCall, 'viewer' | 'params' | 'res'>,
  refusal?: Refusal,
) {
  const group = await getGroup(db.prisma, params.id)
  const memberIds = group.members.map(({ userId }) => userId)
  const archived = group.active ? '' : '. Está archivado: no se le puede asignar nada.'
  const model: GroupPage = {
    title: group.name,
    above,
    note: `Del área ${group.area.name}${archived}`,
    areas: [],
    form: {
      ...formFields(group, refusal),
      ...{ action: paths.group(group.id), area: '' },
      submit: refusal?.conflict ? 'Guardar de todos modos' : 'Guardar cambios',
      people: await peopleOf(db, group.areaId, memberIds, refusal),
    },
    lifecycle: [group.active ? await archiving(db, viewer, group) : restoration(group)],
  }
  page(res, 'groups/form', model, statusOfForm(refusal))
}

async function archiving(db: GroupContext['db'], viewer: Viewer, group: Group): Promise<LifecycleAction> {
  const { id, areaId, version } = group
  const whose = { areaId, groupId: id }
  const [open, categories] = await Promise.all([countOpenTickets(db.prisma, whose), listCategoriesOf(db.prisma, id)])
  const names = categories.map(({ name }) => `«${name}»`).join(', ')
  const lost = names ? ` Dejará de ser el grupo predeterminado de ${names}.` : ''
  return {
    ...{ name: 'archivar', label: 'Archivar grupo', icon: 'archive', tone: 'danger', href: paths.archiving(id) },
    help: `No se le podrán asignar tickets. Los que atendió conservan su nombre y se puede restaurar.${lost}`,
    fields: { version: String(version), categorias: categories.map(category => category.id).join() },
    withheld: open && { reason: keptBy(spokenOpenTickets(open)), link: openTicketsLink(viewer, whose, open) },
  }
}

const restoration = ({ id, version }: Group): LifecycleAction => ({
  ...{ name: 'restaurar', label: 'Restaurar grupo', icon: 'archive-off', tone: 'plain', href: paths.restoration(id) },
  help: 'Se le pueden asignar tickets otra vez, con las personas que tenía.',
  fields: { version: String(version) },
  withheld: null,
})

export async function submitNewGroup(
  deps: GroupContext,
  call: Call<unknown, unknown, z.infer<(typeof newGroupForm)['schema']>>,
) {
  await save(
    deps,
    call,
    async (deps, { area, nombre, personas }) => {
      const id = await createGroup(deps, actorOf(call), area, { name: nombre, memberIds: personas })
      return { path: paths.group(id), text: `Grupo «${nombre}» creado.` }
    },
    refusal => showNewGroup(deps, call, refusal.typed.area, refusal),
  )
}

export async function submitGroup(deps: GroupContext, call: GroupCall<z.infer<(typeof groupForm)['schema']>>) {
  const { id } = call.params
  await save(
    deps,
    call,
    async (deps, { version, nombre, personas }) => {
      await updateGroup(deps, actorOf(call), { id, version }, { name: nombre, memberIds: personas })
      return { path: paths.group(id), text: `El grupo «${nombre}» quedó guardado.` }
    },
    refusal => showGroup(deps, call, refusal),
  )
}
