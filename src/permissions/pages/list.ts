import { z } from 'zod'
import { roleLabels } from '../../users/labels.ts'
import { filterForm } from '../../web/filter-form.ts'
import { plural } from '../../web/format.ts'
import { byName, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { type ListingPage, type ListingRow, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { paths } from '../paths.ts'
import { type EmployeeRow, listAreas, listEmployees } from '../queries.ts'
import type { PermissionDependencies } from './dependencies.ts'

export const listQuery = z.object({
  buscar: z.string().trim().max(100).default('').catch(''),
  rol: z.enum(['supervisor', 'agente']).optional().catch(undefined),
  area: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .optional()
    .catch(undefined),
  permisos: z.literal('personalizados').optional().catch(undefined),
  ...pageQuery(byName),
})

type Query = z.infer<typeof listQuery>

const ROLES = { supervisor: 'SUPERVISOR', agente: 'AGENTE' } as const

/** The employees, each leading to what he may do. */
export async function showEmployees({ db }: PermissionDependencies, { query, res }: Call<unknown, Query>) {
  const { buscar, rol, area, permisos } = query
  const filters = {
    search: buscar,
    role: rol && ROLES[rol],
    areaId: area ? Number(area) : undefined,
    personalized: permisos !== undefined,
  }
  const [found, areas] = await Promise.all([listEmployees(db, filters, pageRequest(query)), listAreas(db)])
  const model: ListingPage = {
    title: 'Permisos',
    lead: 'Qué puede hacer cada supervisor y cada agente, además o en lugar de lo que da su rol.',
    actions: [{ label: '¿Por qué no puedo?', href: paths.whyNot, icon: 'help-circle' }],
    filters: filtersOf(query, areas),
    caption: 'Empleados por nombre',
    columns: ['Empleado', 'Rol', 'Áreas', 'Permisos personalizados'],
    rows: found.rows.map(rowOf),
    pager: pagerLinks(byName, found, paths.permissions, { buscar, rol, area, permisos }),
    empty: {
      icon: 'user-search',
      title: 'Ningún empleado coincide',
      text: 'Aquí aparecen los supervisores y los agentes con cuenta activa. Quite algún filtro para ver más.',
    },
  }
  page(res, 'listing/index', model)
}

function filtersOf({ buscar, rol, area, permisos }: Query, areas: { id: number; name: string }[]) {
  return filterForm(
    paths.permissions,
    {},
    {
      search: { name: 'buscar', label: 'Nombre o correo', value: buscar },
      selects: [
        {
          name: 'rol',
          label: 'Rol',
          value: rol ?? '',
          all: 'Todos',
          options: Object.entries(ROLES).map(([value, role]) => ({ value, label: roleLabels[role] })),
        },
        {
          name: 'area',
          label: 'Área',
          value: area ?? '',
          all: 'Todas',
          options: areas.map(({ id, name }) => ({ value: String(id), label: name })),
        },
        {
          name: 'permisos',
          label: 'Permisos',
          value: permisos ?? '',
          all: 'Todos',
          options: [{ value: 'personalizados', label: 'Solo personalizados' }],
        },
      ],
    },
  )
}

function rowOf({ id, name, email, role, areas, granted, denied }: EmployeeRow): ListingRow {
  const personal = [
    granted > 0 && plural(granted, 'concedido', 'concedidos'),
    denied > 0 && plural(denied, 'denegado', 'denegados'),
  ].filter(Boolean)
  return {
    title: name,
    href: paths.person(id),
    note: email,
    cells: [
      textCell(roleLabels[role]),
      textCell(areas.join(', ') || 'Ninguna'),
      textCell(personal.join(', ') || 'Ninguno'),
    ],
  }
}
