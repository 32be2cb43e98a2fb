import { randomUUID } from 'node:crypto'
import type { CategoryKind, QuestionKind, SurveyMode } from '../../src/generated/prisma/enums.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import type { TestApplication } from './application.ts'
import type { Person } from './cast.ts'

/** A question, with the texts of its options. */
export interface Asked {
  kind: QuestionKind
  text: string
  mainScore?: boolean
  options?: string[]
}

export interface Published {
  surveyId: number
  versionId: number
  mode: SurveyMode
  /** In order, each with the ids of its options. */
  questions: { id: number; kind: QuestionKind; options: number[] }[]
}

type Database = Pick<TestApplication, 'db'>

/** A survey with one published version, or a further version of one. */
export async function publishVersion(
  { db }: Database,
  {
    mode,
    questions,
    title = 'Satisfacción',
    surveyId,
  }: { mode: SurveyMode; questions: Asked[]; title?: string; surveyId?: number },
): Promise<Published> {
  const at = new Date('2026-03-01T18:00:00Z')
  const survey = surveyId ?? (await db.prisma.survey.create({ data: { scope: 'TODO', createdAt: at } })).id
  const number = 1 + (await db.prisma.surveyVersion.count({ where: { surveyId: survey } }))
  const version = await db.prisma.surveyVersion.create({
    data: {
      surveyId: survey,
      number,
      title,
      mode,
      questions: {
        create: questions.map(({ options = [], ...question }, position) => ({
          ...question,
          position,
          options: { create: options.map((text, index) => ({ text, position: index })) },
        })),
      },
    },
    include: { questions: { include: { options: { orderBy: { position: 'asc' } } }, orderBy: { position: 'asc' } } },
  })
  await db.prisma.surveyVersion.update({ where: { id: version.id }, data: { publishedAt: at } })
  const asked = version.questions.map(({ id, kind, options }) => ({ id, kind, options: options.map(each => each.id) }))
  return { surveyId: survey, versionId: version.id, mode, questions: asked }
}

/** What an answer says: the point of a scale, yes or no, a text, the places of the chosen options; null for none. */
export type Said = number | boolean | string | number[] | null

export interface Place {
  areaId: number
  categoryId: number
  kind: CategoryKind
}

export const placesIn = ({ cast: { areas, categories } }: TestApplication) =>
  ({
    red: { areaId: areas.sistemas, categoryId: categories.red, kind: 'PROBLEMA' },
    equipo: { areaId: areas.sistemas, categoryId: categories.equipo, kind: 'REQUERIMIENTO' },
    techo: { areaId: areas.mantenimiento, categoryId: categories.techo, kind: 'PROBLEMA' },
  }) satisfies Record<string, Place>

interface Invited {
  place: Place
  person?: Person
  agent?: Person | null
  /** When the ticket was finished. */
  invitedAt?: Date
}

/** Somebody is asked about a ticket of his. @returns the ids of invitation and ticket */
export async function invite(application: TestApplication, versionId: number, invited: Invited) {
  const { db, clock, cast, viewer } = application
  const { place, person = 'elena', agent = 'luis', invitedAt = clock.now() } = invited
  const { areaId, categoryId } = place
  const creator = await viewer(person)
  const request = { areaId, categoryId, subject: 'Asunto', description: 'Texto' }
  const ticketNumber = await createTicket({ db, clock }, creator, request)
  const { id } = await db.prisma.surveyInvitation.create({
    data: {
      ...place,
      versionId,
      ticketNumber,
      personId: creator.id,
      agentId: agent && cast.ids[agent],
      createdAt: invitedAt,
      expiresAt: new Date(invitedAt.getTime() + 14 * 24 * 3600 * 1000),
    },
  })
  return { id, ticketNumber }
}

/** Somebody is asked and answers. @param month YYYY-MM of the answer */
export async function answer(
  application: TestApplication,
  version: Published,
  { said, answeredAt, month, ...invited }: Invited & { said: Said[]; answeredAt: Date; month: string },
) {
  const { db } = application
  const { id, ticketNumber } = await invite(application, version.versionId, invited)
  await db.prisma.surveyInvitation.update({ where: { id }, data: { status: 'CONTESTADA' } })
  const invitation = await db.prisma.surveyInvitation.findUniqueOrThrow({ where: { id } })
  const whose = { invitationId: id, agentId: invitation.agentId, answeredAt }
  await keepAnswer(application, version, { place: invited.place, month, said, whose })
  return { invitationId: id, ticketNumber }
}

/** A response with its answers; without `whose`, an anonymous one. */
export async function keepAnswer(
  { db }: Database,
  version: Published,
  kept: {
    place: Place
    month: string
    said: Said[]
    whose?: { invitationId: number; agentId: number | null; answeredAt: Date }
  },
): Promise<void> {
  const { place, month, said, whose } = kept
  const responseId = randomUUID()
  const { versionId, mode } = version
  await db.prisma.$transaction([
    db.prisma.surveyResponse.create({
      data: { id: responseId, versionId, mode, ...place, month: new Date(`${month}-01T00:00:00Z`), ...whose },
    }),
    db.prisma.surveyAnswer.createMany({
      data: said.flatMap((value, index) => {
        const question = version.questions[index]
        if (!question || value === null) return []
        return valuesOf(question, value).map(each => ({ ...each, responseId, versionId, questionId: question.id }))
      }),
    }),
  ])
}

function valuesOf({ options }: Published['questions'][number], value: Exclude<Said, null>) {
  if (typeof value === 'string') return [{ text: value }]
  if (typeof value === 'boolean') return [{ yes: value }]
  if (typeof value === 'number') return [{ scale: value }]
  return value.map(index => ({ optionId: options[index] ?? 0 }))
}
