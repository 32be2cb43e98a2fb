import type { PermissionEffect, Role } from '../generated/prisma/enums.ts'
import { catalog, type Override, type Permission, permissionCodes } from './catalog.ts'

/** What is granted or denied to one person on top of his role, by permission. */
export type Overrides = Partial<Record<Permission, PermissionEffect>>

/** In the catalogue's order; what the catalogue does not know is left out. */
export function byPermission(rows: readonly Override[]): Overrides {
  const effects = new Map(rows.map(({ permission, effect }) => [permission, effect]))
  return Object.fromEntries(permissionCodes.flatMap(code => (effects.has(code) ? [[code, effects.get(code)]] : [])))
}

export const listOverrides = (overrides: Overrides): Override[] =>
  Object.entries(overrides).map(([permission, effect]) => ({ permission, effect }))

/** Those that a role may not have, neither more nor less than the database refuses. */
export const illegalFor = (role: Role, overrides: Overrides): Permission[] =>
  permissionCodes.filter(code => overrides[code] && !catalog[code].grantable.includes(role))

/** What a page has seen, as text for its form: the role, and each override. */
export const seenText = (role: Role, overrides: Overrides): string =>
  [role, ...permissionCodes.flatMap(code => (overrides[code] ? [`${code}=${overrides[code]}`] : []))].join(';')

/** What another person changed since the page was made, in sentences. */
export function changesSince(seen: string, role: Role, overrides: Overrides): string[] {
  const [before, ...effects] = seen.split(';')
  const was = new Map(effects.map(each => each.split('=') as [string, PermissionEffect]))
  const changed = permissionCodes.filter(code => was.get(code) !== overrides[code])
  const sentences = changed.map(
    code => `«${catalog[code].label}»: ${effectLabel(was.get(code))} → ${effectLabel(overrides[code])}`,
  )
  return before === role ? sentences : ['Su rol es otro, y con él lo que puede elegirse.', ...sentences]
}

const LABELS: Record<PermissionEffect, string> = { CONCEDER: 'conceder', DENEGAR: 'denegar' }

export const effectLabel = (effect: PermissionEffect | undefined): string =>
  (effect && LABELS[effect]) ?? 'según el rol'
