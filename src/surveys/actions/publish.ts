import { recordAudit } from '../../audit/record.ts'
import { transaction } from '../../platform/db.ts'
import { InvalidForm } from '../../web/errors.ts'
import type { Question } from '../queries.ts'
import { type Aim, draftOf, lockSurvey, type SurveyContext, subjectOf } from './lock.ts'

/** Makes the draft a version that never changes. @returns its number */
export async function publishSurvey({ db, clock }: SurveyContext, aim: Aim): Promise<number> {
  return transaction(db, async tx => {
    const draft = draftOf(await lockSurvey(tx, aim))
    const problem = obstacleTo(draft.questions)
    if (problem) throw new InvalidForm('', problem)
    const now = clock.now()
    await tx.surveyVersion.update({ where: { id: draft.id }, data: { publishedAt: now }, select: { id: true } })
    await recordAudit(tx, aim.actor, now, {
      kind: 'encuesta.publicada',
      subject: subjectOf(aim.id, draft.title),
      changes: { number: [null, draft.number] },
    })
    return draft.number
  })
}

/** Why a draft cannot be published yet; null when it can. */
export function obstacleTo(questions: readonly Pick<Question, 'kind' | 'text' | 'options'>[]): string | null {
  if (questions.length === 0) return 'Agregue al menos una pregunta antes de publicarla.'
  const poor = questions.find(({ kind, options }) => (kind === 'OPCION' || kind === 'VARIAS') && options.length < 2)
  return poor ? `La pregunta «${poor.text}» necesita al menos dos opciones.` : null
}
