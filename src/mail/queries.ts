import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { type Database, select } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type Key, PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'

/** How far a mail has come. */
export type MailState = 'enviado' | 'guardado' | 'fallido'

export interface MailFilters {
  state?: MailState | undefined
  /** Found in the recipient or the subject. */
  search: string
}

const listRow = z.object({
  number: z.number(),
  recipient: z.string(),
  subject: z.string(),
  createdAt: z.date(),
  state: z.enum(['enviado', 'guardado', 'fallido']),
  failure: z.string().nullable(),
})

export type MailRow = z.infer<typeof listRow>

const STATE = Prisma.sql`CASE WHEN sent_at IS NOT NULL THEN 'enviado' WHEN failure IS NOT NULL THEN 'fallido'
  ELSE 'guardado' END`

/** A page of the mails, the newest first. */
export async function listMails(
  db: Pick<Database, 'pool'>,
  { state, search }: MailFilters,
  request: PageRequest<Key>,
): Promise<Slice<MailRow>> {
  const conditions = [
    ...(state ? [Prisma.sql`${STATE} = ${state}`] : []),
    ...(search ? [containing(search)] : []),
    ...(request.from ? [beyond(request.from, request.direction)] : []),
  ]
  const where = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty
  const order = request.direction === 'forward' ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const rows = await select(
    db,
    Prisma.sql`SELECT id AS number, recipient, subject, created_at AS "createdAt", ${STATE} AS state, failure
      FROM mails ${where} ORDER BY created_at ${order}, id ${order} LIMIT ${PAGE_SIZE + 1}`,
  )
  return slice(z.array(listRow).parse(rows), request)
}

const containing = (search: string) =>
  Prisma.sql`normalized_name(recipient || ' ' || subject) LIKE
    '%' || regexp_replace(normalized_name(${search}), '([%_\\\\])', '\\\\\\1', 'g') || '%'`

const beyond = ({ createdAt, number }: Key, direction: PageRequest['direction']) =>
  direction === 'forward'
    ? Prisma.sql`(created_at, id) < (${createdAt}, ${number}::int)`
    : Prisma.sql`(created_at, id) > (${createdAt}, ${number}::int)`

/** @throws NotFound */
export async function getMail({ prisma }: Pick<Database, 'prisma'>, id: number) {
  const mail = await prisma.mail.findUnique({ where: { id } })
  if (!mail) throw new NotFound()
  return mail
}
