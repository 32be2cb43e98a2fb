import type { PermissionEffect, Role } from '../generated/prisma/enums.ts'

/** One capability: its Spanish name, who has it by default, and to whom it may be granted on top. */
interface Definition {
  label: string
  defaults: readonly Role[]
  grantable: readonly Role[]
}

const ADMINISTRATION: Pick<Definition, 'defaults' | 'grantable'> = {
  defaults: ['ADMINISTRADOR'],
  grantable: ['SUPERVISOR', 'AGENTE'],
}
const ADMINISTRATOR_ONLY: Pick<Definition, 'defaults' | 'grantable'> = { defaults: ['ADMINISTRADOR'], grantable: [] }
const SUPERVISION: Pick<Definition, 'defaults' | 'grantable'> = {
  defaults: ['ADMINISTRADOR', 'SUPERVISOR'],
  grantable: ['SUPERVISOR'],
}
const ATTENTION: Pick<Definition, 'defaults' | 'grantable'> = {
  defaults: ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE'],
  grantable: ['SUPERVISOR', 'AGENTE'],
}

const definitions = {
  'tickets.crear': {
    label: 'Crear tickets',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR', 'USUARIO'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.crear_en_nombre': {
    label: 'Crear tickets en nombre de otra persona',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.ver_todos': { label: 'Ver los tickets de todas las áreas', ...ADMINISTRATOR_ONLY },
  'tickets.ver_area': { label: 'Ver todos los tickets de sus áreas', ...SUPERVISION },
  'tickets.ver_asignados': { label: 'Ver los tickets asignados a la persona o a sus grupos', ...ATTENTION },
  'tickets.asignar': { label: 'Asignar y reasignar tickets', ...SUPERVISION },
  'tickets.iniciar': { label: 'Iniciar la atención de sus tickets', ...ATTENTION },
  'tickets.comentar': {
    label: 'Escribir en la bitácora',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'USUARIO'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.finalizar': { label: 'Finalizar tickets', ...ATTENTION },
  'tickets.cancelar': {
    label: 'Cancelar tickets',
    defaults: ['ADMINISTRADOR', 'SUPERVISOR'],
    grantable: ['SUPERVISOR', 'AGENTE'],
  },
  'tickets.reabrir': { label: 'Reabrir tickets finalizados', ...SUPERVISION },
  'tickets.reclasificar': { label: 'Reclasificar tickets', ...SUPERVISION },
  'tickets.incidencias': { label: 'Reportar y cerrar incidencias', ...ATTENTION },
  'encuestas.ver_resultados': { label: 'Ver resultados de encuestas', ...ATTENTION },
  'encuestas.administrar': { label: 'Administrar encuestas', ...ADMINISTRATION },
  'reportes.ver': { label: 'Ver reportes', ...SUPERVISION },
  'areas.administrar': { label: 'Administrar áreas', ...ADMINISTRATION },
  'categorias.administrar': { label: 'Administrar problemas y requerimientos', ...ADMINISTRATION },
  'grupos.administrar': { label: 'Administrar grupos', ...ADMINISTRATION },
  'usuarios.administrar': { label: 'Administrar usuarios', ...ADMINISTRATION },
  'clientes.administrar': { label: 'Administrar clientes y organizaciones', ...ADMINISTRATION },
  'auditoria.ver': { label: 'Ver la auditoría', ...ADMINISTRATION },
  'permisos.administrar': { label: 'Administrar permisos y roles', ...ADMINISTRATOR_ONLY },
  'ajustes.administrar': { label: 'Administrar ajustes', ...ADMINISTRATOR_ONLY },
} satisfies Record<string, Definition>

export type Permission = keyof typeof definitions

/** Every permission there is, in the order in which pages show them. */
export const catalog: Readonly<Record<Permission, Definition>> = definitions

export interface Override {
  permission: string
  effect: PermissionEffect
}

/**
 * What a person may do: the role's defaults, minus what was denied, plus what was granted and the role may hold; deny wins.
 * Only employees (Supervisor, Agente) have overrides: an Administrador keeps everything, a Usuario what every Usuario has.
 */
export function effectivePermissions(role: Role, overrides: readonly Override[]): ReadonlySet<Permission> {
  const personal = role === 'SUPERVISOR' || role === 'AGENTE' ? overrides : []
  const has = (code: string, effect: PermissionEffect) =>
    personal.some(override => override.permission === code && override.effect === effect)
  const codes = (Object.keys(catalog) as Permission[]).filter(code => {
    const { defaults, grantable } = catalog[code]
    if (has(code, 'DENEGAR')) return false
    return defaults.includes(role) || (grantable.includes(role) && has(code, 'CONCEDER'))
  })
  return new Set(codes)
}
