import { paths as permissions } from '../../permissions/paths.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import { type ConflictModel, conflictModel, type Refusal, statusOfForm } from '../../web/saving.ts'
import { isStaff, typeOf } from '../account-types.ts'
import { type Account, getAccount, seenOf } from '../accounts.ts'
import { accountStateLabel, accountTypeLabels } from '../labels.ts'
import { can, type Deed } from '../policy.ts'
import type { Population } from '../populations.ts'
import { type Choices, choicesFor } from './choices.ts'
import type { PersonCall, UserDependencies } from './dependencies.ts'
import { type HandOverModel, handOverModel } from './hand-over.ts'
import { type PersonValues, typedValues } from './input.ts'
import { takeLink } from './shown-link.ts'

/** The page of a person: what is known of him, and what becomes of his account. */
export interface PersonPage {
  title: string
  above: { label: string; href: string }
  /** "Agente · Cuenta activa" */
  note: string
  /** The link for a password, the only time that it is shown. */
  link: null | { url: string; validity: string }
  form: null | PersonForm
  /** Why there is no form; '' when there is. */
  refusal: string
  facts: { label: string; value: string }[]
  /** Null for somebody new. */
  account: null | AccountActions
}

export interface PersonForm extends Choices {
  action: string
  cancelHref: string
  submit: string
  /** The state that the form was made from; null for somebody new. */
  seen: string | null
  values: PersonValues
  handOver: HandOverModel | null
  errors: FieldError[]
  conflict: ConflictModel | null
}

export interface AccountActions {
  deactivateHref: string | null
  reactivateAction: string | null
  inviteAction: string | null
  inviteLabel: string
  /** Of an employee who may be given more or less than his role has. */
  permissionsHref: string | null
  /** What cannot be done, and why. */
  reasons: string[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'users/person': PersonPage
  }
}

export async function showPerson(deps: UserDependencies, population: Population, call: PersonCall, refusal?: Refusal) {
  const { viewer, params, res } = call
  const account = await getAccount(deps.db.prisma, population, params.id)
  const verdict = can(viewer, 'editar', account)
  const link = takeLink(res, deps.links.seal, account.id)
  const model: PersonPage = {
    title: account.name,
    above: { label: population.title, href: population.paths.list },
    note: `${accountTypeLabels[typeOf(account)]} · Cuenta ${accountStateLabel(account).toLowerCase()}`,
    link: link === null ? null : { url: link, validity: account.hasPassword ? '2 horas' : '72 horas' },
    form: verdict.allowed ? await formOf(deps, population, call, account, refusal) : null,
    refusal: verdict.allowed ? '' : verdict.reason,
    facts: factsOf(account),
    account: actionsOf(population, call, account),
  }
  page(res, 'users/person', model, statusOfForm(refusal))
}

async function formOf(
  deps: UserDependencies,
  { paths }: Population,
  { viewer }: Pick<PersonCall, 'viewer'>,
  account: Account,
  refusal?: Refusal,
): Promise<PersonForm> {
  const values = refusal ? typedValues(refusal) : valuesOf(account)
  const { typed = {}, errors = [] } = refusal ?? {}
  const conflict = conflictModel(refusal)
  const choices = await choicesFor(deps.db, viewer, account)
  return {
    ...choices,
    action: paths.person(account.id),
    cancelHref: paths.list,
    submit: conflict ? 'Guardar de todos modos' : 'Guardar',
    seen: (!conflict && typed.visto) || seenOf(account),
    values,
    handOver: refusal ? await handOverModel(deps.db, account.id, leftBy(account, values), typed) : null,
    errors,
    conflict,
  }
}

/** The areas that the form would take away. */
function leftBy({ areas }: Account, values: PersonValues): number[] {
  const staff = isStaff(values.rol as Parameters<typeof isStaff>[0])
  return areas.map(({ id }) => id).filter(id => !staff || !values.areas.includes(String(id)))
}

const valuesOf = (account: Account): PersonValues => ({
  nombre: account.name,
  correo: account.email ?? '',
  rol: typeOf(account),
  organizacion: account.organization ? String(account.organization.id) : '',
  areas: account.areas.map(({ id }) => String(id)),
})

const factsOf = (account: Account) => [
  { label: 'Correo', value: account.email ?? 'Sin correo' },
  ...(account.organization ? [{ label: 'Organización', value: account.organization.name }] : []),
  ...(account.areas.length > 0 ? [{ label: 'Áreas', value: account.areas.map(({ name }) => name).join(', ') }] : []),
]

function actionsOf({ paths }: Population, { viewer }: Pick<PersonCall, 'viewer'>, account: Account): AccountActions {
  const verdicts = (['desactivar', 'reactivar', 'invitar'] as const).map(
    deed => [deed, can(viewer, deed, account)] as const,
  )
  const allowed = (wanted: Deed) => verdicts.some(([deed, verdict]) => deed === wanted && verdict.allowed)
  // Of deactivating and reactivating only the one is meant that the account's state allows.
  const meant: Deed[] = [account.active ? 'desactivar' : 'reactivar', 'invitar']
  const reasons = verdicts.flatMap(([deed, verdict]) =>
    verdict.allowed || !meant.includes(deed) ? [] : [verdict.reason],
  )
  return {
    deactivateHref: allowed('desactivar') ? paths.deactivation(account.id) : null,
    reactivateAction: allowed('reactivar') ? paths.reactivation(account.id) : null,
    inviteAction: allowed('invitar') ? paths.invitation(account.id) : null,
    permissionsHref:
      account.active &&
      ['SUPERVISOR', 'AGENTE'].includes(account.role) &&
      viewer.permissions.has('permisos.administrar')
        ? permissions.person(account.id)
        : null,
    inviteLabel: account.hasPassword ? 'Enviar enlace para otra contraseña' : 'Invitar de nuevo',
    reasons: [...new Set(reasons)],
  }
}
