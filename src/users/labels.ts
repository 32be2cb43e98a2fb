import type { Role } from '../generated/prisma/enums.ts'
import type { AccountType } from './account-types.ts'

export const roleLabels: Record<Role, string> = {
  ADMINISTRADOR: 'Administrador',
  SUPERVISOR: 'Supervisor',
  AGENTE: 'Agente',
  USUARIO: 'Usuario',
}

export const accountTypeLabels: Record<AccountType, string> = {
  ADMINISTRADOR: 'Administrador',
  SUPERVISOR: 'Supervisor',
  AGENTE: 'Agente',
  EMPLEADO: 'Empleado no técnico',
  CLIENTE: 'Cliente',
}

/** Whether somebody can sign in with his account, in a word or two. */
export function accountStateLabel({ active, hasPassword, email }: AccountState): string {
  if (!active) return 'Inactiva'
  if (hasPassword) return 'Activa'
  return email === null ? 'Sin acceso' : 'Sin contraseña todavía'
}

interface AccountState {
  active: boolean
  hasPassword: boolean
  email: string | null
}

/** What comes with it, in a sentence. */
export const accountTypeHelp: Record<AccountType, string> = {
  ADMINISTRADOR: 'Todo, en todas las áreas.',
  SUPERVISOR: 'Ve los tickets de sus áreas y decide quién los atiende.',
  AGENTE: 'Atiende los tickets que le asignan, a él o a sus grupos.',
  EMPLEADO: 'Pide ayuda y sigue sus tickets.',
  CLIENTE: 'Alguien de fuera que pide ayuda y sigue sus tickets.',
}
