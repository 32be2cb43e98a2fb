import { afterEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/platform/db.ts'
import { readSettings } from '../../src/settings/queries.ts'
import { adjustable, versionOf } from '../../src/settings/sections.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { reclassifyTicket } from '../../src/tickets/actions/reclassify.ts'
import { useApplication } from '../support/application.ts'
import { useScene } from './scene.ts'

const application = await useApplication()
const { as, cast, clock, db, viewer } = application
const scene = useScene(application)
const { finish, finishedTicket, formFor, invitationOf, invitationsOf, makeSurvey, openTicket, reopen } = scene

let active: number[] = []
const survey = async (plan?: Parameters<typeof makeSurvey>[0]) => {
  const id = await makeSurvey(plan)
  active.push(id)
  return id
}
afterEach(async () => {
  for (const id of active) await scene.deactivate(id)
  active = []
})

async function answerableFor(days: number) {
  const version = versionOf('encuestas', adjustable(await readSettings(db)))
  const { location } = await (await as('ana')).post('/administracion/ajustes/encuestas', {
    version,
    dias: String(days),
  })
  expect(location).toBe('/administracion/ajustes')
}

const answer = async (id: number, versionId: number) =>
  (await as('clara')).post(`/encuestas/${id}`, await formFor(versionId))

describe('an invitation', () => {
  it('is made with the entry that finishes the ticket, and holds what was true then', async () => {
    const id = await survey()
    const number = await openTicket()
    expect(await invitationsOf(number)).toEqual([])
    await finish(number)
    const version = await db.prisma.surveyVersion.findFirstOrThrow({ where: { surveyId: id } })
    expect(await invitationOf(number)).toMatchObject({
      versionId: version.id,
      personId: cast.ids.clara,
      agentId: cast.ids.luis,
      groupId: null,
      areaId: cast.areas.sistemas,
      categoryId: cast.categories.red,
      kind: 'PROBLEMA',
      status: 'ABIERTA',
      createdAt: clock.now(),
      expiresAt: new Date(clock.now().getTime() + 14 * 24 * 3600 * 1000),
    })
  })

  it('goes with the transaction: what is rolled back asks nobody', async () => {
    await survey()
    const number = await openTicket()
    const ana = await viewer('ana')
    const undone = transaction(db, async tx => {
      const context = { db: { ...db, joined: tx }, clock }
      await closeTicket(context, ana, number, { action: 'finalizar', version: 2, text: 'Listo' })
      expect(await tx.surveyInvitation.count({ where: { ticketNumber: number } })).toBe(1)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await invitationsOf(number)).toEqual([])
    await finish(number)
  })

  it('expires after as many days as the settings say', async () => {
    await survey()
    await answerableFor(3)
    const { createdAt, expiresAt } = await invitationOf(await finishedTicket())
    await answerableFor(14)
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(3 * 24 * 3600 * 1000)
  })

  it('is not made where no survey applies, or none is active', async () => {
    await makeSurvey({ until: 'publicada' })
    await survey({ scope: `area:${cast.areas.mantenimiento}` })
    expect(await invitationsOf(await finishedTicket())).toEqual([])
  })

  it('is not made when the person who registered the ticket finished it himself', async () => {
    await survey()
    const number = await openTicket('sara')
    await finish(number, 'sara')
    expect(await invitationsOf(number)).toEqual([])
  })

  it('goes to whoever registered the ticket, staff included', async () => {
    await survey()
    expect(await invitationOf(await finishedTicket('sara'))).toMatchObject({ personId: cast.ids.sara })
  })

  it('is cancelled when the ticket is reopened before it was answered, and a new one made when it is finished again', async () => {
    await survey()
    const number = await finishedTicket()
    await reopen(number, 'clara')
    expect((await invitationOf(number)).status).toBe('CANCELADA')
    await finish(number)
    expect((await invitationsOf(number)).map(({ status }) => status)).toEqual(['CANCELADA', 'ABIERTA'])
  })

  it('is the only one once it was answered: reopening keeps the answer, finishing again asks no second time', async () => {
    await survey()
    const number = await finishedTicket()
    const { id, versionId } = await invitationOf(number)
    expect((await answer(id, versionId)).status).toBe(303)
    await reopen(number)
    await finish(number)
    expect((await invitationOf(number)).status).toBe('CONTESTADA')
    expect(await db.prisma.surveyResponse.count({ where: { invitationId: id } })).toBe(1)
  })

  it('is at most one that is open, also by hand', async () => {
    await survey()
    const number = await finishedTicket()
    const { id: _id, ...again } = await invitationOf(number)
    await expect(db.prisma.surveyInvitation.create({ data: again })).rejects.toThrow(/[Uu]nique/)
  })

  it('keeps what was true when everything around it changes', async () => {
    const id = await survey()
    const { prisma } = db
    const number = await finishedTicket()
    const before = await invitationOf(number)
    await scene.republish(id, 'Otro título')
    await reopen(number)
    const { version } = await prisma.ticket.findUniqueOrThrow({ where: { number } })
    await reclassifyTicket({ db, clock }, await viewer('ana'), number, {
      version,
      areaId: cast.areas.mantenimiento,
      categoryId: cast.categories.techo,
      priority: 'BAJA',
      subject: 'Otro',
      owner: { assigneeId: cast.ids.mario, assigneeGroupId: null },
    })
    await prisma.user.update({ where: { id: cast.ids.luis }, data: { active: false } })
    await prisma.category.update({ where: { id: cast.categories.red }, data: { kind: 'REQUERIMIENTO' } })
    const after = await invitationOf(number)
    await prisma.user.update({ where: { id: cast.ids.luis }, data: { active: true } })
    await prisma.category.update({ where: { id: cast.categories.red }, data: { kind: 'PROBLEMA' } })
    expect(after).toEqual({ ...before, status: 'CANCELADA' })
  })
})
