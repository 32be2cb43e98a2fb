import type { PermissionEffect, Role } from '../generated/prisma/enums.ts'

/** What a permission is about, in the order in which pages show them. */
export const permissionGroups = {
  ver: 'Qué tickets ve',
  crear: 'Crear tickets',
  atender: 'Trabajar en tickets',
  medir: 'Encuestas y reportes',
  administrar: 'Administración',
} as const

type Group = keyof typeof permissionGroups

/** One capability: its Spanish name, who has it by default, and to whom it may be granted on top. */
interface Definition {
  label: string
  group: Group
  defaults: readonly Role[]
  grantable: readonly Role[]
}

type Holders = Pick<Definition, 'defaults' | 'grantable'>

const ADMINISTRATION: Holders & { group: 'administrar' } = {
  group: 'administrar',
  defaults: ['ADMINISTRADOR'],
  grantable: ['SUPERVISOR', 'AGENTE'],
}
const ADMINISTRATOR_ONLY: Holders = { defaults: ['ADMINISTRADOR'], grantable: [] }
const SUPERVISION: Holders = { defaults: ['ADMINISTRADOR', 'SUPERVISOR'], grantable: ['SUPERVISOR'] }
const ATTENTION: Holders = {
  defaults: ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE'],
  grantable: ['SUPERVISOR', 'AGENTE'],
}

const definitions = {
  'tickets.crear': {
    label: 'Crear tickets',
    group: 'crear',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR', 'USUARIO'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.crear_en_nombre': {
    label: 'Crear tickets en nombre de otra persona',
    group: 'crear',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.ver_todos': { label: 'Ver los tickets de todas las áreas', group: 'ver', ...ADMINISTRATOR_ONLY },
  'tickets.ver_area': { label: 'Ver todos los tickets de sus áreas', group: 'ver', ...SUPERVISION },
  'tickets.ver_asignados': {
    label: 'Ver los tickets asignados a la persona o a sus grupos',
    group: 'ver',
    ...ATTENTION,
  },
  'tickets.asignar': { label: 'Asignar y reasignar tickets', group: 'atender', ...SUPERVISION },
  'tickets.iniciar': { label: 'Iniciar la atención de sus tickets', group: 'atender', ...ATTENTION },
  'tickets.comentar': {
    label: 'Escribir en la bitácora',
    group: 'atender',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'USUARIO'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.finalizar': { label: 'Finalizar tickets', group: 'atender', ...ATTENTION },
  'tickets.cancelar': {
    label: 'Cancelar tickets',
    group: 'atender',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.reabrir': { label: 'Reabrir tickets finalizados', group: 'atender', ...SUPERVISION },
  'tickets.reclasificar': { label: 'Reclasificar tickets', group: 'atender', ...SUPERVISION },
  'tickets.incidencias': { label: 'Reportar y cerrar incidencias', group: 'atender', ...ATTENTION },
  'encuestas.ver_resultados': { label: 'Ver resultados de encuestas', group: 'medir', ...ATTENTION },
  'encuestas.administrar': { label: 'Administrar encuestas', ...ADMINISTRATION },
  'reportes.ver': { label: 'Ver reportes', group: 'medir', ...SUPERVISION },
  'areas.administrar': { label: 'Administrar áreas', ...ADMINISTRATION },
  'categorias.administrar': { label: 'Administrar problemas y requerimientos', ...ADMINISTRATION },
  'grupos.administrar': { label: 'Administrar grupos', ...ADMINISTRATION },
  'usuarios.administrar': { label: 'Administrar usuarios', ...ADMINISTRATION },
  'clientes.administrar': { label: 'Administrar clientes y organizaciones', ...ADMINISTRATION },
  'auditoria.ver': { label: 'Ver la auditoría', ...ADMINISTRATION },
  'permisos.administrar': { label: 'Administrar permisos y roles', group: 'administrar', ...ADMINISTRATOR_ONLY },
  'ajustes.administrar': { label: 'Administrar ajustes', group: 'administrar', ...ADMINISTRATOR_ONLY },
} satisfies Record<string, Definition>

export type Permission = keyof typeof definitions

/** Every permission there is, in the order in which pages show them. */
export const catalog: Readonly<Record<Permission, Definition>> = definitions

export const permissionCodes = Object.keys(catalog) as Permission[]

export interface Override {
  permission: string
  effect: PermissionEffect
}

/** Whether somebody has a permission, and what decides that. */
export interface Standing {
  held: boolean
  from: 'rol' | 'concedido' | 'denegado'
}

/**
 * The role's default, unless it was denied, or granted and the role may hold it; deny wins.
 * Only employees (Supervisor, Agente) have overrides: an Administrador keeps everything, a Usuario what every Usuario has.
 */
export function standingOf(role: Role, overrides: readonly Override[], code: Permission): Standing {
  const { defaults, grantable } = catalog[code]
  const personal = role === 'SUPERVISOR' || role === 'AGENTE' ? overrides : []
  const has = (effect: PermissionEffect) =>
    personal.some(override => override.permission === code && override.effect === effect)
  if (has('DENEGAR')) return { held: false, from: 'denegado' }
  if (has('CONCEDER') && grantable.includes(role)) return { held: true, from: 'concedido' }
  return { held: defaults.includes(role), from: 'rol' }
}

/** What a person may do, see {@link standingOf}. */
export function effectivePermissions(role: Role, overrides: readonly Override[]): ReadonlySet<Permission> {
  return new Set(permissionCodes.filter(code => standingOf(role, overrides, code).held))
}
