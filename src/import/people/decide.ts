import type { AuditChanges } from '../../audit/record.ts'
import { type AccountType, isStaff } from '../../users/account-types.ts'
import { changesOf, type Described, describe } from '../../users/actions/described.ts'
import { accountTypeLabels } from '../../users/labels.ts'
import { can, mayChangeAreas, typesFor } from '../../users/policy.ts'
import type { Viewer } from '../../web/access.ts'
import { RowRefused } from '../refused.ts'
import { excerpt } from '../subject.ts'
import type { ImportedPerson } from './columns.ts'
import type { Known, KnownAccount } from './known.ts'

/** What becomes of a row that is not refused. */
export interface Decision {
  person: ImportedPerson
  /** Null for somebody new. */
  account: KnownAccount | null
  before: Described | null
  /** An organisation that is not there yet has the id 0. */
  after: Described
  /** Nothing changes where this is empty. */
  changes: AuditChanges
}

/**
 * Decides about a row by the rules of the forms, on behalf of whoever imports.
 * @throws RowRefused with the reason
 */
export function decide(viewer: Viewer, known: Known, person: ImportedPerson): Decision {
  const account = accountOf(known, person)
  if (account) assertMayEdit(viewer, account)
  const before = account && describe(account)
  const type = person.type ?? before?.type
  if (!type) throw new RowRefused('falta el rol')
  const after: Described = {
    name: person.name,
    email: person.email ?? before?.email ?? null,
    type,
    areas: isStaff(type) ? areasOf(known, person, before) : [],
    organization: type === 'CLIENTE' ? organizationOf(known, person, before) : null,
  }
  assertMayBecome(viewer, account, before, after)
  if (account) assertNothingStranded(known, account, after)
  return {
    person,
    account,
    before,
    after,
    changes: { ...changesOf(before, after), ...referenceChange(account, person) },
  }
}

/** What the other system calls somebody whom we knew by his mail alone. */
function referenceChange(account: KnownAccount | null, { reference }: ImportedPerson): AuditChanges {
  if (!account || reference === null || account.reference === reference) return {}
  return { reference: [account.reference, reference] }
}

function accountOf({ accounts }: Known, { email, reference }: ImportedPerson): KnownAccount | null {
  const byMail = email === null ? undefined : accounts.find(account => account.email === email)
  const byReference = reference === null ? undefined : accounts.find(account => account.reference === reference)
  if (byMail && byReference && byMail.id !== byReference.id) {
    throw new RowRefused('el correo y la referencia son de dos personas distintas')
  }
  if (byMail && reference !== null && byMail.reference !== null && byMail.reference !== reference) {
    throw new RowRefused('la persona con este correo tiene otra referencia')
  }
  return byReference ?? byMail ?? null
}

function assertMayEdit(viewer: Viewer, account: KnownAccount) {
  const verdict = can(viewer, 'editar', account)
  if (!verdict.allowed) throw new RowRefused(verdict.reason)
  if (!account.active) throw new RowRefused('la cuenta está inactiva: reactívela primero')
}

function areasOf({ areas }: Known, person: ImportedPerson, before: Described | null): Described['areas'] {
  if (person.areas === undefined) return before?.areas ?? []
  const found = person.areas.map(typed => {
    const area = areas.get(typed)
    const stays = before?.areas.some(({ id }) => id === area?.id) ?? false
    if (!area || !(area.active || stays)) throw new RowRefused(`el área «${excerpt(typed)}» no existe o está archivada`)
    return { id: area.id, name: area.name }
  })
  const byId = new Map(found.map(area => [area.id, area]))
  return [...byId.values()]
}

function organizationOf({ organizations }: Known, { organization }: ImportedPerson, before: Described | null) {
  if (organization === undefined) return before?.organization ?? null
  return organization === null ? null : (organizations.get(organization) ?? { id: 0, name: organization })
}

function assertMayBecome(viewer: Viewer, account: KnownAccount | null, before: Described | null, after: Described) {
  const types: AccountType[] = typesFor(viewer, account)
  if (!types.includes(after.type)) {
    const label = accountTypeLabels[after.type]
    throw new RowRefused(
      before
        ? `quien importa no puede cambiar el rol de esta persona de ${accountTypeLabels[before.type]} a ${label}`
        : `quien importa no puede dar el rol ${label}`,
    )
  }
  const ids = (described: Described | null) =>
    described?.areas
      .map(({ id }) => id)
      .sort()
      .join()
  if (account && !mayChangeAreas(viewer, account) && ids(before) !== ids(after)) {
    throw new RowRefused('nadie cambia sus propias áreas')
  }
}

/** An import asks no questions: who hands tickets over is decided on the person's page. */
function assertNothingStranded({ isNeeded }: Known, account: KnownAccount, after: Described) {
  const left = account.areas.filter(area => !after.areas.some(({ id }) => id === area.id))
  const stranded = left.find(area => isNeeded(account.id, area.id))
  if (stranded) {
    throw new RowRefused(
      `${account.name} tiene tickets abiertos en «${stranded.name}»: cambie sus áreas o su rol en su página, ` +
        'que pregunta quién los atenderá',
    )
  }
}
