import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import type { SurveyMode } from '../../generated/prisma/enums.ts'
import { transaction } from '../../platform/db.ts'
import { getSurvey } from '../queries.ts'
import { type Scope, scopeLabel } from '../scope.ts'
import { assertScopeExists } from './apply.ts'
import { type SurveyContext, subjectOf } from './lock.ts'

/** What a version says besides its questions. */
export interface Wording {
  title: string
  introduction: string
  thanks: string
  mode: SurveyMode
}

/** Makes a survey, not active, with its first draft. @returns its id */
export async function createSurvey({ db, clock }: SurveyContext, actor: Actor, wording: Wording, scope: Scope) {
  return transaction(db, async tx => {
    const now = clock.now()
    await assertScopeExists(tx, scope)
    const { id } = await tx.survey.create({
      data: { ...scope, createdAt: now, versions: { create: { number: 1, ...wording } } },
      select: { id: true },
    })
    const changes = changesBetween(null, { ...wording, scope: scopeLabel(await getSurvey({ prisma: tx }, id)) })
    await recordAudit(tx, actor, now, { kind: 'encuesta.creada', subject: subjectOf(id, wording.title), changes })
    return id
  })
}
