import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { useApplication } from '../support/application.ts'
import type { Answer } from '../support/client.ts'
import { useScene } from './scene.ts'

const application = await useApplication()
const { as, clock, db } = application
const { deactivate, finishedTicket, formFor, invitationOf, makeSurvey, reopen, versionOf } = useScene(application)

let survey = 0
beforeAll(async () => {
  survey = await makeSurvey()
})
afterAll(() => deactivate(survey))

const main = ({ body }: Answer) => body.slice(body.indexOf('<main'), body.indexOf('</main>'))
const responses = (invitationId: number) =>
  db.prisma.surveyResponse.findMany({ where: { invitationId }, include: { answers: true } })

async function asked() {
  const ticket = await finishedTicket()
  const invitation = await invitationOf(ticket)
  return { ticket, invitation, path: `/encuestas/${invitation.id}`, form: await formFor(invitation.versionId) }
}

describe('a survey to answer', () => {
  it('is led to from the sidebar, the start page, the list and the ticket', async () => {
    const { ticket, path } = await asked()
    const clara = await as('clara')
    expect((await clara.get('/encuestas')).body).toContain(`href="${path}"`)
    expect((await clara.get('/encuestas')).body).toContain('Quedan 14 días')
    expect((await clara.get(`/mis-tickets/${ticket}`)).body).toContain(`href="${path}"`)
    const start = await clara.get('/mis-tickets')
    expect(main(start)).toMatch(/Tiene (una|\d+) encuestas? por contestar/)
    expect(start.body).toMatch(/Encuestas<\/span>\s*<span class="sidebar-count">\d+</)
    expect((await (await as('sara')).get(`/tickets/${ticket}`)).body).not.toContain('Contestar encuesta')
  })

  it('leads staff who registered the ticket from the page where they work on it, too', async () => {
    const ticket = await finishedTicket('sara')
    const { id } = await invitationOf(ticket)
    const sara = await as('sara')
    expect((await sara.get(`/tickets/${ticket}`)).body).toContain(`href="/encuestas/${id}"`)
    expect((await sara.get('/')).body).toMatch(/Tiene una encuesta por contestar/)
  })

  it('tells its mode before, and has chosen nothing', async () => {
    const { path } = await asked()
    const page = main(await (await as('clara')).get(path))
    expect(page).toContain('Encuesta nominal.')
    expect(page).toContain('Sus respuestas se guardan con su nombre')
    expect(page).not.toContain(' checked')
    expect(page).not.toContain(' selected')
  })

  it('keeps the answers, each in its place, and shows them again read-only', async () => {
    const { ticket, invitation, path, form } = await asked()
    const clara = await as('clara')
    expect(await clara.post(path, form)).toMatchObject({ status: 303, location: path })
    const [response] = await responses(invitation.id)
    const { agentId, groupId, areaId, categoryId, kind, versionId } = invitation
    expect(response).toMatchObject({ mode: 'NOMINAL', agentId, groupId, areaId, categoryId, kind, versionId })
    expect(response).toMatchObject({ answeredAt: clock.now(), month: new Date('2026-03-01T00:00:00Z') })
    expect(response?.answers).toHaveLength(6)
    const page = main(await clara.get(path))
    for (const text of ['Mil gracias.', '4 de 5', 'Sí', 'Teléfono', 'Trato', 'Claridad', 'Todo bien.']) {
      expect(page).toContain(text)
    }
    expect(page).not.toContain('<form')
    expect(main(await clara.get('/encuestas?ver=contestadas'))).toContain(`href="${path}"`)
    expect((await clara.get(`/mis-tickets/${ticket}`)).body).not.toContain('Contestar encuesta')
  })

  it('shows wrong answers again as they were given, and keeps none', async () => {
    const { invitation, path, form } = await asked()
    const questions = await db.prisma.surveyQuestion.findMany({ where: { versionId: invitation.versionId } })
    const scale = `p${questions.find(({ kind }) => kind === 'ESCALA')?.id}`
    const text = `p${questions.find(({ kind }) => kind === 'TEXTO')?.id}`
    const clara = await as('clara')
    const { [scale]: _left, ...rest } = form
    const missing = await clara.post(path, { ...rest, [text]: 'Lo que no se pierde' })
    expect(missing.status).toBe(422)
    expect(missing.body).toContain('Conteste «¿Qué tan bien?».')
    expect(missing.body).toContain(`href="#campo-${scale}"`)
    expect(missing.body).toContain('Lo que no se pierde')
    // The two of several choices, the one choice and the yes.
    expect(missing.body.match(/ checked/g)).toHaveLength(4)
    for (const wrong of [{ [scale]: '6' }, { [scale]: ['1', '2'] }, { [text]: 'x'.repeat(5001) }, { p999999: '1' }]) {
      expect((await clara.post(path, { ...form, ...wrong })).status, JSON.stringify(wrong).slice(0, 40)).toBe(422)
    }
    expect((await clara.post(path, { ...form, extra: '1' })).status).toBe(422)
    expect(await responses(invitation.id)).toEqual([])
  })

  it('leaves one response of 50 posts at the same time, whether they are one form or many', async () => {
    const clara = await as('clara')
    const same = await asked()
    const envio = randomUUID()
    const doubled = await Promise.all(Array.from({ length: 50 }, () => clara.post(same.path, { ...same.form, envio })))
    expect(new Set(doubled.map(({ status, location }) => `${status} ${location}`))).toEqual(
      new Set([`303 ${same.path}`]),
    )
    expect(await responses(same.invitation.id)).toHaveLength(1)
    const many = await asked()
    const answers = await Promise.all(Array.from({ length: 50 }, () => clara.post(many.path, many.form)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49)
    expect(await responses(many.invitation.id)).toHaveLength(1)
  })

  it('says in another tab that it was answered, and shows what was written there', async () => {
    const { path, form, invitation } = await asked()
    const clara = await as('clara')
    await clara.post(path, form)
    const late = await clara.post(path, await formFor(invitation.versionId, 'Algo distinto'))
    expect(late.status).toBe(409)
    expect(late.body).toContain('Usted ya contestó esta encuesta')
    expect(late.body).toContain('Algo distinto')
  })

  it('does not exist for anybody else', async () => {
    const { path, form } = await asked()
    for (const person of ['carlos', 'luis', 'sara', 'ana'] as const) {
      expect((await (await as(person)).get(path)).status).toBe(404)
      expect((await (await as(person)).post(path, form)).status).toBe(404)
    }
  })

  it('is over when the ticket was reopened', async () => {
    const { ticket, path, form } = await asked()
    await reopen(ticket)
    const clara = await as('clara')
    for (const answer of [await clara.get(path), await clara.post(path, form)]) {
      expect(answer.status).toBe(409)
      expect(answer.body).toContain('El ticket se reabrió')
    }
    expect((await clara.get('/encuestas')).body).not.toContain(`href="${path}"`)
  })

  it('leaves an entry in the bitácora, and the ticket as it is', async () => {
    const { ticket, path, form } = await asked()
    const version = await versionOf(ticket)
    await (await as('clara')).post(path, form)
    const entries = await db.prisma.logEntry.findMany({ where: { ticketNumber: ticket }, orderBy: { id: 'asc' } })
    expect(entries.at(-1)).toMatchObject({ kind: 'ENCUESTA', text: '', visibility: 'PUBLICA', ticketVersion: version })
    expect(entries.at(-1)?.changes).toBeNull()
    const after = await db.prisma.ticket.findUniqueOrThrow({ where: { number: ticket } })
    expect(after).toMatchObject({ version, status: 'FINALIZADO', reopenedCount: 0 })
    expect((await (await as('luis')).get(`/tickets/${ticket}`)).body).toContain('contestó la encuesta')
    expect(await verifyLog({ pool: db.pool })).toMatchObject({ faulty: 0 })
  })

  it('is no work on the ticket: staff who answer have not attended it', async () => {
    const ticket = await finishedTicket('marta')
    const { id, versionId } = await invitationOf(ticket)
    expect((await (await as('marta')).post(`/encuestas/${id}`, await formFor(versionId))).status).toBe(303)
    expect((await (await as('marta')).get('/atendidos')).body).not.toContain(`#${ticket}`)
  })

  it('is over when its time is', async () => {
    const { path, form } = await asked()
    clock.advance({ days: 13 })
    const clara = await as('clara')
    expect((await clara.get('/encuestas')).body).toContain('Último día para contestarla')
    clock.advance({ days: 1 })
    for (const answer of [await clara.get(path), await clara.post(path, form)]) {
      expect(answer.status).toBe(409)
      expect(answer.body).toContain('El plazo para contestar esta encuesta ya terminó')
    }
    expect((await clara.get('/encuestas')).body).not.toContain(`href="${path}"`)
  })
})

it('pages through what somebody answered', async () => {
  for (let turn = 0; turn < 27; turn++) await finishedTicket('carlos')
  const carlos = await as('carlos')
  const first = await carlos.get('/encuestas')
  const next = /href="(\/encuestas\?siguiente=[^"]+)"/.exec(first.body)?.[1] ?? ''
  const links = (body: string) => [...body.matchAll(/href="(\/encuestas\/\d+)"/g)].map(match => match[1])
  const both = [...links(first.body), ...links((await carlos.get(next)).body)]
  expect(new Set(both).size).toBe(27)
})
