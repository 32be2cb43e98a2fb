import { SurveyMode } from '../../generated/prisma/enums.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { noteSurveyAnswered } from '../../tickets/actions/note-survey.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict } from '../../web/errors.ts'
import type { Answer } from '../answers.ts'
import { type Invitation, stateOfInvitation } from '../invitations.ts'
import { paths } from '../paths.ts'
import type { SurveyContext } from './lock.ts'

export interface AnswerContext extends SurveyContext {
  /** IANA zone in which months begin. */
  zone: string
}

/**
 * Keeps what somebody answered, once and for all. Of an anonymous answer nothing is kept beside it that leads to him: no
 * invitation, no agent, no time but the month, no entry in the bitácora.
 * @throws Conflict when it was answered or cancelled meanwhile, or its time is over
 */
export async function answerSurvey(
  { db, clock, zone }: AnswerContext,
  viewer: Viewer,
  invitation: Pick<Invitation, 'id' | 'ticketNumber' | 'version'>,
  answers: readonly Answer[],
): Promise<void> {
  const { id, ticketNumber, version } = invitation
  const anonymous = version.mode === SurveyMode.ANONIMA
  await transaction(db, async tx => {
    const now = clock.now()
    // The ticket comes first, as when it is reopened; for an anonymous answer it must not even be locked, see below.
    if (!anonymous) await noteSurveyAnswered(tx, viewer, ticketNumber, now)
    const { areaId, categoryId, kind, agentId, groupId } = await lockOpen(tx, id, now)
    if (anonymous) await closeUnseen(tx, id, version.id)
    else await tx.surveyInvitation.update({ where: { id }, data: { status: 'CONTESTADA' }, select: { id: true } })
    const { id: responseId } = await tx.surveyResponse.create({
      data: {
        ...{ versionId: version.id, mode: version.mode, areaId, categoryId, kind, month: firstOfMonth(now, zone) },
        ...(!anonymous && { invitationId: id, agentId, groupId, answeredAt: now }),
      },
      select: { id: true },
    })
    await tx.surveyAnswer.createMany({ data: answers.map(each => ({ ...each, responseId, versionId: version.id })) })
  })
}

async function lockOpen(tx: Transaction, id: number, now: Date) {
  await tx.$queryRaw`SELECT FROM survey_invitations WHERE id = ${id} FOR UPDATE`
  const invitation = await tx.surveyInvitation.findUniqueOrThrow({
    where: { id },
    select: {
      ...{ status: true, expiresAt: true },
      ...{ areaId: true, categoryId: true, kind: true, agentId: true, groupId: true },
    },
  })
  const state = stateOfInvitation(invitation, now)
  if (state !== 'abierta') throw new Conflict(NOT_OPEN[state], [], paths.mine)
  return invitation
}

/** Why a survey cannot be answered. */
export const NOT_OPEN = {
  contestada: 'Usted ya contestó esta encuesta. Cada encuesta se contesta una sola vez.',
  cancelada:
    'El ticket se reabrió y por eso esta encuesta ya no se contesta. Cuando se finalice otra vez, podrá opinar.',
  vencida: 'El plazo para contestar esta encuesta ya terminó.',
}

/**
 * PostgreSQL marks each row with the transaction that wrote or locked it: the answer and the invitation bear the same mark. So the
 * invitations that were answered before are written again beside this one, and all bear the mark of the last answer. In one
 * statement, for a row that is written twice in a transaction also locks, and so marks, the people that it refers to.
 */
async function closeUnseen(tx: Transaction, id: number, versionId: number): Promise<void> {
  // One after the other: two that write the same rows in different orders would wait for each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('survey_versions'), ${versionId}::int)`
  await tx.$executeRaw`UPDATE survey_invitations SET status = 'CONTESTADA' WHERE id = ${id} OR id IN
    (SELECT id FROM survey_invitations WHERE version_id = ${versionId} AND status = 'CONTESTADA'
      ORDER BY created_at DESC LIMIT 1000)`
}

function firstOfMonth(now: Date, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(now)
  const part = (type: string) => parts.find(each => each.type === type)?.value
  return new Date(`${part('year')}-${part('month')}-01T00:00:00Z`)
}
