import { Prisma } from '../generated/prisma/client.ts'
import { type Key, type NameKey, PAGE_SIZE, type PageRequest } from './listing.ts'

/** What an ordered list asks of the database for one page: a condition, and the end of the statement. */
interface ListOrder {
  beyond: Prisma.Sql
  end: Prisma.Sql
}

/**
 * @param name the column; an index on normalized_name() of it and the id answers
 * @param id the column that tells equal names apart
 */
export function orderByName({ direction, from }: PageRequest<NameKey>, name: Prisma.Sql, id: Prisma.Sql): ListOrder {
  const forward = direction === 'forward'
  const key = from && Prisma.sql`(${from.sortName}::text, ${from.id}::int)`
  const compared = forward ? Prisma.sql`>` : Prisma.sql`<`
  const order = forward
    ? Prisma.sql`normalized_name(${name}), ${id}`
    : Prisma.sql`normalized_name(${name}) DESC, ${id} DESC`
  return {
    beyond: key ? Prisma.sql`(normalized_name(${name}), ${id}) ${compared} ${key}` : Prisma.sql`true`,
    end: Prisma.sql`ORDER BY ${order} LIMIT ${PAGE_SIZE + 1}`,
  }
}

/** Newest first. @param time the column of the time @param id the column that tells equal times apart */
export function orderByTime({ direction, from }: PageRequest<Key>, time: Prisma.Sql, id: Prisma.Sql): ListOrder {
  const forward = direction === 'forward'
  const key = from && Prisma.sql`(${from.createdAt}::timestamptz, ${from.number}::int)`
  const compared = forward ? Prisma.sql`<` : Prisma.sql`>`
  const order = forward ? Prisma.sql`${time} DESC, ${id} DESC` : Prisma.sql`${time}, ${id}`
  return {
    beyond: key ? Prisma.sql`(${time}, ${id}) ${compared} ${key}` : Prisma.sql`true`,
    end: Prisma.sql`ORDER BY ${order} LIMIT ${PAGE_SIZE + 1}`,
  }
}

/** Whether a column holds what somebody searches for, without regard to case and accents. */
export const contains = (column: Prisma.Sql, text: string): Prisma.Sql =>
  text === ''
    ? Prisma.sql`true`
    : Prisma.sql`normalized_name(${column}) LIKE
        '%' || regexp_replace(normalized_name(${text}), '([%_\\\\])', '\\\\\\1', 'g') || '%'`
