/**
 * What is asked again and again is prepared, once per connection: planning a list costs several times what reading it costs.
 * PostgreSQL keeps one plan for all values if it looks no worse than one for the values at hand.
 */
import type { Prisma } from '../generated/prisma/client.ts'

/** A statement as a connection takes it; with a name it is prepared. */
interface Statement {
  name?: string
  text: string
  values: unknown[]
}

/** Statements that are asked at least so often are prepared, up to so many: each costs memory on each connection. */
const OFTEN = 3
const MOST_PREPARED = 200
const MOST_COUNTED = 2000

/** A limit is written out: a plan that does not know it takes it for a tenth of the table, and looks worse than it is. */
export function statementOf({ strings, values }: Prisma.Sql, { prepared } = { prepared: true }): Statement {
  const parts: (string | number)[] = []
  const kept: unknown[] = []
  for (const [place, before] of strings.entries()) {
    parts.push(before)
    if (place === values.length) break
    const value = values[place]
    parts.push(typeof value === 'number' && before.endsWith('LIMIT ') ? value : `$${kept.push(value)}`)
  }
  const text = parts.join('')
  const name = prepared ? nameOf(text) : undefined
  return { ...(name && { name }), text, values: kept }
}

/** How often each text was asked, or the name under which it is prepared. */
const asked = new Map<string, number | string>()
let named = 0

function nameOf(text: string): string | undefined {
  const known = asked.get(text) ?? 0
  if (typeof known === 'string') return known
  const isPrepared = known + 1 >= OFTEN && named < MOST_PREPARED
  if (asked.size >= MOST_COUNTED) forgetCounts()
  asked.set(text, isPrepared ? `s${++named}` : known + 1)
  return undefined
}

function forgetCounts(): void {
  for (const [text, known] of asked) if (typeof known === 'number') asked.delete(text)
}
