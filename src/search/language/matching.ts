import { Prisma } from '../../generated/prisma/client.ts'
import type { Question } from './tsquery.ts'

// Conditions on `ticket_documents d`.

/** A to_tsquery with the configuration of the documents. */
export const query = (text: string) => Prisma.sql`to_tsquery('public.ticket_search', ${text})`

/** What may be read, as a vector. @param internal whether internal notes are */
export const readable = (internal: boolean) =>
  internal ? Prisma.sql`d.everything` : Prisma.sql`coalesce(d.published, d.everything)`

/**
 * What the index answers. Whoever does not read internal notes must not miss what has an unwanted word in one: the index is asked
 * for the wanted ones alone.
 */
export const matching = ({ whole, wanted }: Question, { internal }: { internal: boolean }) =>
  internal
    ? Prisma.sql`d.everything @@ ${query(whole)}`
    : Prisma.sql`d.everything @@ ${query(wanted)} AND ${readable(false)} @@ ${query(whole)}`
