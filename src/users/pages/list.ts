import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { type FilterForm, type FilterSelect, filterForm } from '../../web/filter-form.ts'
import { id } from '../../web/forms.ts'
import { byName, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { type ListingCell, type ListingPage, type ListingRow, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { accountTypes, typeOf } from '../account-types.ts'
import { accountStateLabel, accountTypeLabels } from '../labels.ts'
import { typesFor } from '../policy.ts'
import type { Population } from '../populations.ts'
import { isSearchable, listPeople, type PeopleFilters, type PersonRow } from '../queries.ts'
import type { UserDependencies } from './dependencies.ts'

export const listQuery = z.object({
  buscar: z.string().max(100).optional().catch(undefined),
  rol: z
    .string()
    .transform(slug => accountTypes.find(type => type.toLowerCase() === slug))
    .optional()
    .catch(undefined),
  area: id().optional().catch(undefined),
  organizacion: id().optional().catch(undefined),
  estado: z.enum(['activos', 'inactivos']).optional().catch(undefined),
  ...pageQuery(byName),
})

type ListQuery = z.infer<typeof listQuery>

/** Usuarios or Clientes: search, filters and a page by name. */
export async function showPeople(
  { db }: UserDependencies,
  population: Population,
  { viewer, query, res }: Call<unknown, ListQuery>,
) {
  const [found, filters] = await Promise.all([
    listPeople(db, filtersOf(population, query), pageRequest(query)),
    filtersShown(db, population, query),
  ])
  const { paths, title, lead, caption, clients } = population
  const model: ListingPage = {
    title,
    lead,
    actions: newPersonOf(population, viewer),
    filters,
    caption,
    columns: clients ? ['Nombre', 'Organización', 'Cuenta'] : ['Nombre', 'Rol', 'Áreas', 'Cuenta'],
    rows: found.rows.map(row => rowOf(population, row)),
    pager: pagerLinks(byName, found, paths.list, parametersOf(query)),
    empty: emptyOf(population, query, filters),
  }
  page(res, 'listing/index', model)
}

const filtersOf = ({ clients }: Population, query: ListQuery): PeopleFilters => ({
  clients,
  text: query.buscar ?? '',
  ...(!clients && { type: query.rol, areaId: query.area }),
  ...(clients && { organizationId: query.organizacion }),
  active: query.estado && query.estado === 'activos',
})

const parametersOf = ({ buscar, rol, area, organizacion, estado }: ListQuery) => ({
  buscar,
  rol: rol?.toLowerCase(),
  area,
  organizacion,
  estado,
})

function newPersonOf({ types, newTitle, paths }: Population, viewer: Viewer): ListingPage['actions'] {
  if (!types.some(type => typesFor(viewer, null).includes(type))) return []
  return [{ label: newTitle, href: paths.newPerson, icon: 'user-plus', primary: true }]
}

async function filtersShown(db: Database, population: Population, query: ListQuery): Promise<FilterForm> {
  const { rol, area, organizacion, estado, buscar } = parametersOf(query)
  const states = [
    { value: 'activos', label: 'Activos' },
    { value: 'inactivos', label: 'Inactivos' },
  ]
  const own = population.clients
    ? [await organizationFilter(db, organizacion)]
    : [roleFilter(population, rol), await areaFilter(db, area)]
  return filterForm(
    population.paths.list,
    {},
    {
      search: { name: 'buscar', label: 'Nombre o correo', value: buscar ?? '' },
      selects: [...own, { name: 'estado', label: 'Cuenta', value: estado ?? '', all: 'Todas', options: states }],
    },
  )
}

const byTheirNames = { select: { id: true, name: true }, orderBy: { name: 'asc' } } as const
const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))
const optionOf = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name })

function roleFilter({ types }: Population, value = ''): FilterSelect {
  const options = accountTypes
    .filter(type => types.includes(type))
    .map(type => ({ value: type.toLowerCase(), label: accountTypeLabels[type] }))
  return { name: 'rol', label: 'Rol', value, all: 'Todos', options }
}

async function areaFilter({ prisma }: Database, value: number | undefined): Promise<FilterSelect> {
  const options = (await prisma.area.findMany(byTheirNames)).map(optionOf)
  return { name: 'area', label: 'Área', value: textOf(value), all: 'Todas', options }
}

async function organizationFilter({ prisma }: Database, value: number | undefined): Promise<FilterSelect> {
  const options = (await prisma.organization.findMany(byTheirNames)).map(optionOf)
  return { name: 'organizacion', label: 'Organización', value: textOf(value), all: 'Todas', options }
}

function rowOf({ clients, paths }: Population, row: PersonRow): ListingRow {
  const own = clients
    ? [textCell(row.organization ?? '—')]
    : [textCell(accountTypeLabels[typeOf(row)]), textCell(row.areas || '—')]
  return {
    title: row.name,
    href: paths.person(row.id),
    note: row.email ?? 'Sin correo',
    cells: [...own, accountCell(row)],
  }
}

const accountCell = (row: PersonRow): ListingCell => ({
  kind: 'badge',
  text: accountStateLabel(row),
  tone: row.active && row.hasPassword ? 'positive' : 'neutral',
})

function emptyOf({ clients }: Population, { buscar = '' }: ListQuery, { chips, clearHref }: FilterForm) {
  const action = { label: 'Quitar los filtros', href: clearHref }
  if (buscar.trim() !== '' && !isSearchable(buscar)) {
    const text = 'Escriba al menos tres letras seguidas del nombre o del correo.'
    return { icon: 'search', title: 'Busque con más letras', text, action }
  }
  if (chips.length > 0) {
    return { icon: 'filter-off', title: 'Nadie coincide', text: 'No hay personas con estos filtros.', action }
  }
  const text = clients ? 'Cuando registre al primero, aparecerá aquí.' : 'Registre a quienes van a usar el sistema.'
  return { icon: 'users', title: clients ? 'Todavía no hay clientes' : 'Todavía no hay usuarios', text }
}
