import { type Actor, recordAudit } from '../../audit/record.ts'
import { endSessions } from '../../auth/sessions.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { handOverTickets } from '../../tickets/actions/hand-over.ts'
import type { Owner } from '../../tickets/actions/step.ts'
import { countOpenTickets, spokenOpenTickets } from '../../tickets/open-tickets.ts'
import { mayChangeAreas } from '../../users/policy.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm, NotFound } from '../../web/errors.ts'
import { type AreaContext, lockArea } from './locked.ts'

/** Who does it, and the session in which he does, which goes on even if it is his own areas that change. */
export interface Author {
  viewer: Viewer
  actor: Actor
  session: string
}

/**
 * Makes employees members of an area and ends their sessions. Who is one already stays so.
 * @returns their names, without those who were members already
 * @throws InvalidForm when one of them is no active employee, or himself, who may not change his own areas
 */
export async function addMembers(
  { db, clock }: AreaContext,
  { viewer, actor, session }: Author,
  areaId: number,
  userIds: readonly number[],
): Promise<string[]> {
  if (userIds.includes(viewer.id) && !mayChangeAreas(viewer, viewer)) throw new InvalidForm('personas', HIMSELF)
  return transaction(db, async tx => {
    const area = await lockArea(tx, areaId)
    const employees = await tx.user.findMany({
      where: { id: { in: [...userIds] }, active: true, role: { not: 'USUARIO' } },
      select: { id: true, name: true, areas: { where: { areaId }, select: { areaId: true } } },
      orderBy: { name: 'asc' },
    })
    if (employees.length < userIds.length) {
      throw new InvalidForm('personas', 'Alguna de las personas ya no está activa. Busque de nuevo.')
    }
    const added = employees.filter(({ areas }) => areas.length === 0)
    if (added.length === 0) throw new InvalidForm('personas', 'Quienes marcó ya pertenecen al área.')
    await tx.areaMember.createMany({ data: added.map(({ id }) => ({ areaId, userId: id })) })
    await tx.area.update({ where: { id: areaId }, data: { version: { increment: 1 } }, select: { id: true } })
    const names = added.map(({ name }) => name)
    const subject = { type: 'area' as const, id: areaId, name: area.name }
    const changes = { members: [null, names] as [null, string[]] }
    await recordAudit(tx, actor, clock.now(), { kind: 'area.modificada', subject, changes })
    const ids = added.map(({ id }) => id)
    await endSessions(tx, ids, session)
    return names
  })
}

const HIMSELF = 'Nadie se agrega a un área, porque con ella vienen sus tickets: pídaselo a un Administrador.'

/** Who leaves an area, and who gets what he still has open there. */
export interface Removal {
  areaId: number
  userId: number
  /** Null when nothing is to be handed over. */
  owner: Owner | null
  note: string
}

/**
 * Takes an employee out of an area and of its groups, and ends his sessions. His open tickets of the area go to somebody else of
 * it in the same transaction.
 * @returns his name, and how many tickets were handed over
 * @throws NotFound when he is not of the area; InvalidForm when he has open tickets and it is not said who gets them
 */
export async function removeMember({ db, clock }: AreaContext, author: Author, removal: Removal) {
  const { areaId, userId, owner, note } = removal
  return transaction(db, async tx => {
    const now = clock.now()
    const area = await lockArea(tx, areaId)
    const where = { areaId_userId: { areaId, userId } }
    const member = await tx.areaMember.findUnique({ where, select: { user: { select: { name: true } } } })
    if (!member) throw new NotFound()
    const { name } = member.user
    if (owner?.assigneeId === userId) throw new InvalidForm('responsable', 'Elija a otra persona o a un grupo.')
    const destinations = { areas: new Map(owner && [[areaId, { owner, field: 'responsable' }]]), tickets: new Map() }
    const handOver = { person: { id: userId, name }, areaIds: [areaId], destinations, text: note, now }
    const handed = owner ? await handOverTickets(tx, author.viewer, handOver) : 0
    await lockMembership(tx, areaId, userId)
    await assertNothingOpen(tx, areaId, userId)
    await leaveGroups(tx, author.actor, { areaId, userId, name, now })
    await tx.areaMember.delete({ where })
    await tx.area.update({ where: { id: areaId }, data: { version: { increment: 1 } }, select: { id: true } })
    const subject = { type: 'area' as const, id: areaId, name: area.name }
    const changes = { members: [[name], null] as [string[], null] }
    await recordAudit(tx, author.actor, now, { kind: 'area.modificada', subject, changes })
    await endSessions(tx, [userId], author.session)
    return { name, handed }
  })
}

/**
 * From here on nobody puts him into a group of the area or gives him a ticket of it. Tickets are locked before, groups are only
 * shared and come first: those who assign, start and edit groups lock in that order too.
 */
async function lockMembership(tx: Transaction, areaId: number, userId: number) {
  await tx.$queryRaw`SELECT FROM groups WHERE area_id = ${areaId} ORDER BY id FOR SHARE`
  await tx.$queryRaw`SELECT FROM area_members WHERE area_id = ${areaId} AND user_id = ${userId} FOR UPDATE`
}

async function assertNothingOpen(tx: Transaction, areaId: number, personId: number) {
  const open = await countOpenTickets(tx, { areaId, personId })
  if (!open) return
  throw new InvalidForm('responsable', `Todavía tiene ${spokenOpenTickets(open)} en el área: elija a quién pasan.`)
}

async function leaveGroups(
  tx: Transaction,
  actor: Actor,
  { areaId, userId, name, now }: { areaId: number; userId: number; name: string; now: Date },
) {
  const groups = await tx.group.findMany({
    where: { areaId, members: { some: { userId } } },
    select: { id: true, name: true },
  })
  if (groups.length === 0) return
  await tx.groupMember.deleteMany({ where: { areaId, userId } })
  await tx.group.updateMany({
    where: { id: { in: groups.map(({ id }) => id) } },
    data: { version: { increment: 1 } },
  })
  const left = groups.map(group => ({
    kind: 'grupo.modificado' as const,
    subject: { type: 'grupo' as const, id: group.id, name: group.name },
    changes: { members: [[name], null] as [string[], null] },
  }))
  await recordAudit(tx, actor, now, ...left)
}
