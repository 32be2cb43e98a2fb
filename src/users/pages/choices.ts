import type { Database } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { type AccountType, isStaff, typeOf } from '../account-types.ts'
import type { Account } from '../accounts.ts'
import { accountTypeHelp, accountTypeLabels } from '../labels.ts'
import { MOST_LETTERS } from '../names.ts'
import { mayChangeAreas, typesFor } from '../policy.ts'

interface Option {
  value: string
  label: string
}

/** What the form of a person offers. */
export interface Choices {
  /** One only where there is no choice. */
  types: (Option & { help: string })[]
  /** Why there is no choice of a role; '' where there is. */
  typeNote: string
  /** Null where none of the types has any. */
  areas: Option[] | null
  /** Why his areas cannot be changed; '' where they can. */
  areasNote: string
  /** Null where none of the types has one. */
  organizations: Option[] | null
  limits: { name: number }
}

const optionOf = ({ id, name }: { id: number; name: string }): Option => ({ value: String(id), label: name })

/**
 * @param account null for somebody new
 * @param among what somebody new may be
 */
export async function choicesFor(
  { prisma }: Pick<Database, 'prisma'>,
  viewer: Viewer,
  account: Account | null,
  among: readonly AccountType[] = [],
): Promise<Choices> {
  const types = account ? typesFor(viewer, account) : among.filter(type => typesFor(viewer, null).includes(type))
  const named = { select: { id: true, name: true }, orderBy: { name: 'asc' } } as const
  const present = account?.areas.map(({ id }) => id) ?? []
  const [areas, organizations] = await Promise.all([
    prisma.area.findMany({ where: { OR: [{ active: true }, { id: { in: present } }] }, ...named }),
    types.includes('CLIENTE') ? prisma.organization.findMany(named) : [],
  ])
  return {
    types: types.map(value => ({ value, label: accountTypeLabels[value], help: accountTypeHelp[value] })),
    typeNote: account && types.length === 1 ? fixedTypeNote(viewer, account) : '',
    areas: types.some(isStaff) ? areas.map(optionOf) : null,
    areasNote: mayChangeAreas(viewer, account) ? '' : 'Sus propias áreas las cambia un Administrador.',
    organizations: types.includes('CLIENTE') ? organizations.map(optionOf) : null,
    limits: { name: MOST_LETTERS },
  }
}

function fixedTypeNote(viewer: Viewer, account: Account): string {
  const label = accountTypeLabels[typeOf(account)]
  return account.id === viewer.id
    ? `${label}. Nadie cambia su propio rol.`
    : `${label}. Solo un Administrador cambia el rol de otra persona.`
}
