import { type Actor, type AuditEvent, recordAudit } from '../../audit/record.ts'
import type { Transaction } from '../../platform/db.ts'

/** Somebody begins or ceases to belong to an area. */
export interface Membership {
  userId: number
  /** Of the person. */
  name: string
  area: { id: number; name: string }
}

export interface MembershipChanges {
  joined: readonly Membership[]
  left: readonly Membership[]
}

/** Locks areas whose members are to change: before tickets are locked, in the order of their ids, as everybody does. */
export async function lockAreas(tx: Transaction, memberships: readonly Membership[]): Promise<void> {
  const ids = memberships.map(({ area }) => area.id)
  await tx.$queryRaw`SELECT FROM areas WHERE id = ANY(${ids}::int[]) ORDER BY id FOR NO KEY UPDATE`
}

/**
 * Writes who belongs to which area; whoever leaves one leaves its groups. Forms that others have open about these areas and
 * groups become stale, and the audit tells. By statements whose number does not depend on that of the people.
 * @returns the names of the groups that have no active members any more
 */
export async function changeMemberships(
  tx: Transaction,
  actor: Actor,
  now: Date,
  { joined, left }: MembershipChanges,
): Promise<string[]> {
  const groups = await leaveGroups(tx, left)
  const [people, areas] = columnsOf(left)
  await tx.$executeRaw`DELETE FROM area_members m USING unnest(${people}::int[], ${areas}::int[]) AS l(person, area)
    WHERE m.user_id = l.person AND m.area_id = l.area`
  await tx.areaMember.createMany({ data: joined.map(({ userId, area }) => ({ userId, areaId: area.id })) })
  const changed = [...joined, ...left].map(({ area }) => area.id)
  await tx.area.updateMany({ where: { id: { in: changed } }, data: { version: { increment: 1 } } })
  await recordAudit(tx, actor, now, ...areaEvents(joined, left), ...groupEvents(groups))
  return listEmptyGroups(
    tx,
    groups.map(({ id }) => id),
  )
}

const columnsOf = (memberships: readonly Membership[]) =>
  [memberships.map(({ userId }) => userId), memberships.map(({ area }) => area.id)] as const

interface LeftGroup {
  id: number
  name: string
  person: string
}

async function leaveGroups(tx: Transaction, left: readonly Membership[]): Promise<LeftGroup[]> {
  const [people, areas] = columnsOf(left)
  // From here on nobody puts them into a group of the area. Groups are only shared and come first, as for whoever edits one.
  await tx.$queryRaw`SELECT FROM groups WHERE area_id = ANY(${areas}::int[]) ORDER BY id FOR SHARE`
  await tx.$queryRaw`SELECT FROM area_members m JOIN unnest(${people}::int[], ${areas}::int[]) AS l(person, area)
    ON m.user_id = l.person AND m.area_id = l.area ORDER BY m.area_id, m.user_id FOR UPDATE OF m`
  const groups = await tx.$queryRaw<LeftGroup[]>`DELETE FROM group_members m
    USING unnest(${people}::int[], ${areas}::int[]) AS l(person, area), groups g, users u
    WHERE m.user_id = l.person AND m.area_id = l.area AND g.id = m.group_id AND u.id = m.user_id
    RETURNING g.id, g.name, u.name AS person`
  const ids = groups.map(({ id }) => id)
  await tx.group.updateMany({ where: { id: { in: ids } }, data: { version: { increment: 1 } } })
  return groups
}

function areaEvents(joined: readonly Membership[], left: readonly Membership[]): AuditEvent[] {
  const areas = new Map([...joined, ...left].map(({ area }) => [area.id, area.name]))
  const namesIn = (memberships: readonly Membership[], id: number) => {
    const names = memberships.filter(({ area }) => area.id === id).map(({ name }) => name)
    return names.length > 0 ? names : null
  }
  return [...areas].map(([id, name]) => ({
    kind: 'area.modificada',
    subject: { type: 'area', id, name },
    changes: { members: [namesIn(left, id), namesIn(joined, id)] },
  }))
}

function groupEvents(groups: readonly LeftGroup[]): AuditEvent[] {
  const names = new Map(groups.map(({ id, name }) => [id, name]))
  return [...names].map(([id, name]) => ({
    kind: 'grupo.modificado',
    subject: { type: 'grupo', id, name },
    changes: { members: [groups.filter(group => group.id === id).map(({ person }) => person), null] },
  }))
}

/** The names of those active groups that have no active member. */
export async function listEmptyGroups(tx: Pick<Transaction, 'group'>, ids: readonly number[]): Promise<string[]> {
  const groups = await tx.group.findMany({
    where: { id: { in: [...ids] }, active: true, members: { none: { member: { user: { active: true } } } } },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  return groups.map(({ name }) => name)
}
