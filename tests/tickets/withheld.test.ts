import { describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const { as, cast, clock, db, viewer } = await useApplication()

const context = { db, clock }
const [ana, clara, luis] = [await viewer('ana'), await viewer('clara'), await viewer('luis')]

type Status = 'REGISTRADO' | 'ASIGNADO' | 'EN_PROCESO' | 'FINALIZADO' | 'CANCELADO'

/** A ticket of Clara in Sistemas; its owner, if any, is Luis. */
async function ticketIn(status: Status): Promise<number> {
  const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'Sin red', description: 'x' }
  const number = await createTicket(context, clara, input)
  const close = (action: 'finalizar' | 'cancelar', version: number) =>
    closeTicket(context, ana, number, { action, version, text: 'Ya' })
  if (status === 'CANCELADO') await close('cancelar', 1)
  if (status === 'REGISTRADO' || status === 'CANCELADO') return number
  const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
  await assignTicket(context, ana, number, { version: 1, owner, note: '' })
  if (status === 'EN_PROCESO') await startTicket(context, luis, number, 2)
  if (status === 'FINALIZADO') await close('finalizar', 2)
  return number
}

const pathFor = (person: Person, number: number) => `/${person === 'clara' ? 'mis-tickets' : 'tickets'}/${number}`

/** "Label: reason" of each action that is shown disabled. */
async function withheld(person: Person, number: number): Promise<string[]> {
  const { body } = await (await as(person)).get(pathFor(person, number))
  const pattern =
    /<button[^>]*type="button" aria-disabled="true" aria-describedby="(motivo-\w+)"[^>]*>.*?<\/svg> ([^<]+)<\/button>\s*<p[^>]* id="\1">([^<]*)</g
  return [...body.matchAll(pattern)].map(([, , label, reason]) => `${label}: ${reason}`)
}

const NOT_YET = 'Finalizar: El ticket todavía no tiene responsable: asígnelo primero.'
const BUSY = 'Cancelar: Ya se está atendiendo su ticket: pida la cancelación en un comentario.'
const OVER = ['Reasignar: El ticket ya está finalizado.', 'Reclasificar: El ticket ya está finalizado.']

describe('what is shown disabled, with its reason', () => {
  it.each<[Person, Status, string[]]>([
    ['ana', 'REGISTRADO', [NOT_YET]],
    ['sara', 'REGISTRADO', [NOT_YET]],
    ['clara', 'REGISTRADO', []],
    ['ana', 'ASIGNADO', []],
    ['luis', 'ASIGNADO', []],
    ['clara', 'ASIGNADO', [BUSY]],
    // Starting belongs to whoever owns the ticket: it never shows for those who do not.
    ['sara', 'EN_PROCESO', []],
    ['luis', 'EN_PROCESO', ['Iniciar: La atención del ticket ya comenzó.']],
    ['clara', 'EN_PROCESO', [BUSY]],
    ['sara', 'FINALIZADO', OVER],
    ['luis', 'FINALIZADO', []],
    ['clara', 'FINALIZADO', []],
    ['ana', 'CANCELADO', []],
    ['clara', 'CANCELADO', []],
  ])('to %s on a ticket that is %s', async (person, status, expected) => {
    expect(await withheld(person, await ticketIn(status))).toEqual(expected)
  })

  it('is what he was denied personally, and nobody else', async () => {
    const number = await ticketIn('ASIGNADO')
    const denial = { userId: cast.ids.luis, permission: 'tickets.finalizar' }
    await db.prisma.userPermission.create({ data: { ...denial, effect: 'DENEGAR' } })
    const shown = [await withheld('luis', number), await withheld('sara', number)]
    await db.prisma.userPermission.delete({ where: { userId_permission: denial } })
    expect(shown).toEqual([['Finalizar: Su cuenta no puede finalizar tickets.'], []])
  })

  it('is the requester’s cancelling, once somebody wrote', async () => {
    const number = await ticketIn('REGISTRADO')
    await addEntry(context, ana, number, { text: 'Lo vemos.', visibility: 'PUBLICA' })
    expect(await withheld('clara', number)).toEqual([BUSY])
  })

  it('never has a button that works beside it', async () => {
    for (const [person, status] of [
      ['luis', 'EN_PROCESO'],
      ['sara', 'FINALIZADO'],
    ] as const) {
      const { body } = await (await as(person)).get(pathFor(person, await ticketIn(status)))
      const enabled = [...body.matchAll(/(?:href|action)="\/tickets\/\d+\/(\w+)"/g)].map(match => match[1])
      expect(enabled).not.toContain(person === 'luis' ? 'inicio' : 'clasificacion')
    }
  })
})

describe('after it was finished, the requester', () => {
  const confirmation = (number: number) => `/tickets/${number}/conformidad`

  it('says that all is well, once: it is in the bitácora and changes no state', async () => {
    const number = await ticketIn('FINALIZADO')
    const client = await as('clara')
    const before = (await client.get(pathFor('clara', number))).body
    expect(before).toContain('Todo bien, gracias')
    expect(before).toContain('Sigue fallando')
    const answer = await client.post(confirmation(number), { version: 3 })
    expect(answer).toMatchObject({ status: 303, location: `/mis-tickets/${number}` })
    const after = (await client.get(pathFor('clara', number))).body
    expect(after).toContain('confirmó que todo quedó bien')
    expect(after).not.toContain('Todo bien, gracias')
    expect(after).toContain('Sigue fallando')
    const again = await client.post(confirmation(number), { version: 3 })
    expect(again.status).toBe(403)
    expect(again.body).toContain('Usted ya confirmó')
    const { status, version } = await db.prisma.ticket.findUniqueOrThrow({ where: { number } })
    expect({ status, version }).toEqual({ status: 'FINALIZADO', version: 3 })
    const entries = await db.prisma.logEntry.findMany({ where: { ticketNumber: number, kind: 'CONFIRMACION' } })
    expect(entries).toMatchObject([{ authorId: cast.ids.clara, visibility: 'PUBLICA' }])
  })

  it('cannot say so twice at once, nor behind the application’s back', async () => {
    const number = await ticketIn('FINALIZADO')
    const client = await as('clara')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.post(confirmation(number), { version: 3 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403, 403, 403, 403])
    await expect(
      db.prisma.logEntry.create({
        data: {
          ticketNumber: number,
          kind: 'CONFIRMACION',
          authorId: cast.ids.clara,
          ticketVersion: 3,
          createdAt: clock.now(),
        },
      }),
    ).rejects.toThrow(/Unique constraint/)
  })

  it('says that it still fails, with a reason and counted, and may confirm the next end', async () => {
    const number = await ticketIn('FINALIZADO')
    const client = await as('clara')
    await client.post(confirmation(number), { version: 3 })
    expect((await client.post(`/tickets/${number}/reapertura`, { version: 3, motivo: ' ' })).status).toBe(422)
    expect((await client.post(`/tickets/${number}/reapertura`, { version: 3, motivo: 'Otra vez' })).status).toBe(303)
    const { status, reopenedCount } = await db.prisma.ticket.findUniqueOrThrow({ where: { number } })
    expect({ status, reopenedCount }).toEqual({ status: 'EN_PROCESO', reopenedCount: 1 })
    expect((await client.post(confirmation(number), { version: 4 })).status).toBe(403)
    await closeTicket(context, ana, number, { action: 'finalizar', version: 4, text: 'Ahora sí' })
    expect((await client.get(pathFor('clara', number))).body).toContain('Todo bien, gracias')
    expect((await client.post(confirmation(number), { version: 5 })).status).toBe(303)
  })

  it('sees why it is too late to reopen it', async () => {
    const number = await ticketIn('FINALIZADO')
    clock.advance({ days: 8 })
    expect(await withheld('clara', number)).toEqual([
      'Sigue fallando: El plazo para reabrir este ticket terminó: registre uno nuevo.',
    ])
  })
})
