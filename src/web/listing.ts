import { z } from 'zod'

// Keyset pages: a page is asked for by the row it lies behind, so that the thousandth costs what the first costs.

/** Rows of a list page. */
export const PAGE_SIZE = 25

/** The place of a row in a list ordered by time and number, newest first. */
export interface Key {
  createdAt: Date
  number: number
}

/** Which page of a list: the first, or the one behind or before a row. */
export interface PageRequest {
  direction: 'older' | 'newer'
  from: Key | null
}

/** A page of a list and whether there is more on either side. */
export interface Slice<T> {
  rows: T[]
  older: boolean
  newer: boolean
}

const CURSOR = /^(\d{1,14})-(\d{1,10})$/

const cursor = z
  .string()
  .regex(CURSOR)
  .transform(value => {
    const [, time, number] = CURSOR.exec(value) ?? []
    return { createdAt: new Date(Number(time)), number: Number(number) }
  })
  .optional()
  .catch(undefined)

/** The query parameters of a list page; a damaged one means the first page. */
export const pageQuery = { siguiente: cursor, anterior: cursor }

const encodeKey = ({ createdAt, number }: Key) => `${createdAt.getTime()}-${number}`

export function pageRequest(query: { siguiente?: Key | undefined; anterior?: Key | undefined }): PageRequest {
  if (query.siguiente) return { direction: 'older', from: query.siguiente }
  if (query.anterior) return { direction: 'newer', from: query.anterior }
  return { direction: 'older', from: null }
}

/** @param found up to PAGE_SIZE + 1 rows in the direction of the request */
export function slice<T>(found: T[], { direction, from }: PageRequest): Slice<T> {
  const more = found.length > PAGE_SIZE
  const rows = found.slice(0, PAGE_SIZE)
  if (direction === 'newer') return { rows: rows.reverse(), older: true, newer: more }
  return { rows, older: more, newer: from !== null }
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
export function pagerLinks<T extends Key>(
  { rows, older, newer }: Slice<T>,
  path: string,
  parameters: Record<string, string | number | undefined>,
) {
  const first = rows[0]
  const last = rows.at(-1)
  return {
    previous: newer && first ? withQuery(path, { ...parameters, anterior: encodeKey(first) }) : null,
    next: older && last ? withQuery(path, { ...parameters, siguiente: encodeKey(last) }) : null,
  }
}
