import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { type Database, select, type Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type NameKey, PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'

const organizationRow = z.object({ id: z.number(), name: z.string(), sortName: z.string(), people: z.number() })

export type OrganizationRow = z.infer<typeof organizationRow>

/** People are counted no further than this. */
export const COUNT_LIMIT = 1000

/** A page of organisations, by name, with how many people belong to each. */
export async function listOrganizations(
  db: Pick<Database, 'pool'>,
  text: string,
  request: PageRequest<NameKey>,
): Promise<Slice<OrganizationRow>> {
  const back = request.direction === 'back'
  const conditions = [Prisma.sql`true`]
  if (text !== '') {
    const pattern = text.replaceAll('\0', '').replace(/[%_\\]/g, '\\$&')
    conditions.push(Prisma.sql`normalized_name(o.name) LIKE '%' || normalized_name(${pattern}) || '%'`)
  }
  if (request.from) {
    const place = Prisma.sql`(${request.from.sortName}, ${request.from.id})`
    conditions.push(Prisma.sql`(normalized_name(o.name), o.id) ${back ? Prisma.sql`<` : Prisma.sql`>`} ${place}`)
  }
  const direction = back ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const rows = await select(
    db,
    Prisma.sql`SELECT o.id, o.name, normalized_name(o.name) AS "sortName",
      (SELECT count(*)::int FROM (SELECT FROM users u WHERE u.organization_id = o.id LIMIT ${COUNT_LIMIT + 1}) members)
        AS people
    FROM organizations o WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY normalized_name(o.name) ${direction}, o.id ${direction} LIMIT ${PAGE_SIZE + 1}`,
  )
  return slice(z.array(organizationRow).parse(rows), request)
}

/** @throws NotFound */
export async function getOrganization({ organization, user }: Pick<Transaction, 'organization' | 'user'>, id: number) {
  const found = await organization.findUnique({ where: { id }, select: { id: true, name: true } })
  if (!found) throw new NotFound()
  return { ...found, people: await user.count({ where: { organizationId: id } }) }
}
