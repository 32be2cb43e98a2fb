import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { InvalidForm } from '../../web/errors.ts'
import { withUniqueName } from '../../web/saving.ts'
import { type GroupContext, lockGroup, type Target } from './locked.ts'

/** What somebody decides about a group. */
export interface GroupInput {
  name: string
  memberIds: readonly number[]
}

const TAKEN = 'Esta área ya tiene un grupo con este nombre, quizás archivado. Use otro.'

/** @returns the id @throws InvalidForm at the field that is wrong */
export async function createGroup(
  { db, clock }: GroupContext,
  actor: Actor,
  areaId: number,
  { name, memberIds }: GroupInput,
): Promise<number> {
  return transaction(db, async tx => {
    const areas = await tx.$queryRaw<unknown[]>`SELECT FROM areas WHERE id = ${areaId} AND active FOR SHARE`
    if (areas.length === 0) throw new InvalidForm('area', 'Elija el área de la lista.')
    await assertMembers(tx, areaId, memberIds)
    const { id } = await withUniqueName(tx.group.create({ data: { areaId, name }, select: { id: true } }), TAKEN)
    await tx.groupMember.createMany({ data: memberIds.map(userId => ({ groupId: id, areaId, userId })) })
    const area = await tx.area.findUniqueOrThrow({ where: { id: areaId }, select: { name: true } })
    const after = { name, area: area.name, members: await namesOf(tx, memberIds) }
    const subject = { type: 'grupo' as const, id, name }
    await recordAudit(tx, actor, clock.now(), { kind: 'grupo.creado', subject, changes: changesBetween(null, after) })
    return id
  })
}

/** @throws InvalidForm at the field that is wrong, Conflict when the form is stale */
export async function updateGroup(
  { db, clock }: GroupContext,
  actor: Actor,
  target: Target,
  { name, memberIds }: GroupInput,
): Promise<void> {
  await transaction(db, async tx => {
    const { id, areaId, ...group } = await lockGroup(tx, target)
    const present = group.members.map(({ userId }) => userId)
    const joining = memberIds.filter(userId => !present.includes(userId))
    const leaving = present.filter(userId => !memberIds.includes(userId))
    if (group.name === name && joining.length + leaving.length === 0) throw new InvalidForm('', 'No cambió nada.')
    await assertMembers(tx, areaId, joining)
    const data = { name, version: { increment: 1 } }
    await withUniqueName(tx.group.update({ where: { id }, data, select: { id: true } }), TAKEN)
    await tx.groupMember.deleteMany({ where: { groupId: id, userId: { in: leaving } } })
    await tx.groupMember.createMany({ data: joining.map(userId => ({ groupId: id, areaId, userId })) })
    const before = { name: group.name, members: await namesOf(tx, present) }
    const changes = changesBetween(before, { name, members: await namesOf(tx, memberIds) })
    const subject = { type: 'grupo' as const, id, name }
    await recordAudit(tx, actor, clock.now(), { kind: 'grupo.modificado', subject, changes })
  })
}

/** The foreign keys ask the same, but cannot tell which field is wrong. */
async function assertMembers(tx: Transaction, areaId: number, userIds: readonly number[]) {
  const found = await tx.areaMember.count({ where: { areaId, userId: { in: [...userIds] }, user: { active: true } } })
  if (found === userIds.length) return
  throw new InvalidForm('personas', 'Alguna de las personas ya no pertenece al área o no está activa. Revise la lista.')
}

async function namesOf(tx: Transaction, ids: readonly number[]): Promise<string[]> {
  const people = await tx.user.findMany({
    where: { id: { in: [...ids] } },
    select: { name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  return people.map(({ name }) => name)
}
