import { changesBetween, recordAudit } from '../../audit/record.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { Conflict } from '../../web/errors.ts'
import type { Version } from '../queries.ts'
import type { Wording } from './create.ts'
import { type Aim, draftOf, lockSurvey, type SurveyContext, subjectOf } from './lock.ts'

/** Changes what the draft says besides its questions. */
export async function rewordDraft({ db, clock }: SurveyContext, aim: Aim, wording: Wording): Promise<void> {
  await transaction(db, async tx => {
    const draft = draftOf(await lockSurvey(tx, aim))
    await tx.surveyVersion.update({ where: { id: draft.id }, data: wording, select: { id: true } })
    const { title, introduction, thanks, mode } = draft
    const changes = changesBetween({ title, introduction, thanks, mode }, { ...wording })
    const subject = subjectOf(aim.id, wording.title)
    await recordAudit(tx, aim.actor, clock.now(), { kind: 'encuesta.modificada', subject, changes })
  })
}

/** Prepares the next version of a published survey: a draft that says and asks the same. @returns its number */
export async function prepareDraft({ db, clock }: SurveyContext, aim: Aim): Promise<number> {
  return transaction(db, async tx => {
    const { draft, published } = await lockSurvey(tx, aim)
    if (draft || !published) throw new Conflict('Esta encuesta ya tiene un borrador.')
    const number = published.number + 1
    await copyVersion(tx, aim.id, published, number)
    await recordAudit(tx, aim.actor, clock.now(), {
      kind: 'encuesta.modificada',
      subject: subjectOf(aim.id, published.title),
      changes: { draft: [null, number] },
    })
    return number
  })
}

async function copyVersion(tx: Transaction, surveyId: number, version: Version, number: number): Promise<void> {
  const { title, introduction, thanks, mode } = version
  const copy = await tx.surveyVersion.create({
    data: { surveyId, number, title, introduction, thanks, mode },
    select: { id: true },
  })
  await tx.$executeRaw`INSERT INTO survey_questions (version_id, position, kind, text, required, main_score)
    SELECT ${copy.id}, position, kind, text, required, main_score FROM survey_questions WHERE version_id = ${version.id}`
  await tx.$executeRaw`INSERT INTO survey_options (question_id, position, text)
    SELECT new.id, o.position, o.text FROM survey_options o
    JOIN survey_questions old ON old.id = o.question_id AND old.version_id = ${version.id}
    JOIN survey_questions new ON new.version_id = ${copy.id} AND new.position = old.position`
}

/** Discards the draft; a survey that was never published goes with it. @returns whether the survey is gone */
export async function removeDraft({ db, clock }: SurveyContext, aim: Aim): Promise<boolean> {
  return transaction(db, async tx => {
    const survey = await lockSurvey(tx, aim)
    const draft = draftOf(survey)
    await tx.surveyVersion.delete({ where: { id: draft.id }, select: { id: true } })
    const gone = survey.published === null
    if (gone) await tx.survey.delete({ where: { id: aim.id }, select: { id: true } })
    await recordAudit(tx, aim.actor, clock.now(), {
      kind: gone ? 'encuesta.eliminada' : 'encuesta.modificada',
      subject: subjectOf(aim.id, draft.title),
      changes: gone ? {} : { draft: [draft.number, null] },
    })
    return gone
  })
}
