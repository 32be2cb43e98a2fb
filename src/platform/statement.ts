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

/** How often each text was asked, or the name under which it is prepared. */
export class StatementNames {
  readonly #asked = new Map<string, number | string>()
  #named = 0

  /** @returns the name under which a text is prepared from now on, or none as long as it is not asked often */
  of(text: string): string | undefined {
    const known = this.#asked.get(text) ?? 0
    if (typeof known === 'string') return known
    const isPrepared = known + 1 >= OFTEN && this.#named < MOST_PREPARED
    if (this.#asked.size >= MOST_COUNTED) this.#forgetCounts()
    this.#asked.set(text, isPrepared ? `s${++this.#named}` : known + 1)
    return undefined
  }

  #forgetCounts(): void {
    for (const [text, known] of this.#asked) if (typeof known === 'number') this.#asked.delete(text)
  }
}

const namesOfProcess = new StatementNames()

interface Preparing {
  prepared?: boolean
  names?: StatementNames
}

/** A limit is written out: a plan that does not know it takes it for a tenth of the table, and looks worse than it is. */
export function statementOf(
  { strings, values }: Prisma.Sql,
  { prepared = true, names = namesOfProcess }: Preparing = {},
): Statement {
  const parts: (string | number)[] = []
  const kept: unknown[] = []
  for (const [place, before] of strings.entries()) {
    parts.push(before)
    if (place === values.length) break
    const value = values[place]
    parts.push(typeof value === 'number' && before.endsWith('LIMIT ') ? value : `$${kept.push(value)}`)
  }
  const text = parts.join('')
  const name = prepared ? names.of(text) : undefined
  return { ...(name && { name }), text, values: kept }
}
