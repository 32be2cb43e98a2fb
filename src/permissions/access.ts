import type { Role } from '../generated/prisma/enums.ts'
import { roleLabels } from '../users/labels.ts'
import type { Access } from '../web/access.ts'
import { catalog, type Permission } from './catalog.ts'

/** Access for whoever has at least one of the permissions. */
export function whoMay(...anyOf: [Permission, ...Permission[]]): Access {
  return { kind: 'permission', anyOf, refusal: role => refusal(anyOf, role) }
}

/** Promises help only where the administrator can give one of the permissions to somebody of that role. */
function refusal(anyOf: [Permission, ...Permission[]], role: Role): string {
  const obtainable = anyOf.find(code => catalog[code].grantable.includes(role))
  const { label } = catalog[obtainable ?? anyOf[0]]
  return obtainable
    ? `Su cuenta no tiene el permiso «${label}». Quien administra el sistema puede dárselo.`
    : `Hace falta el permiso «${label}», que su rol (${roleLabels[role]}) no puede tener.`
}
