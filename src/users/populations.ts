import type { AuditKind } from '../audit/kinds.ts'
import type { Permission } from '../permissions/catalog.ts'
import { type AccountType, typeOf } from './account-types.ts'
import { paths } from './paths.ts'
import type { AccountFacts } from './policy.ts'

/** People are administered on two pages: those of the organisation itself, and its clients. */
export interface Population {
  permission: Permission
  paths: (typeof paths)['usuarios']
  title: string
  lead: string
  /** "Nuevo usuario" */
  newTitle: string
  caption: string
  clients: boolean
  /** What a new account may be, the usual one first. */
  types: readonly AccountType[]
  audit: Record<'creado' | 'modificado' | 'desactivado' | 'reactivado', AuditKind>
}

export const usuarios: Population = {
  permission: 'usuarios.administrar',
  paths: paths.usuarios,
  title: 'Usuarios',
  lead: 'Las personas de la organización: quienes atienden tickets y quienes los piden.',
  newTitle: 'Nuevo usuario',
  caption: 'Usuarios por nombre',
  clients: false,
  types: ['AGENTE', 'SUPERVISOR', 'ADMINISTRADOR', 'EMPLEADO'],
  audit: {
    creado: 'usuario.creado',
    modificado: 'usuario.modificado',
    desactivado: 'usuario.desactivado',
    reactivado: 'usuario.reactivado',
  },
}

export const clientes: Population = {
  permission: 'clientes.administrar',
  paths: paths.clientes,
  title: 'Clientes',
  lead: 'Las personas de fuera que piden ayuda, con su organización.',
  newTitle: 'Nuevo cliente',
  caption: 'Clientes por nombre',
  clients: true,
  types: ['CLIENTE'],
  audit: {
    creado: 'cliente.creado',
    modificado: 'cliente.modificado',
    desactivado: 'cliente.desactivado',
    reactivado: 'cliente.reactivado',
  },
}

export const populationOf = (account: Pick<AccountFacts, 'role' | 'kind'>): Population =>
  typeOf(account) === 'CLIENTE' ? clientes : usuarios
