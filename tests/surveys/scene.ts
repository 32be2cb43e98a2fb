import { randomUUID } from 'node:crypto'
import type { QuestionKind, SurveyMode } from '../../src/generated/prisma/enums.ts'
import { applySurvey } from '../../src/surveys/actions/apply.ts'
import { createSurvey } from '../../src/surveys/actions/create.ts'
import { prepareDraft } from '../../src/surveys/actions/draft.ts'
import { publishSurvey } from '../../src/surveys/actions/publish.ts'
import { saveQuestion } from '../../src/surveys/actions/questions.ts'
import { getSurvey } from '../../src/surveys/queries.ts'
import { parseScope } from '../../src/surveys/scope.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { reopenTicket } from '../../src/tickets/actions/reopen.ts'
import type { TestApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

interface Asked {
  text: string
  kind: QuestionKind
  required?: boolean
  mainScore?: boolean
  options?: string[]
}

interface Plan {
  title?: string
  mode?: SurveyMode
  scope?: string
  questions?: Asked[]
  /** How far it goes; active when left out. */
  until?: 'borrador' | 'publicada'
}

const QUESTIONS: Asked[] = [
  { text: '¿Qué tan bien?', kind: 'ESCALA', required: true, mainScore: true },
  { text: '¿Se resolvió?', kind: 'SI_NO' },
  { text: '¿Por dónde?', kind: 'OPCION', options: ['Teléfono', 'En persona'] },
  { text: '¿Qué le gustó?', kind: 'VARIAS', options: ['Rapidez', 'Trato', 'Claridad'] },
  { text: '¿Algo más?', kind: 'TEXTO' },
]

/** Surveys and tickets, made through the actions that the pages use. */
export function useScene(application: TestApplication) {
  const { db, clock, cast, viewer } = application
  const context = { db, clock }
  const actor = { id: cast.ids.ana, address: '192.0.2.1' }
  const aim = async (id: number) => ({ id, version: (await getSurvey(db, id)).version, actor })

  async function makeSurvey({
    title = 'Su opinión',
    mode = 'NOMINAL',
    scope = 'todo',
    questions = QUESTIONS,
    until,
  }: Plan = {}) {
    const where = parseScope(scope)
    if (!where) throw new Error(`no scope: ${scope}`)
    const id = await createSurvey(
      context,
      actor,
      { title, introduction: 'Dos minutos.', thanks: 'Mil gracias.', mode },
      where,
    )
    for (const { required = false, mainScore = false, options = [], ...question } of questions) {
      await saveQuestion(context, await aim(id), null, { ...question, required, mainScore, options })
    }
    if (until === 'borrador') return id
    await publishSurvey(context, await aim(id))
    if (until === undefined) await applySurvey(context, await aim(id), where, true)
    return id
  }

  /** Takes a survey out of the way of the next test. */
  async function deactivate(id: number) {
    const { scope, kind, areaId, categoryId } = await getSurvey(db, id)
    await applySurvey(context, await aim(id), { scope, kind, areaId, categoryId }, false)
  }

  const republish = async (id: number, title: string) => {
    await prepareDraft(context, await aim(id))
    await db.prisma.surveyVersion.updateMany({ where: { surveyId: id, publishedAt: null }, data: { title } })
    await publishSurvey(context, await aim(id))
  }

  /** Of Sistemas, assigned to Luis. @returns its number */
  async function openTicket(by: Person = 'clara', category: keyof typeof cast.categories = 'red') {
    const area = category === 'techo' ? 'mantenimiento' : 'sistemas'
    const number = await createTicket(context, await viewer(by), {
      areaId: cast.areas[area],
      categoryId: cast.categories[category],
      subject: `Asunto ${randomUUID()}`,
      description: 'Texto',
    })
    const assigneeId = area === 'sistemas' ? cast.ids.luis : cast.ids.mario
    const owner = { assigneeId, assigneeGroupId: null }
    await assignTicket(context, await viewer('ana'), number, { version: 1, owner, note: '' })
    return number
  }

  const versionOf = async (number: number) =>
    (await db.prisma.ticket.findUniqueOrThrow({ where: { number }, select: { version: true } })).version

  const finish = async (number: number, by: Person = 'ana') =>
    closeTicket(context, await viewer(by), number, {
      action: 'finalizar',
      version: await versionOf(number),
      text: 'Listo',
    })

  const reopen = async (number: number, by: Person = 'ana') =>
    reopenTicket(context, await viewer(by), number, {
      version: await versionOf(number),
      reason: 'Falló otra vez',
      owner: null,
    })

  async function finishedTicket(by: Person = 'clara', category: keyof typeof cast.categories = 'red') {
    const number = await openTicket(by, category)
    await finish(number)
    return number
  }

  const invitationsOf = (ticketNumber: number) =>
    db.prisma.surveyInvitation.findMany({ where: { ticketNumber }, orderBy: { id: 'asc' } })

  /** The only invitation of a ticket. */
  async function invitationOf(ticketNumber: number) {
    const [invitation, ...more] = await invitationsOf(ticketNumber)
    if (!invitation || more.length > 0) throw new Error(`ticket ${ticketNumber} has not one invitation`)
    return invitation
  }

  /** A form with an answer to each question of a version. */
  async function formFor(versionId: number, text = 'Todo bien.') {
    const questions = await db.prisma.surveyQuestion.findMany({
      where: { versionId },
      include: { options: { orderBy: { position: 'asc' } } },
    })
    return Object.fromEntries(
      questions.map(({ id, kind, options }): [string, string | string[]] => {
        const values = options.map(option => String(option.id))
        const answers = { ESCALA: '4', SI_NO: 'si', TEXTO: text, OPCION: values[0] ?? '', VARIAS: values.slice(1) }
        return [`p${id}`, answers[kind]]
      }),
    )
  }

  return {
    ...{ aim, actor, context, makeSurvey, deactivate, republish, openTicket, finish, reopen, finishedTicket },
    ...{ invitationsOf, invitationOf, formFor, versionOf },
  }
}
