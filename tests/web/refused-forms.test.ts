import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { signIn, useApplication } from '../support/application.ts'
import type { Client } from '../support/client.ts'
import { fieldsSentAgain } from '../support/html.ts'
import { postFiles } from '../support/multipart.ts'

// Whoever is refused before his form was read, because of what happened while he wrote, still gets back what he wrote.

const { anonymous, as, cast, db } = await useApplication()

const TEXT = 'Un texto <b>largo</b> que nadie quiere escribir dos veces'
const SHOWN = /<dt>Texto<\/dt>\s*<dd>Un texto &lt;b&gt;largo&lt;\/b&gt; que nadie/

const newTicket = () => ({
  area: cast.areas.sistemas,
  categoria: cast.categories.red,
  asunto: 'La red no anda',
  descripcion: TEXT,
})
const numberIn = (location: string) => Number(/\/(\d+)(?:#|$)/.exec(location)?.[1])
const register = async () => numberIn((await (await as('clara')).post('/tickets', newTicket())).location)
const give = async (number: number, version: number, person: 'luis' | 'pedro') =>
  (await as('sara')).post(`/tickets/${number}/asignacion`, { version, responsable: `persona:${cast.ids[person]}` })

describe('a text for the bitácora', () => {
  it('of a ticket that was cancelled meanwhile is given back', async () => {
    const number = await register()
    await (await as('ana')).post(`/tickets/${number}/cancelacion`, { version: 1, motivo: 'Repetido' })
    const answer = await (await as('clara')).post(`/tickets/${number}/bitacora`, { texto: TEXT })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('registro histórico')
    expect(answer.body).toMatch(SHOWN)
  })

  it('of a ticket that somebody else has by now is given back', async () => {
    const number = await register()
    await give(number, 1, 'luis')
    const luis = await as('luis')
    await give(number, 2, 'pedro')
    const answer = await postFiles(luis, `/tickets/${number}/bitacora`, { texto: TEXT }, [])
    expect(answer.status).toBe(404)
    expect(answer.body).toMatch(SHOWN)
  })

  it('is not read when it is too much to be one', async () => {
    const number = await register()
    const texto = 'x'.repeat(300_000)
    const answer = await (await as('luis')).post(`/tickets/${number}/bitacora`, { texto })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('xxx')
  })
})

it('a new ticket of somebody who may not create any more is given back', async () => {
  const sara = await as('sara')
  const denial = { userId: cast.ids.sara, permission: 'tickets.crear' }
  await db.prisma.userPermission.create({ data: { ...denial, effect: 'DENEGAR' } })
  const answer = await sara.post('/tickets', newTicket())
  await db.prisma.userPermission.deleteMany({ where: denial })
  expect(answer.status).toBe(403)
  expect(answer.body).toContain('<dd>La red no anda</dd>')
})

describe('a form of somebody whose session ended while he wrote', () => {
  let number = 0
  let client: Client
  beforeAll(async () => {
    number = await register()
    client = await signIn(anonymous(), 'clara')
    await db.prisma.session.deleteMany({ where: { userId: cast.ids.clara } })
  })

  const count = () => db.prisma.logEntry.count({ where: { ticketNumber: number, text: TEXT } })

  it('is on the page that says so, and is sent from there, once, when he is back', async () => {
    const sent = { texto: TEXT, envio: randomUUID() }
    const referer = `https://soporte.test/mis-tickets/${number}`
    const answer = await client.post(`/tickets/${number}/bitacora`, sent, { referer })
    expect(answer.status).toBe(401)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toContain('Su sesión terminó')
    expect(answer.body).toMatch(SHOWN)
    expect(answer.body).toContain(
      `href="/ingresar?volver=${encodeURIComponent(`/mis-tickets/${number}`)}" target="_blank"`,
    )
    expect(answer.body).toContain(`<form class="form-actions" method="post" action="/tickets/${number}/bitacora">`)
    expect(fieldsSentAgain(answer.body)).toEqual(sent)
    expect(await count()).toBe(0)
    const again = await signIn(anonymous(), 'clara')
    for (let turn = 0; turn < 2; turn++) {
      expect((await again.post(`/tickets/${number}/bitacora`, fieldsSentAgain(answer.body))).status).toBe(303)
    }
    expect(await count()).toBe(1)
  })

  it('with a file keeps its texts, and says that the file is gone', async () => {
    const file = { name: 'nota.txt', bytes: Buffer.from('hola') }
    const answer = await postFiles(client, `/tickets/${number}/bitacora`, { texto: TEXT }, [file])
    expect(answer.status).toBe(401)
    expect(answer.body).toMatch(SHOWN)
    expect(answer.body).toContain('adjúntelos otra vez')
    expect(answer.body).not.toContain('Enviar otra vez</button>')
  })

  it('that says nothing leads to the page to sign in', async () => {
    expect(await client.post(`/tickets/${number}/inicio`, { version: 1 })).toMatchObject({
      status: 303,
      location: '/ingresar',
    })
  })

  it('never shows a password', async () => {
    const secrets = {
      actual: 'la de antes, muy larga',
      clave: 'la nueva, muy larga',
      repeticion: 'la nueva, muy larga',
    }
    const answer = await client.post('/cuenta/clave', secrets)
    expect(answer).toMatchObject({ status: 303, location: '/ingresar' })
  })
})
