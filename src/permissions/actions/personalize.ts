import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, type Transaction, transaction } from '../../platform/db.ts'
import { roleLabels } from '../../users/labels.ts'
import { Conflict, InvalidForm, NotFound } from '../../web/errors.ts'
import { catalog, permissionCodes } from '../catalog.ts'
import { byPermission, changesSince, illegalFor, listOverrides, type Overrides, seenText } from '../overrides.ts'

interface Personalization {
  /** What the form was made from, see {@link seenText}. */
  seen: string
  /** All that is granted or denied from now on. */
  overrides: Overrides
}

/**
 * Replaces what is granted and denied to an employee; it counts from his next request.
 * @throws NotFound when he is no active employee, Conflict when somebody else was first, InvalidForm for what his role may not have
 * @returns his name
 */
export function personalize(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  employeeId: number,
  { seen, overrides }: Personalization,
): Promise<string> {
  return transaction(db, async tx => {
    const employee = await lockEmployee(tx, employeeId)
    const present = byPermission(await tx.userPermission.findMany({ where: { userId: employeeId } }))
    assertCurrent(seen, employee, present)
    assertLegal(employee, overrides)
    const changes = changesBetween(spelledOut(present), spelledOut(overrides))
    if (Object.keys(changes).length === 0) throw new InvalidForm('', 'No cambió ningún permiso.')
    await tx.userPermission.deleteMany({ where: { userId: employeeId } })
    await tx.userPermission.createMany({
      data: listOverrides(overrides).map(override => ({ ...override, userId: employeeId })),
    })
    const subject = { type: 'usuario' as const, id: employeeId, name: employee.name }
    await recordAudit(tx, actor, clock.now(), { kind: 'permisos.modificados', subject, changes })
    return employee.name
  })
}

type Employee = Awaited<ReturnType<typeof lockEmployee>>

async function lockEmployee(tx: Transaction, id: number) {
  // Locked first and read after, so that of two who save at once the second sees what the first one did.
  await tx.$queryRaw`SELECT FROM users WHERE id = ${id} FOR UPDATE`
  const employee = await tx.user.findFirst({
    where: { id, active: true, role: { in: ['SUPERVISOR', 'AGENTE'] } },
    select: { name: true, role: true },
  })
  if (!employee) throw new NotFound()
  return employee
}

/** @throws Conflict with what changed since the form was made */
export function assertCurrent(seen: string, { role }: Pick<Employee, 'role'>, present: Overrides): void {
  if (seen === seenText(role, present)) return
  throw new Conflict(
    'Otra persona cambió estos permisos después de que usted abrió la página. No se guardó nada de este envío.',
    changesSince(seen, role, present),
  )
}

/** @throws InvalidForm at the first permission that the role may not have */
export function assertLegal({ role }: Pick<Employee, 'role'>, overrides: Overrides): void {
  const [code] = illegalFor(role, overrides)
  if (!code) return
  throw new InvalidForm(code, `«${catalog[code].label}» no puede concederse ni denegarse a un ${roleLabels[role]}.`)
}

/** Null where the role decides. */
const spelledOut = (overrides: Overrides) =>
  Object.fromEntries(permissionCodes.map(code => [code, overrides[code] ?? null]))
