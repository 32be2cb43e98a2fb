import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { useApplication } from '../support/application.ts'
import type { Client } from '../support/client.ts'
import { untilWaiting } from '../support/waiting.ts'

const { as, cast, clock, db } = await useApplication()

const newTicket = (subject = 'La red no anda') => ({
  area: cast.areas.sistemas,
  categoria: cast.categories.red,
  asunto: subject,
  descripcion: 'No hay red desde ayer.',
})
const numberIn = (location: string) => Number(/\/(\d+)(?:#|$)/.exec(location)?.[1])
const register = async () => numberIn((await (await as('clara')).post('/tickets', newTicket())).location)
const keyIn = (html: string) => /name="envio" value="([\w-]{36})"/.exec(html)?.[1] ?? ''
const countOf = async () => ({ tickets: await db.prisma.ticket.count(), entries: await db.prisma.logEntry.count() })

/** What the person reads at the place that an answer leads to. */
const follow = async (client: Client, location: string) => (await client.get(location.split('#')[0] ?? '')).body

describe('a form that is sent twice', () => {
  it('makes one ticket of 50 posts at the same time, and leads all to it', async () => {
    const clara = await as('clara')
    const before = await countOf()
    const form = { ...newTicket(), envio: randomUUID() }
    const answers = await Promise.all(Array.from({ length: 50 }, () => clara.post('/tickets', form)))
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 303, location: expect.stringMatching(/^\/mis-tickets\/\d+$/) })
    expect(await countOf()).toEqual({ tickets: before.tickets + 1, entries: before.entries + 1 })
  })

  it('leads where the first one led, and says that nothing was done this time', async () => {
    const clara = await as('clara')
    const form = { ...newTicket(), envio: randomUUID() }
    const first = await clara.post('/tickets', form)
    expect(await follow(clara, first.location)).toContain(`Ticket #${numberIn(first.location)} registrado.`)
    const second = await clara.post('/tickets', form)
    expect(second).toMatchObject({ status: 303, location: first.location })
    const page = await follow(clara, second.location)
    expect(page).toContain('Este formulario ya se había enviado')
    expect(page).not.toContain('registrado.')
  })

  it('writes one entry in the bitácora', async () => {
    const number = await register()
    const clara = await as('clara')
    const form = { texto: '¿Alguna noticia?', envio: randomUUID() }
    const [one, other] = await Promise.all([1, 2].map(() => clara.post(`/tickets/${number}/bitacora`, form)))
    expect(one).toMatchObject({ status: 303, location: expect.stringMatching(/#entrada-\d+$/) })
    expect(other).toMatchObject({ status: 303, location: one?.location })
    expect(await db.prisma.logEntry.count({ where: { ticketNumber: number } })).toBe(2)
  })

  it('leads on even when its step has become impossible, because it has been taken', async () => {
    const number = await register()
    const ana = await as('ana')
    const form = { version: 1, motivo: 'Repetido', envio: randomUUID() }
    const answers = [await ana.post(`/tickets/${number}/cancelacion`, form)]
    answers.push(await ana.post(`/tickets/${number}/cancelacion`, form))
    expect(answers.map(({ status, location }) => [status, location])).toEqual(
      Array(2).fill([303, `/tickets/${number}`]),
    )
    expect((await ana.post(`/tickets/${number}/cancelacion`, { ...form, envio: randomUUID() })).status).toBe(409)
  })

  it('does what it asks for after it was corrected', async () => {
    const clara = await as('clara')
    const envio = randomUUID()
    expect((await clara.post('/tickets', { ...newTicket(''), envio })).status).toBe(422)
    const wrong = { ...newTicket(), categoria: cast.categories.techo, envio }
    expect((await clara.post('/tickets', wrong)).status).toBe(422)
    expect((await clara.post('/tickets', { ...newTicket(), envio })).status).toBe(303)
  })

  it('is another one when somebody else sends it', async () => {
    const form = { ...newTicket(), envio: randomUUID() }
    const locations = [await as('clara'), await as('carlos')].map(
      async each => (await each.post('/tickets', form)).location,
    )
    expect(new Set(await Promise.all(locations)).size).toBe(2)
  })
})

describe('two at the same instant', () => {
  /** Sends a form while somebody is about to commit the same key. @param end COMMIT or ROLLBACK of the first one */
  async function sendDuring(end: string) {
    const clara = await as('clara')
    const envio = randomUUID()
    const form = { ...newTicket(), envio }
    const before = await countOf()
    const client = await db.pool.connect()
    try {
      await client.query('BEGIN')
      // What the very same form says, taken from one that was sent.
      const sent = randomUUID()
      await clara.post('/tickets', { ...form, envio: sent })
      await client.query(
        `INSERT INTO submissions (user_id, key, content, result, created_at)
         SELECT user_id, $1, content, '/mis-tickets/1', created_at FROM submissions WHERE key = $2`,
        [envio, sent],
      )
      const answer = clara.post('/tickets', form)
      await untilWaiting(db)
      await client.query(end)
      return { location: (await answer).location, tickets: (await countOf()).tickets - before.tickets - 1 }
    } finally {
      client.release()
    }
  }

  it('the second waits for the first, and goes where that went', async () => {
    expect(await sendDuring('COMMIT')).toEqual({ location: '/mis-tickets/1', tickets: 0 })
  })

  it('the second does it when the first one failed', async () => {
    const { location, tickets } = await sendDuring('ROLLBACK')
    expect(tickets).toBe(1)
    expect(location).not.toBe('/mis-tickets/1')
  })
})

describe('a form', () => {
  it.each([
    ['without a key', ''],
    ['with a key that is none', 'x'],
  ])('%s is shown again with what was typed and a key, and writes nothing', async (_what, envio) => {
    const clara = await as('clara')
    const before = await countOf()
    const answer = await clara.post('/tickets', { ...newTicket('Un asunto que no se pierde'), envio })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Un asunto que no se pierde')
    expect(answer.body).toContain('No pudimos comprobar que este envío no esté repetido')
    expect(await countOf()).toEqual(before)
    expect((await clara.post('/tickets', { ...newTicket(), envio: keyIn(answer.body) })).status).toBe(303)
  })

  it('with the key of another text loses neither: it is shown again, to be sent by itself', async () => {
    const number = await register()
    const clara = await as('clara')
    const envio = randomUUID()
    await clara.post(`/tickets/${number}/bitacora`, { texto: 'Lo primero', envio })
    const answer = await clara.post(`/tickets/${number}/bitacora`, { texto: 'Lo segundo', envio })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('ya se había enviado con otro contenido')
    expect(answer.body).toContain('Lo segundo</textarea>')
    const form = { texto: 'Lo segundo', envio: keyIn(answer.body) }
    expect((await clara.post(`/tickets/${number}/bitacora`, form)).status).toBe(303)
    expect(await db.prisma.logEntry.count({ where: { ticketNumber: number } })).toBe(3)
  })

  it('is forgotten after a month', async () => {
    const clara = await as('clara')
    const envio = randomUUID()
    await clara.post('/tickets', { ...newTicket(), envio })
    const known = () => db.prisma.submission.count({ where: { key: envio } })
    clock.advance({ days: 29 })
    await register()
    expect(await known()).toBe(1)
    clock.advance({ days: 2 })
    // Each one takes ten away.
    for (let turn = 0; turn < 8; turn++) await register()
    expect(await known()).toBe(0)
  })
})

it('leaves chains that verify', async () => {
  expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 0 })
})
