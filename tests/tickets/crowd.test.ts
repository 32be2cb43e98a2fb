import { expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { useApplication } from '../support/application.ts'
import { PASSWORD } from '../support/cast.ts'
import type { Client } from '../support/client.ts'

// Fifty people at one ticket in the same moment.

const { anonymous, cast, clock, db, viewer } = await useApplication()
const context = { db, clock }

interface Colleague {
  name: string
  client: Client
}

/** Supervisors of the area who belong to the group: each of them may take every step there is. */
async function hire(count: number): Promise<Colleague[]> {
  const { passwordHash } = await db.prisma.user.findUniqueOrThrow({ where: { id: cast.ids.sara } })
  const names = Array.from({ length: count }, (_, index) => `Colega ${String(index + 1).padStart(2, '0')}`)
  const emailOf = (name: string) => `${name.toLowerCase().replace(' ', '-')}@ejemplo.test`
  const people = await db.prisma.user.createManyAndReturn({
    data: names.map(name => ({ name, email: emailOf(name), role: 'SUPERVISOR' as const, passwordHash })),
  })
  const places = people.map(({ id }) => ({ areaId: cast.areas.sistemas, userId: id }))
  await db.prisma.areaMember.createMany({ data: places })
  await db.prisma.groupMember.createMany({ data: places.map(place => ({ ...place, groupId: cast.groups.redes })) })
  const signIn = async (name: string) => {
    const client = anonymous()
    const answer = await client.post('/ingresar', { correo: emailOf(name), clave: PASSWORD })
    expect(answer.status).toBe(303)
    return { name, client }
  }
  // One address has 30 attempts under way at most; more than that at once is held for guessing.
  const first = await Promise.all(names.slice(0, 25).map(signIn))
  return [...first, ...(await Promise.all(names.slice(25).map(signIn)))]
}

const colleagues = await hire(50)

/** A ticket that waits for the group, at version 2. */
async function ticketOfGroup(): Promise<number> {
  const number = await createTicket(context, await viewer('clara'), {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject: 'Asunto',
    description: 'Texto',
  })
  const owner = { assigneeId: null, assigneeGroupId: cast.groups.redes }
  await assignTicket(context, await viewer('ana'), number, { version: 1, owner, note: '' })
  return number
}

const STEPS = [
  ['inicio', () => ({})],
  ['asignacion', () => ({ responsable: `persona:${cast.ids.luis}` })],
  ['finalizacion', () => ({ resolucion: 'Hecho' })],
  ['cancelacion', () => ({ motivo: 'Repetido' })],
] as const

it('of fifty who take a step one wins, and the others are told what he did', { timeout: 60_000 }, async () => {
  const number = await ticketOfGroup()
  const answers = await Promise.all(
    colleagues.map(async ({ name, client }, index) => {
      const [path, form] = STEPS[index % STEPS.length] ?? STEPS[0]
      return { name, ...(await client.post(`/tickets/${number}/${path}`, { ...form(), version: 2 })) }
    }),
  )
  const [winner, ...others] = answers.filter(({ status }) => status === 303)
  expect(others).toEqual([])
  const losers = answers.filter(({ status }) => status !== 303)
  expect(losers.map(({ status }) => status)).toEqual(Array(49).fill(409))
  for (const { body } of losers)
    expect(body).toMatch(new RegExp(`<li>${winner?.name} (inició|asignó|finalizó|canceló)`))
  expect(await db.prisma.ticket.findUniqueOrThrow({ where: { number } })).toMatchObject({ version: 3 })
  expect(await db.prisma.logEntry.count({ where: { ticketNumber: number } })).toBe(3)
})

it('of fifty who write while one of them closes it, each is kept or refused, and none is lost', {
  timeout: 60_000,
}, async () => {
  const number = await ticketOfGroup()
  const answers = await Promise.all(
    colleagues.map(async ({ name, client }, index) => {
      if (index === 25) return client.post(`/tickets/${number}/cancelacion`, { version: 2, motivo: 'Repetido' })
      return client.post(`/tickets/${number}/bitacora`, { texto: `Dice ${name}` })
    }),
  )
  expect(answers[25]?.status).toBe(303)
  const entries = await db.prisma.logEntry.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } })
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  expect(entries.at(-1)?.kind).toBe('CANCELACION')
  for (const [index, { status, body }] of answers.entries()) {
    if (index === 25) continue
    const kept = entries.filter(({ text }) => text === `Dice ${colleagues[index]?.name}`).length
    expect([status, kept]).toEqual(kept ? [303, 1] : [403, 0])
    if (!kept) expect(body).toContain('El ticket está cancelado')
  }
})

it('the chains verify', async () => {
  expect(await verifyLog({ pool: db.pool })).toMatchObject({ tickets: 2, faulty: 0 })
})
