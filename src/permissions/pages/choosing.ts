import type { Role } from '../../generated/prisma/enums.ts'
import { roleLabels } from '../../users/labels.ts'
import { findPersonalized } from '../../users/viewer.ts'
import type { Viewer } from '../../web/access.ts'
import { type Conflict, NotFound } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { catalog, type Override, type Permission, permissionCodes, permissionGroups, standingOf } from '../catalog.ts'
import { byPermission, seenText } from '../overrides.ts'
import { paths } from '../paths.ts'
import type { PermissionDependencies } from './dependencies.ts'

interface PermissionRow {
  code: Permission
  label: string
  /** Whether he has it now, and from where. */
  standing: { held: boolean; text: string }
  /** Null where his role leaves nothing to choose; `locked` says why. */
  choice: null | { value: string; options: { value: string; label: string }[] }
  locked: string
}

export interface PermissionsModel {
  title: string
  lead: string
  action: string
  listHref: string
  whyNotHref: string
  /** What was in effect when the page was made. */
  seen: string
  groups: { label: string; permissions: PermissionRow[] }[]
  errors: FieldError[]
  conflict: null | { explanation: string; changes: string[] }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'permissions/show': PermissionsModel
  }
}

export type EmployeeCall<F = unknown> = Call<{ id: number }, unknown, F>

/** What is shown of a form that came: as it was chosen, and why it is shown again. */
interface Shown {
  typed: Record<string, string>
  errors?: FieldError[]
  conflict?: Conflict
}

/** Everything that an employee may do or not, with the choice for each. */
export async function showPermissions(
  { db }: Pick<PermissionDependencies, 'db'>,
  { params, res }: Pick<EmployeeCall, 'params' | 'res'>,
  { typed, errors = [], conflict }: Shown = { typed: {} },
) {
  const { viewer: employee, overrides } = await getEmployee(db, params.id)
  const model: PermissionsModel = {
    title: `Permisos de ${employee.name}`,
    lead: `${roleLabels[employee.role]}. Lo que elija aquí cuenta desde su siguiente clic; si cambia de rol, empieza de nuevo.`,
    action: paths.preview(params.id),
    listHref: paths.permissions,
    whyNotHref: paths.whyNotOf(params.id),
    seen: (!conflict && typed.vistos) || seenText(employee.role, byPermission(overrides)),
    groups: Object.entries(permissionGroups).map(([group, label]) => ({
      label,
      permissions: permissionCodes
        .filter(code => catalog[code].group === group)
        .map(code => rowOf(employee.role, overrides, code, typed[code])),
    })),
    errors,
    conflict: conflict ? { explanation: conflict.message, changes: conflict.changes } : null,
  }
  page(res, 'permissions/show', model, conflict ? 409 : errors.length > 0 ? 422 : 200)
}

/** @throws NotFound when there is no such active employee */
export async function getEmployee(
  db: PermissionDependencies['db'],
  id: number,
): Promise<{ viewer: Viewer; overrides: Override[] }> {
  const employee = await findPersonalized(db, id)
  if (!employee || !(employee.viewer.role === 'SUPERVISOR' || employee.viewer.role === 'AGENTE')) throw new NotFound()
  return employee
}

const VALUES = { rol: 'rol', concedido: 'conceder', denegado: 'denegar' } as const

function rowOf(role: Role, overrides: readonly Override[], code: Permission, typed: string | undefined): PermissionRow {
  const { label, grantable, defaults } = catalog[code]
  const standing = standingOf(role, overrides, code)
  const byRole = defaults.includes(role) ? 'sí' : 'no'
  const options = [
    { value: 'rol', label: `Según el rol (${byRole})` },
    { value: 'conceder', label: 'Conceder' },
    { value: 'denegar', label: 'Denegar' },
  ]
  return {
    code,
    label,
    standing: { held: standing.held, text: standingTexts[standing.from] },
    choice: grantable.includes(role) ? { value: typed ?? VALUES[standing.from], options } : null,
    locked: grantable.length > 0 ? 'Nunca para un agente.' : 'Solo para administradores.',
  }
}

/** Where a yes or a no comes from. */
const standingTexts = { rol: 'por su rol', concedido: 'concedido', denegado: 'denegado' } as const
