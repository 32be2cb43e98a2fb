import { describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// A long bitácora is folded in the middle: what is left out is on a page of its own.

const { as, cast, clock, db, viewer } = await useApplication()
const context = { db, clock }
const [sara, clara] = [await viewer('sara'), await viewer('clara')]

async function ticketWith(comments: number, notes = 0): Promise<number> {
  const number = await createTicket(context, clara, {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject: 'Largo',
    description: 'Texto',
  })
  for (let each = 1; each <= comments + notes; each++) {
    const internal = each > comments
    const text = internal ? `Nota ${each}.` : `Comentario ${each}.`
    await addEntry(context, sara, number, { text, visibility: internal ? 'INTERNA' : 'PUBLICA' })
  }
  return number
}

async function shown(who: Person, path: string) {
  const { body } = await (await as(who)).get(path)
  return {
    entries: [...body.matchAll(/(?:Comentario|Nota) (\d+)\./g)].map(match => Number(match[1])),
    anchors: [...body.matchAll(/<li id="(entrada-\d+)"/g)].map(match => match[1]),
    fold: /<a class="log-unfold" href="([^"]*)" data-unfold>([^<]*)</.exec(body)?.slice(1),
  }
}
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('a bitácora', () => {
  it('of up to 25 entries is shown as it is', async () => {
    const number = await ticketWith(24)
    const { entries, anchors, fold } = await shown('sara', `/tickets/${number}`)
    expect(entries).toEqual(range(1, 24))
    expect(anchors).toHaveLength(25)
    expect(fold).toBeUndefined()
  })

  it('that is longer shows the first 5 and the last 15, and leads to the first of the others', async () => {
    const number = await ticketWith(30)
    const folded = await shown('sara', `/tickets/${number}`)
    expect(folded.entries).toEqual([...range(1, 4), ...range(16, 30)])
    const whole = await shown('sara', `/tickets/${number}?bitacora=completa`)
    expect(whole.entries).toEqual(range(1, 30))
    expect(whole.fold).toBeUndefined()
    expect(folded.fold).toEqual([`/tickets/${number}?bitacora=completa#${whole.anchors[5]}`, 'Mostrar 11 entradas más'])
  })

  it('is as long as what its reader may read of it', async () => {
    const number = await ticketWith(24, 10)
    expect((await shown('sara', `/tickets/${number}`)).fold?.[1]).toBe('Mostrar 15 entradas más')
    const own = await shown('clara', `/mis-tickets/${number}`)
    expect(own.entries).toEqual(range(1, 24))
    expect(own.fold).toBeUndefined()
    const whole = await shown('clara', `/mis-tickets/${number}?bitacora=completa`)
    expect(whole.entries).toEqual(range(1, 24))
  })

  it('of one’s own ticket unfolds on one’s own page', async () => {
    const number = await ticketWith(26)
    const { fold } = await shown('clara', `/mis-tickets/${number}`)
    expect(fold?.[0]).toMatch(new RegExp(`^/mis-tickets/${number}\\?bitacora=completa#entrada-\\d+$`))
  })

  it('is folded where a refused entry is shown again, with what was typed', async () => {
    const number = await ticketWith(26)
    const client = await as('clara')
    const refused = await client.post(`/mis-tickets/${number}/bitacora`.replace('/mis-tickets', '/tickets'), {
      texto: ' ',
    })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Mostrar 7 entradas más')
  })
})
