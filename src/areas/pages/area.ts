import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { countOpenTickets, openTicketsLink, spokenOpenTickets } from '../../tickets/open-tickets.ts'
import { roleLabels } from '../../users/labels.ts'
import type { Viewer } from '../../web/access.ts'
import { filterForm } from '../../web/filter-form.ts'
import { type FieldError, id } from '../../web/forms.ts'
import type { LifecycleAction } from '../../web/lifecycle.ts'
import { byName, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { type ListingTable, nothingMatches, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { keptBy } from '../actions/lifecycle.ts'
import type { AreaContext } from '../actions/locked.ts'
import { createArea, renameArea } from '../actions/save.ts'
import { type areaForm, limits, type newAreaForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { type Area, getArea, listMembers } from '../queries.ts'

interface AreaFormModel {
  action: string
  /** '' for a new area. */
  version: string
  submit: string
  values: { nombre: string }
  limits: { name: number }
  errors: FieldError[]
  conflict: ConflictModel | null
}

export interface NewAreaPage {
  title: string
  above: { label: string; href: string }
  form: AreaFormModel
}

/** One area: its name, its people, and what can become of it. */
export interface AreaPage extends NewAreaPage {
  /** What its being archived means; '' while it is in use. */
  archived: string
  addHref: string
  members: ListingTable
  lifecycle: LifecycleAction[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'areas/new': NewAreaPage
    'areas/show': AreaPage
  }
}

const above = { label: 'Áreas', href: paths.areas }

export function showNewArea(_deps: AreaContext, { res }: Pick<Call, 'res'>, refusal?: Refusal): void {
  const form = formModel({ action: paths.areas, submit: 'Crear área' }, { name: '', version: '' }, refusal)
  page(res, 'areas/new', { title: 'Nueva área', above, form }, statusOfForm(refusal))
}

function formModel(
  texts: Pick<AreaFormModel, 'action' | 'submit'>,
  present: { name: string; version: number | string },
  refusal: Refusal | undefined,
): AreaFormModel {
  const { typed = {}, errors = [], conflict } = refusal ?? {}
  return {
    ...texts,
    submit: conflict ? `${texts.submit} de todos modos` : texts.submit,
    version: (!conflict && typed.version) || String(present.version),
    values: { nombre: typed.nombre ?? present.name },
    limits,
    errors,
    conflict: conflictModel(refusal),
  }
}

export async function submitNewArea(
  deps: AreaContext,
  call: Call<unknown, unknown, z.infer<(typeof newAreaForm)['schema']>>,
) {
  await save(
    deps,
    call,
    async (deps, { nombre }) => {
      const path = paths.area(await createArea(deps, actorOf(call), nombre))
      return { path, text: `Área «${nombre}» creada. Agregue a las personas que la atienden.` }
    },
    async refusal => showNewArea(deps, call, refusal),
  )
}

export const areaParams = z.object({ id: id() })
export const areaQuery = z.object({ buscar: z.string().trim().max(100).default('').catch(''), ...pageQuery(byName) })
type AreaCall<F = unknown> = Call<z.infer<typeof areaParams>, unknown, F>
type AreaQuery = z.infer<typeof areaQuery>

export async function showArea(
  { db }: AreaContext,
  { viewer, params, res }: Pick<AreaCall, 'viewer' | 'params' | 'res'>,
  query: AreaQuery,
  refusal?: Refusal,
) {
  const area = await getArea(db.prisma, params.id)
  const model: AreaPage = {
    title: area.name,
    above,
    archived: area.active ? '' : 'Está archivada: no recibe tickets nuevos; lo que atendió se sigue leyendo.',
    form: formModel({ action: paths.area(area.id), submit: 'Guardar nombre' }, area, refusal),
    addHref: paths.members(area.id),
    members: await membersOf(db, area, query),
    lifecycle: [area.active ? await archiving(db, viewer, area) : restoration(area)],
  }
  page(res, 'areas/show', model, statusOfForm(refusal))
}

async function membersOf(db: AreaContext['db'], area: Area, query: AreaQuery): Promise<ListingTable> {
  const path = paths.area(area.id)
  const { buscar } = query
  const found = await listMembers(db, area.id, buscar, pageRequest(query))
  const search = { name: 'buscar', label: 'Buscar por nombre', value: buscar }
  const filters = filterForm(path, {}, { search })
  const nobody = {
    icon: 'users',
    title: 'Nadie pertenece al área todavía',
    text: 'Los supervisores y agentes que agregue atenderán sus tickets.',
    action: { label: 'Agregar personas', href: paths.members(area.id) },
  }
  return {
    filters: found.rows.length > 0 || buscar ? filters : null,
    caption: `Personas de ${area.name}, por nombre`,
    columns: ['Persona', 'Rol', 'Grupos', 'Cuenta'],
    rows: found.rows.map(({ id, name, email, role, groups, active }) => ({
      title: name,
      href: paths.member(area.id, id),
      note: email ?? '',
      cells: [
        textCell(roleLabels[role]),
        textCell(groups.join(', ') || 'Ninguno'),
        active
          ? { kind: 'badge', text: 'Activa', tone: 'positive' }
          : { kind: 'badge', text: 'Inactiva', tone: 'neutral' },
      ],
    })),
    pager: pagerLinks(byName, found, path, { buscar }),
    empty: buscar ? nothingMatches('Nadie del área se llama así.', filters) : nobody,
  }
}

async function archiving(db: AreaContext['db'], viewer: Viewer, { id, version }: Area): Promise<LifecycleAction> {
  const open = await countOpenTickets(db.prisma, { areaId: id })
  return {
    name: 'archivar',
    label: 'Archivar área',
    icon: 'archive',
    help: 'No se podrá elegir para tickets nuevos, tampoco sus categorías y grupos. La historia se sigue leyendo y el área se puede restaurar.',
    href: paths.archiving(id),
    fields: { version: String(version) },
    tone: 'danger',
    withheld: open && {
      reason: keptBy(spokenOpenTickets(open)),
      link: openTicketsLink(viewer, { areaId: id }, open),
    },
  }
}

const restoration = ({ id, version }: Area): LifecycleAction => ({
  name: 'restaurar',
  label: 'Restaurar área',
  icon: 'archive-off',
  help: 'Vuelve a recibir tickets, con las personas, categorías y grupos que tenía.',
  href: paths.restoration(id),
  fields: { version: String(version) },
  tone: 'plain',
  withheld: null,
})

export async function submitArea(deps: AreaContext, call: AreaCall<z.infer<(typeof areaForm)['schema']>>) {
  const { id } = call.params
  await save(
    deps,
    call,
    async (deps, { version, nombre }) => {
      await renameArea(deps, actorOf(call), id, { version, name: nombre })
      return { path: paths.area(id), text: `El área ahora se llama «${nombre}».` }
    },
    refusal => showArea(deps, call, areaQuery.parse({}), refusal),
  )
}
