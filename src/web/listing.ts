import { z } from 'zod'
import { LARGEST_ID } from './forms.ts'

// Keyset pages: a page is asked for by the row it lies behind, so that the thousandth costs what the first costs.

/** Rows of a list page. */
export const PAGE_SIZE = 25

/** Which page of a list: the first, or the one behind or before a row. */
export interface PageRequest<K = Key> {
  direction: 'forward' | 'back'
  from: K | null
}

/** A page of a list and whether there is more on either side. */
export interface Slice<T> {
  rows: T[]
  next: boolean
  previous: boolean
}

/** How the place of a row in a list is written in an address; what was not written by `encode` is undefined. */
export interface Order<K> {
  encode(key: K): string
  decode(cursor: string): K | undefined
}

/** The place of a row in a list ordered by time and number, newest first. */
export interface Key {
  createdAt: Date
  number: number
}

/** Whether a cursor's number is one that a row can have: a larger one cannot even be asked for. */
export const isNumber = (digits: string | undefined) => digits !== undefined && Number(digits) <= LARGEST_ID

const TIME_AND_NUMBER = /^(\d{1,14})-(\d{1,10})$/

export const newestFirst: Order<Key> = {
  encode: ({ createdAt, number }) => `${createdAt.getTime()}-${number}`,
  decode: cursor => {
    const [, time, number] = TIME_AND_NUMBER.exec(cursor) ?? []
    return time && isNumber(number) ? { createdAt: new Date(Number(time)), number: Number(number) } : undefined
  },
}

/** The place of a row in a list ordered by name (as normalized_name() makes it) and id. */
export interface NameKey {
  sortName: string
  id: number
}

const ID_AND_NAME = /^(\d{1,9})-(.{1,200})$/

export const byName: Order<NameKey> = {
  encode: ({ sortName, id }) => `${id}-${sortName}`,
  decode: cursor => {
    const [, id, sortName] = ID_AND_NAME.exec(cursor) ?? []
    return id && sortName ? { sortName, id: Number(id) } : undefined
  },
}

/** The query parameters of a page of a list; a damaged one means the first page. */
export function pageQuery<K>({ decode }: Order<K>) {
  const cursor = z.string().transform(decode).optional().catch(undefined)
  return { siguiente: cursor, anterior: cursor }
}

export function pageRequest<K>(query: { siguiente?: K | undefined; anterior?: K | undefined }): PageRequest<K> {
  if (query.siguiente) return { direction: 'forward', from: query.siguiente }
  if (query.anterior) return { direction: 'back', from: query.anterior }
  return { direction: 'forward', from: null }
}

/** The query parameters of a page of a list whose order is itself a parameter; see {@link pageRequestIn}. */
export const cursorQuery = {
  siguiente: z.string().optional().catch(undefined),
  anterior: z.string().optional().catch(undefined),
}

/** The page of a list in this order; a place that was not written in it means the first page. */
export function pageRequestIn<K>(
  { decode }: Order<K>,
  { siguiente, anterior }: { siguiente?: string | undefined; anterior?: string | undefined },
): PageRequest<K> {
  return pageRequest({
    siguiente: siguiente === undefined ? undefined : decode(siguiente),
    anterior: anterior === undefined ? undefined : decode(anterior),
  })
}

/** @param found up to PAGE_SIZE + 1 rows in the direction of the request */
export function slice<T>(found: T[], { direction, from }: PageRequest<unknown>): Slice<T> {
  const more = found.length > PAGE_SIZE
  const rows = found.slice(0, PAGE_SIZE)
  if (direction === 'back') return { rows: rows.reverse(), next: true, previous: more }
  return { rows, next: more, previous: from !== null }
}

/** A URL with these parameters, those without a value left out. */
export function withQuery(path: string, parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  return query.size > 0 ? `${path}?${query}` : path
}

/** Links to the pages on both sides of a slice; null where there is none. */
export function pagerLinks<K, T extends K>(
  { encode }: Order<K>,
  { rows, next, previous }: Slice<T>,
  path: string,
  parameters: Record<string, string | number | undefined>,
) {
  const first = rows[0]
  const last = rows.at(-1)
  return {
    previous: previous && first ? withQuery(path, { ...parameters, anterior: encode(first) }) : null,
    next: next && last ? withQuery(path, { ...parameters, siguiente: encode(last) }) : null,
  }
}
