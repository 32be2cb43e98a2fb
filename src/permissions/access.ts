import type { Access } from '../web/access.ts'
import { catalog, type Permission } from './catalog.ts'

/** Access for whoever has at least one of the permissions. */
export function whoMay(...anyOf: [Permission, ...Permission[]]): Access {
  const [first] = anyOf
  return {
    kind: 'permission',
    anyOf,
    refusal: `Su cuenta no tiene el permiso «${catalog[first].label}». Quien administra el sistema puede dárselo.`,
  }
}
