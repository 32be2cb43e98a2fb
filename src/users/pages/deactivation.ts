import type { z } from 'zod'
import type { Transaction } from '../../platform/db.ts'
import { Forbidden } from '../../web/errors.ts'
import { plural } from '../../web/format.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { getAccount, seenOf } from '../accounts.ts'
import { type Deactivated, deactivatePerson } from '../actions/activity.ts'
import type { deactivationForm } from '../forms.ts'
import { can } from '../policy.ts'
import type { Population } from '../populations.ts'
import { doerOf, type PersonCall, type UserDependencies } from './dependencies.ts'
import { guarded } from './guarded.ts'
import { type HandOverModel, handOverModel } from './hand-over.ts'
import { emptyGroupsText } from './writing.ts'

export interface DeactivationPage {
  title: string
  above: { label: string; href: string }
  action: string
  seen: string
  handOver: HandOverModel | null
  /** Groups that nobody else belongs to. */
  lastOf: string[]
  errors: FieldError[]
  conflict: ConflictModel | null
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'users/deactivation': DeactivationPage
  }
}

/** What is open and where it goes, before somebody leaves. @throws Forbidden with the reason when he cannot */
export async function showDeactivation(
  { db }: UserDependencies,
  population: Population,
  { viewer, params, res }: PersonCall,
  refusal?: Refusal,
) {
  const account = await getAccount(db.prisma, population, params.id)
  const verdict = can(viewer, 'desactivar', account)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
  const { typed = {}, errors = [] } = refusal ?? {}
  const conflict = conflictModel(refusal)
  const { paths } = population
  const model: DeactivationPage = {
    title: `Desactivar la cuenta de ${account.name}`,
    above: { label: account.name, href: paths.person(account.id) },
    action: paths.deactivation(account.id),
    seen: (!conflict && typed.visto) || seenOf(account),
    handOver: await handOverModel(db, account.id, null, typed),
    lastOf: await listGroupsWithNobodyElse(db.prisma, account.id),
    errors,
    conflict,
  }
  page(res, 'users/deactivation', model, statusOfForm(refusal))
}

async function listGroupsWithNobodyElse({ group }: Pick<Transaction, 'group'>, userId: number): Promise<string[]> {
  const groups = await group.findMany({
    where: {
      active: true,
      members: { some: { userId }, none: { userId: { not: userId }, member: { user: { active: true } } } },
    },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  return groups.map(({ name }) => name)
}

export async function deactivate(
  deps: UserDependencies,
  population: Population,
  call: PersonCall<z.infer<(typeof deactivationForm)['schema']>>,
) {
  const { id } = call.params
  await save(
    deps,
    call,
    async (deps, { visto: seen, destinos: destinations }) => {
      const done = await guarded(deactivatePerson(deps, doerOf(call), { population, id, seen, destinations }))
      return { path: population.paths.person(id), text: deactivatedText(done) }
    },
    refusal => showDeactivation(deps, population, call, refusal),
  )
}

const deactivatedText = ({ name, handedOver, emptied }: Deactivated): string =>
  [
    `La cuenta de ${name} quedó inactiva: ya no puede ingresar.`,
    handedOver > 0 && `${plural(handedOver, 'ticket cambió', 'tickets cambiaron')} de responsable.`,
    emptyGroupsText(emptied),
  ]
    .filter(Boolean)
    .join(' ')
