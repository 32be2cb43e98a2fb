import type { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { page } from '../../web/page.ts'
import { conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { applySurvey } from '../actions/apply.ts'
import type { SurveyContext } from '../actions/lock.ts'
import type { applicationForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { getSurvey } from '../queries.ts'
import { scopeCode } from '../scope.ts'
import { listScopes, type ScopeChoice } from '../scope-choices.ts'
import { type SurveyCall, versionSent } from './survey.ts'
import type { FormModel } from './wording.ts'

/** The form of what a survey is for, and whether it is asked. */
export interface ApplicationModel extends FormModel {
  version: string
  values: { alcance: string; activa: boolean }
  scopes: ScopeChoice[]
  /** Why it cannot be active; '' when it can. */
  inactiveNote: string
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'surveys/application': ApplicationModel
  }
}

/** The form of what a survey is for. */
export async function showApplication(
  { db }: SurveyContext,
  { params, res }: Pick<SurveyCall, 'params' | 'res'>,
  refusal?: Refusal,
) {
  const survey = await getSurvey(db, params.id)
  const model = {
    title: `A qué se aplica «${survey.newest.title}»`,
    action: paths.application(params.id),
    backHref: paths.survey(params.id),
    version: versionSent(survey, refusal),
    values: {
      alcance: refusal?.typed.alcance ?? scopeCode(survey),
      activa: refusal ? refusal.typed.activa === 'si' : survey.active,
    },
    scopes: await listScopes(db, survey),
    inactiveNote: survey.published ? '' : 'Podrá activarla cuando publique su primera versión.',
    errors: refusal?.errors ?? [],
    conflict: conflictModel(refusal),
  }
  page(res, 'surveys/application', model, statusOfForm(refusal))
}

export const apply = (deps: SurveyContext, call: SurveyCall<z.infer<(typeof applicationForm)['schema']>>) =>
  save(
    deps,
    call,
    async (deps, { version, alcance, activa }) => {
      const aim = { id: call.params.id, version, actor: actorOf(call) }
      const { title, stateChanged } = await applySurvey(deps, aim, alcance, activa)
      const text = !stateChanged
        ? 'Aplicación guardada.'
        : activa
          ? `«${title}» está activa: se pedirá en los tickets que se finalicen desde ahora.`
          : `«${title}» ya no se pide. Lo que está por contestar se puede contestar todavía.`
      return { path: paths.survey(call.params.id), text }
    },
    async refusal => showApplication(deps, call, refusal),
  )
