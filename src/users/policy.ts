import type { Role, UserKind } from '../generated/prisma/enums.ts'

import type { Viewer } from '../web/access.ts'
import { type AccountType, accountTypes, roleAndKindOf, typeOf } from './account-types.ts'

/** What a verdict depends on. */
export interface AccountFacts {
  id: number
  role: Role
  kind: UserKind | null
  active: boolean
  email: string | null
}

/** What can be done to an account. Nobody deletes one: what a person did and asked for stays his. */
export type Deed = 'editar' | 'desactivar' | 'reactivar' | 'invitar'

export type Verdict = { allowed: true } | { allowed: false; reason: string }

const yes: Verdict = { allowed: true }
const no = (reason: string): Verdict => ({ allowed: false, reason })

const RANKS: Record<Role, number> = { ADMINISTRADOR: 3, SUPERVISOR: 2, AGENTE: 1, USUARIO: 0 }

/** The one verdict that pages and actions share; only the last Administrador is left to the database. */
export function can(viewer: Viewer, deed: Deed, account: AccountFacts): Verdict {
  if (!mayAdminister(viewer, typeOf(account))) return no('Su cuenta no puede administrar a esta persona.')
  if (RANKS[account.role] > RANKS[viewer.role]) {
    return no('Es una cuenta de mayor rango que la suya: solo la cambia un Administrador.')
  }
  return VERDICTS[deed](viewer, account)
}

const VERDICTS: Record<Deed, (viewer: Viewer, account: AccountFacts) => Verdict> = {
  editar: () => yes,
  desactivar(viewer, { id, active }) {
    if (id === viewer.id) return no('Nadie desactiva su propia cuenta: pídaselo a otra persona que administre.')
    return active ? yes : no('La cuenta ya está inactiva.')
  },
  reactivar: (_viewer, { active }) => (active ? no('La cuenta ya está activa.') : yes),
  invitar(_viewer, { active, email }) {
    if (!active) return no('La cuenta está inactiva: reactívela primero.')
    return email === null ? no('La cuenta no tiene correo: escríbalo y guárdelo primero.') : yes
  },
}

const mayAdminister = ({ permissions }: Viewer, type: AccountType) =>
  permissions.has(type === 'CLIENTE' ? 'clientes.administrar' : 'usuarios.administrar')

/**
 * What somebody may make of an account. Only an Administrador changes what an account is, and never his own; whoever else
 * creates one gives no more than he is himself.
 * @param account null for a new one
 */
export function typesFor(viewer: Viewer, account: AccountFacts | null): AccountType[] {
  if (account && (viewer.role !== 'ADMINISTRADOR' || account.id === viewer.id)) return [typeOf(account)]
  return accountTypes.filter(
    type => mayAdminister(viewer, type) && RANKS[roleAndKindOf(type).role] <= RANKS[viewer.role],
  )
}

/** Whoever is no Administrador gives himself no other areas, for with them come their tickets. */
export const mayChangeAreas = (viewer: Viewer, account: Pick<AccountFacts, 'id'> | null): boolean =>
  viewer.role === 'ADMINISTRADOR' || account?.id !== viewer.id
