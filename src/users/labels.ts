import type { Role, UserKind } from '../generated/prisma/enums.ts'

export const roleLabels: Record<Role, string> = {
  ADMINISTRADOR: 'Administrador',
  SUPERVISOR: 'Supervisor',
  AGENTE: 'Agente',
  USUARIO: 'Usuario',
}

export const kindLabels: Record<UserKind, string> = { CLIENTE: 'Cliente', EMPLEADO: 'Empleado' }
