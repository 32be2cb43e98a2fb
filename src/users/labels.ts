import type { Role } from '../generated/prisma/enums.ts'

export const roleLabels: Record<Role, string> = {
  ADMINISTRADOR: 'Administrador',
  SUPERVISOR: 'Supervisor',
  AGENTE: 'Agente',
  USUARIO: 'Usuario',
}
