import type { Role, UserKind } from '../generated/prisma/enums.ts'

/** What an account is, in one word: a role, and for a Usuario its kind. */
export const accountTypes = ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'EMPLEADO', 'CLIENTE'] as const

export type AccountType = (typeof accountTypes)[number]

interface RoleAndKind {
  role: Role
  kind: UserKind | null
}

export function typeOf({ role, kind }: RoleAndKind): AccountType {
  return role === 'USUARIO' ? (kind ?? 'EMPLEADO') : role
}

export function roleAndKindOf(type: AccountType): RoleAndKind {
  return type === 'EMPLEADO' || type === 'CLIENTE' ? { role: 'USUARIO', kind: type } : { role: type, kind: null }
}

/** Whether such an account belongs to areas and may be responsible for tickets. */
export const isStaff = (type: AccountType) => type !== 'EMPLEADO' && type !== 'CLIENTE'
