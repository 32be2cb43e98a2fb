import { createHash } from 'node:crypto'
import type { Prisma } from '../generated/prisma/client.ts'
import type { Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import type { AccountFacts } from './policy.ts'
import { type Population, populationOf } from './populations.ts'

/** An account as the page of a person shows it. */
export interface Account extends AccountFacts {
  name: string
  hasPassword: boolean
  organization: { id: number; name: string } | null
  /** By name. */
  areas: { id: number; name: string }[]
}

/** @throws NotFound also for somebody of the other list */
export async function getAccount(
  { user }: Pick<Transaction, 'user'>,
  population: Population,
  id: number,
): Promise<Account> {
  const found = await user.findUnique({ where: { id }, select: accountColumns })
  if (!found || populationOf(found) !== population) throw new NotFound()
  return accountOf(found)
}

/** What an {@link Account} is made of. */
export const accountColumns = {
  id: true,
  name: true,
  email: true,
  role: true,
  kind: true,
  active: true,
  passwordHash: true,
  organization: { select: { id: true, name: true } },
  areas: { select: { area: { select: { id: true, name: true } } }, orderBy: { area: { name: 'asc' } } },
} as const satisfies Prisma.UserSelect

export const accountOf = ({
  passwordHash,
  areas,
  ...account
}: Prisma.UserGetPayload<{ select: typeof accountColumns }>): Account => ({
  ...account,
  hasPassword: passwordHash !== null,
  areas: areas.map(({ area }) => area),
})

/** Tells one state of an account from another: a form carries it, so that of two who edit at once the second is told. */
export function seenOf({ name, email, role, kind, active, organization, areas }: Account): string {
  const state = [name, email, role, kind, active, organization?.id, areas.map(area => area.id).sort()]
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url')
}
