import { hashPassword } from '../auth/password.ts'
import type { Database } from '../platform/db.ts'
import { findViewer } from '../users/viewer.ts'
import type { Viewer } from '../web/access.ts'
import { demonstrationAccounts, demonstrationPassword } from './accounts.ts'
import { type AreaContent, areas } from './content-areas.ts'
import { organizations, people } from './content-people.ts'

/** Finds by the names that the content uses what was written under them. */
export interface Directory {
  person(key: string): Viewer
  area(name: string): number
  group(area: string, name: string): number
  category(area: string, name: string): number
}

const emailOf = (key: string) => `${key}@demo.test`

/**
 * Writes organisations, people, areas, groups and categories. Everybody is active still, also who will have left.
 * @param since when the people were registered
 */
export async function createOrganization(db: Database, since: Date): Promise<Directory> {
  const ids = await createPeople(db, since)
  const names = new Map<string, number>()
  for (const area of areas) await createArea(db, area, ids, names)
  const viewers = new Map<string, Viewer | null>()
  for (const [key, id] of ids) viewers.set(key, await findViewer(db, id))
  return {
    person: key => found(viewers.get(key), key),
    area: name => found(names.get(name), name),
    group: (area, name) => found(names.get(`${area} / group / ${name}`), name),
    category: (area, name) => found(names.get(`${area} / category / ${name}`), name),
  }
}

/** Takes their access from those who have left; their tickets keep their names. */
export async function endMemberships({ prisma }: Database): Promise<void> {
  const left = people.filter(person => person.left).map(({ key }) => emailOf(key))
  await prisma.user.updateMany({ where: { email: { in: left } }, data: { active: false } })
}

/** @returns the ids by key */
async function createPeople({ prisma }: Database, since: Date): Promise<ReadonlyMap<string, number>> {
  const passwordHash = await hashPassword(demonstrationPassword)
  const accounts: string[] = demonstrationAccounts.map(({ email }) => email)
  const companies = await prisma.organization.createManyAndReturn({ data: organizations.map(name => ({ name })) })
  const users = await prisma.user.createManyAndReturn({
    data: people.map(({ key, name, role, kind, organization }) => ({
      name,
      email: emailOf(key),
      passwordHash: accounts.includes(emailOf(key)) ? passwordHash : null,
      role,
      kind: kind ?? null,
      organizationId: companies.find(company => company.name === organization)?.id ?? null,
      createdAt: since,
    })),
    select: { id: true },
  })
  return new Map(users.map(({ id }, index) => [found(people[index], `${index}`).key, id]))
}

async function createArea(
  { prisma }: Database,
  { name, groups, categories }: AreaContent,
  ids: ReadonlyMap<string, number>,
  names: Map<string, number>,
): Promise<void> {
  const members = people.filter(({ areas }) => areas?.includes(name)).map(({ key }) => found(ids.get(key), key))
  const area = await prisma.area.create({
    data: { name, members: { createMany: { data: members.map(userId => ({ userId })) } } },
    select: { id: true },
  })
  names.set(name, area.id)
  for (const group of groups) {
    const data = group.members.map(key => ({ userId: found(ids.get(key), key), areaId: area.id }))
    const created = await prisma.group.create({ data: { name: group.name, areaId: area.id }, select: { id: true } })
    await prisma.groupMember.createMany({ data: data.map(member => ({ ...member, groupId: created.id })) })
    names.set(`${name} / group / ${group.name}`, created.id)
  }
  for (const [kind, category, audience, defaultPriority, group] of categories) {
    const defaultGroupId = group ? found(names.get(`${name} / group / ${group}`), group) : null
    const data = { areaId: area.id, kind, name: category, audience, defaultPriority, defaultGroupId }
    const created = await prisma.category.create({ data, select: { id: true } })
    names.set(`${name} / category / ${category}`, created.id)
  }
}

function found<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new Error(`the content names what it does not have: ${name}`)
  return value
}
