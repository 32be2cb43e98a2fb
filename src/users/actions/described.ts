import type { AuditChanges } from '../../audit/record.ts'
import { changesBetween } from '../../audit/record.ts'
import type { Transaction } from '../../platform/db.ts'
import { InvalidForm } from '../../web/errors.ts'
import { type AccountType, isStaff, roleAndKindOf, typeOf } from '../account-types.ts'
import type { Account } from '../accounts.ts'
import type { PersonInput } from './context.ts'
import type { MembershipChanges } from './memberships.ts'

/** A person as the database will hold him, with the names that the audit tells. */
export interface Described {
  name: string
  email: string | null
  type: AccountType
  organization: { id: number; name: string } | null
  areas: { id: number; name: string }[]
}

export const describe = (account: Account): Described => ({ ...account, type: typeOf(account) })

/**
 * Looks up what a form names. Only a client has an organisation and only staff has areas: what else was sent of these belongs to
 * a choice that the form did not show.
 * @param present areas that he has already, which may be archived
 * @throws InvalidForm at the field of what is no longer there
 */
export async function resolve(
  tx: Transaction,
  input: PersonInput,
  present: readonly { id: number }[],
): Promise<Described> {
  const { name, email, type } = input
  const organizationId = type === 'CLIENTE' ? input.organizationId : null
  const areaIds = isStaff(type) ? [...input.areaIds] : []
  const select = { id: true, name: true }
  const organization =
    organizationId === null ? null : await tx.organization.findUnique({ where: { id: organizationId }, select })
  if (organizationId !== null && !organization) {
    throw new InvalidForm('organizacion', 'Elija una organización de la lista.')
  }
  const areas = await tx.area.findMany({
    where: { id: { in: areaIds }, OR: [{ active: true }, { id: { in: present.map(({ id }) => id) } }] },
    select,
    orderBy: { name: 'asc' },
  })
  if (areas.length < areaIds.length) throw new InvalidForm('areas', 'Elija áreas de la lista.')
  return { name, email, type, organization, areas }
}

/** The columns of `users` for a person. */
export const columnsOf = ({ name, email, type, organization }: Described) => ({
  name,
  email,
  ...roleAndKindOf(type),
  organizationId: organization?.id ?? null,
})

/** What the audit keeps of a change; of everything for somebody new. */
export function changesOf(before: Described | null, after: Described): AuditChanges {
  const plain = ({ name, email, type, organization, areas }: Described) => ({
    name,
    email,
    type,
    organization: organization?.name ?? null,
    // In an order that does not depend on who read them.
    areas: areas.map(area => area.name).sort(),
  })
  return changesBetween(before && plain(before), plain(after))
}

/** The areas that somebody begins and ceases to belong to; all of them for somebody new. */
export function membershipsBetween(userId: number, before: Described | null, after: Described): MembershipChanges {
  const membership = ({ id, name }: { id: number; name: string }) => ({ userId, name: after.name, area: { id, name } })
  const present = before?.areas ?? []
  return {
    joined: after.areas.filter(area => !present.some(({ id }) => id === area.id)).map(membership),
    left: present.filter(area => !after.areas.some(({ id }) => id === area.id)).map(membership),
  }
}

/** @throws InvalidForm at the field of the mail when somebody else has it */
export async function assertMailIsFree(tx: Transaction, email: string | null, exceptId?: number): Promise<void> {
  if (email === null) return
  const other = await tx.user.findFirst({
    where: { email, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    select: { name: true },
  })
  if (other) throw new InvalidForm('correo', `${other.name} ya tiene este correo. Escriba otro.`)
}
