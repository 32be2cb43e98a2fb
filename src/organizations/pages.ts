import { z } from 'zod'
import { actorOf } from '../audit/record.ts'
import { paths as people } from '../users/paths.ts'
import { filterForm } from '../web/filter-form.ts'
import { boundedCount, plural } from '../web/format.ts'
import { type FieldError, id } from '../web/forms.ts'
import { byName, pageQuery, pageRequest, pagerLinks, withQuery } from '../web/listing.ts'
import { type ListingPage, textCell } from '../web/listing-page.ts'
import { sayOutcome } from '../web/messages.ts'
import { page } from '../web/page.ts'
import type { Call } from '../web/route.ts'
import { type Refusal, save, statusOfForm } from '../web/saving.ts'
import { once } from '../web/submissions.ts'
import { type ActionContext, createOrganization, deleteOrganization, renameOrganization } from './actions.ts'
import { limits, type organizationForm } from './forms.ts'
import { paths } from './paths.ts'
import { deletionVerdict } from './policy.ts'
import { COUNT_LIMIT, getOrganization, listOrganizations, type OrganizationRow } from './queries.ts'

export interface OrganizationPage {
  title: string
  above: { label: string; href: string }
  action: string
  value: string
  submit: string
  errors: FieldError[]
  limits: { name: number }
  /** Null for a new one; the reason is '' where it may be deleted. */
  existing: null | { people: string; peopleHref: string; deletionAction: string; reason: string }
}

declare module '../web/page.ts' {
  interface ViewModels {
    'organizations/organization': OrganizationPage
  }
}

export const listQuery = z.object({ buscar: z.string().max(100).optional().catch(undefined), ...pageQuery(byName) })
export const organizationParams = z.object({ id: id() })

type NameForm = z.infer<(typeof organizationForm)['schema']>
type OneCall<F = unknown> = Call<z.infer<typeof organizationParams>, unknown, F>

const above = { label: 'Organizaciones', href: paths.list }

export async function showOrganizations(
  { db }: ActionContext,
  { query, res }: Call<unknown, z.infer<typeof listQuery>>,
): Promise<void> {
  const buscar = query.buscar?.trim() ?? ''
  const found = await listOrganizations(db, buscar, pageRequest(query))
  const filters = filterForm(paths.list, {}, { search: { name: 'buscar', label: 'Nombre', value: buscar } })
  const newOne = { label: 'Nueva organización', href: paths.newOrganization }
  const model: ListingPage = {
    title: 'Organizaciones',
    lead: 'Las empresas e instituciones a las que pertenecen los clientes.',
    actions: [{ ...newOne, icon: 'plus', primary: true }],
    filters,
    caption: 'Organizaciones por nombre',
    columns: ['Organización', 'Personas'],
    rows: found.rows.map(rowOf),
    pager: pagerLinks(byName, found, paths.list, { buscar }),
    empty: buscar
      ? { icon: 'filter-off', title: 'Nada coincide', text: 'Ninguna organización se llama así.' }
      : {
          icon: 'building-community',
          title: 'Todavía no hay organizaciones',
          text: 'Cree la primera.',
          action: newOne,
        },
  }
  page(res, 'listing/index', model)
}

const rowOf = ({ id, name, people }: OrganizationRow) => ({
  title: name,
  href: paths.organization(id),
  note: '',
  cells: [textCell(boundedCount(people, COUNT_LIMIT))],
})

export function showNewOrganization({ res }: Pick<Call, 'res'>, refusal?: Refusal): void {
  const model: OrganizationPage = {
    title: 'Nueva organización',
    above,
    action: paths.list,
    value: refusal?.typed.nombre ?? '',
    submit: 'Crear organización',
    errors: refusal?.errors ?? [],
    limits,
    existing: null,
  }
  page(res, 'organizations/organization', model, statusOfForm(refusal))
}

export async function showOrganization(
  { db }: ActionContext,
  { params, res }: Pick<OneCall, 'params' | 'res'>,
  refusal?: Refusal,
): Promise<void> {
  const { name, people: count } = await getOrganization(db.prisma, params.id)
  const verdict = deletionVerdict(count)
  const model: OrganizationPage = {
    title: name,
    above,
    action: paths.organization(params.id),
    value: refusal?.typed.nombre ?? name,
    submit: 'Guardar',
    errors: refusal?.errors ?? [],
    limits,
    existing: {
      people: plural(count, 'cliente', 'clientes'),
      peopleHref: withQuery(people.clientes.list, { organizacion: params.id }),
      deletionAction: paths.deletion(params.id),
      reason: verdict.allowed ? '' : verdict.reason,
    },
  }
  page(res, 'organizations/organization', model, statusOfForm(refusal))
}

export async function registerOrganization(deps: ActionContext, call: Call<unknown, unknown, NameForm>): Promise<void> {
  await save(
    deps,
    call,
    async (deps, { nombre }) => {
      await createOrganization(deps, actorOf(call), nombre)
      return { path: paths.list, text: `La organización «${nombre}» quedó creada.` }
    },
    async refusal => showNewOrganization(call, refusal),
  )
}

export async function saveOrganization(deps: ActionContext, call: OneCall<NameForm>): Promise<void> {
  await save(
    deps,
    call,
    async (deps, { nombre }) => {
      await renameOrganization(deps, actorOf(call), call.params.id, nombre)
      return { path: paths.list, text: `La organización se llama ahora «${nombre}».` }
    },
    refusal => showOrganization(deps, call, refusal),
  )
}

export async function removeOrganization(deps: ActionContext, call: OneCall): Promise<void> {
  const { params, res } = call
  let name = ''
  const outcome = await once(deps, call, async deps => {
    name = await deleteOrganization(deps, actorOf(call), params.id)
    return paths.list
  })
  sayOutcome(res, outcome, { kind: 'exito', text: `La organización «${name}» quedó eliminada.` })
  res.redirect(303, outcome.path)
}
