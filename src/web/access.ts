import type { Role, UserKind } from '../generated/prisma/enums.ts'

/** The signed-in person, read anew on each request: nothing of this is kept in the session. */
export interface Viewer {
  id: number
  name: string
  email: string
  role: Role
  /** Only a Usuario has one. */
  kind: UserKind | null
  areaIds: readonly number[]
  groupIds: readonly number[]
  /** How he wants dates and numbers written, as a BCP 47 tag; null: as the organisation does. */
  locale: string | null
  /** Codes of the permissions that are in effect: the role's defaults and the personal overrides. */
  permissions: ReadonlySet<string>
}

/** Who may call a route. A required argument of every route, so leaving it out does not compile. */
export type Access =
  | PublicAccess
  | { kind: 'signedIn' }
  | { kind: 'permission'; anyOf: readonly string[]; refusal: (role: Role) => string }

/** For the few routes that nobody signs in for; the reason is kept in the route table. */
export interface PublicAccess {
  kind: 'public'
  reason: string
}

export const publicBecause = (reason: string): PublicAccess => ({ kind: 'public', reason })

/** Whoever has signed in; the rows that he may see are decided by visibility. */
export const anyoneSignedIn: Access = { kind: 'signedIn' }

/** @returns the Spanish sentence of the refusal, or null when the access is granted */
export function refusalOf(access: Access, viewer: Viewer): string | null {
  if (access.kind !== 'permission') return null
  return access.anyOf.some(code => viewer.permissions.has(code)) ? null : access.refusal(viewer.role)
}
