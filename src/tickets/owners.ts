import { z } from 'zod'
import type { Database, Transaction } from '../platform/db.ts'
import { InvalidForm } from '../web/errors.ts'
import type { Owner } from './actions/step.ts'
import { parseOwner } from './filters.ts'

/** The employees and groups that may own tickets of an area, in the order in which a form offers them. */
export async function listOwners(db: Pick<Database, 'prisma'>, areaId: number) {
  const [people, groups] = await Promise.all([
    db.prisma.user.findMany({
      where: { active: true, role: { not: 'USUARIO' }, areas: { some: { areaId } } },
      select: { id: true, name: true, role: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    db.prisma.group.findMany({
      where: { areaId, active: true },
      select: { id: true, name: true },
      orderBy: [{ name: 'asc' }],
    }),
  ])
  return { people, groups }
}

/** The same as choices of a form, under headings. */
export function ownerChoices({ people, groups }: Awaited<ReturnType<typeof listOwners>>) {
  const choices = [
    { group: 'Personas', options: people.map(({ id, name }) => ({ value: `persona:${id}`, label: name })) },
    { group: 'Grupos', options: groups.map(({ id, name }) => ({ value: `grupo:${id}`, label: name })) },
  ]
  return choices.filter(({ options }) => options.length > 0)
}

export const CHOOSE_OWNER = 'Elija una persona o un grupo.'

/** Reads whom a form gives a ticket to: `persona:4` or `grupo:2`. */
export function ownerChoice(value: string, context: z.core.$RefinementCtx): Owner {
  const chosen = parseOwner(value)
  if (chosen === undefined || chosen === 'nobody') {
    context.addIssue({ code: 'custom', message: CHOOSE_OWNER })
    return z.NEVER
  }
  return 'person' in chosen
    ? { assigneeId: chosen.person, assigneeGroupId: null }
    : { assigneeId: null, assigneeGroupId: chosen.group }
}

/** Whether a person or group may own open tickets of the area now; the trigger on tickets asks the same. */
export async function isLegalOwner(tx: Transaction, areaId: number, owner: Owner): Promise<boolean> {
  const { assigneeId, assigneeGroupId } = owner
  const person =
    assigneeId === null ||
    (await tx.areaMember.count({
      where: { areaId, userId: assigneeId, user: { active: true, role: { not: 'USUARIO' } } },
    })) > 0
  const group =
    assigneeGroupId === null || (await tx.group.count({ where: { id: assigneeGroupId, areaId, active: true } })) > 0
  return (assigneeId !== null || assigneeGroupId !== null) && person && group
}

/** @throws InvalidForm at the field `responsable` */
export async function assertLegalOwner(tx: Transaction, areaId: number, owner: Owner): Promise<void> {
  if (await isLegalOwner(tx, areaId, owner)) return
  throw new InvalidForm('responsable', 'Elija una persona activa o un grupo activo del área del ticket.')
}

/** The name of the person, else of the group. */
export async function nameOf(tx: Transaction, { assigneeId, assigneeGroupId }: Owner): Promise<string> {
  const select = { name: true }
  const owner =
    assigneeId !== null
      ? await tx.user.findUniqueOrThrow({ where: { id: assigneeId }, select })
      : await tx.group.findUniqueOrThrow({ where: { id: assigneeGroupId ?? 0 }, select })
  return owner.name
}
