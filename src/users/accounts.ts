import { createHash } from 'node:crypto'
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
  const found = await user.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      kind: true,
      active: true,
      passwordHash: true,
      organization: { select: { id: true, name: true } },
      areas: { select: { area: { select: { id: true, name: true } } }, orderBy: { area: { name: 'asc' } } },
    },
  })
  if (!found || populationOf(found) !== population) throw new NotFound()
  const { passwordHash, areas, ...account } = found
  return { ...account, hasPassword: passwordHash !== null, areas: areas.map(({ area }) => area) }
}

/** Tells one state of an account from another: a form carries it, so that of two who edit at once the second is told. */
export function seenOf({ name, email, role, kind, active, organization, areas }: Account): string {
  const state = [name, email, role, kind, active, organization?.id, areas.map(area => area.id).sort()]
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url')
}
