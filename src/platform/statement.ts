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
  let text = strings[0] ?? ''
  const kept: unknown[] = []
  values.forEach((value, place) => {
    const isLimit = typeof value === 'number' && text.endsWith('LIMIT ')
    text += isLimit ? value : `$${kept.push(value)}`
    text += strings[place + 1] ?? ''
  })
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
