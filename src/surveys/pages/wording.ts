import type { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { SurveyMode } from '../../generated/prisma/enums.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { applySurvey } from '../actions/apply.ts'
import { createSurvey } from '../actions/create.ts'
import { rewordDraft } from '../actions/draft.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { draftOf } from '../actions/lock.ts'
import { type applicationForm, limits, type newSurveyForm, type wordingForm } from '../forms.ts'
import { modeLabels, modeMeanings } from '../labels.ts'
import { paths } from '../paths.ts'
import { getSurvey, listScopes, type ScopeChoice } from '../queries.ts'
import { scopeCode } from '../scope.ts'
import { type SurveyCall, versionSent } from './survey.ts'

interface FormModel {
  title: string
  action: string
  backHref: string
  errors: FieldError[]
  conflict: ConflictModel | null
}

/** The form of what a survey says besides its questions. */
export interface WordingModel extends FormModel {
  /** Null for a new survey. */
  version: string | null
  values: { titulo: string; introduccion: string; agradecimiento: string; modo: string; alcance: string }
  modes: { value: string; label: string; help: string }[]
  /** Null where it is not asked: it has a form of its own. */
  scopes: ScopeChoice[] | null
  limits: { title: number; text: number }
  submitLabel: string
}

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
    'surveys/wording': WordingModel
    'surveys/application': ApplicationModel
  }
}

const MODES = Object.values(SurveyMode).map(value => ({ value, label: modeLabels[value], help: modeMeanings[value] }))

/** The form of a new survey. */
export async function showNewSurvey({ db }: SurveyContext, { res }: Pick<Call, 'res'>, refusal?: Refusal) {
  const { typed = {} } = refusal ?? {}
  const { titulo = '', introduccion = '', agradecimiento = '', modo = '', alcance = '' } = typed
  const model = {
    title: 'Nueva encuesta',
    action: paths.surveys,
    backHref: paths.surveys,
    version: null,
    values: { titulo, introduccion, agradecimiento, modo, alcance },
    modes: MODES,
    scopes: await listScopes(db),
    limits,
    submitLabel: 'Crear encuesta',
    errors: refusal?.errors ?? [],
    conflict: conflictModel(refusal),
  }
  page(res, 'surveys/wording', model, statusOfForm(refusal))
}

export const create = (deps: SurveyContext, call: Call<unknown, unknown, z.infer<(typeof newSurveyForm)['schema']>>) =>
  save(
    deps,
    call,
    async (deps, { alcance, ...given }) => {
      const id = await createSurvey(deps, actorOf(call), wordingOf(given), alcance)
      return { path: paths.survey(id), text: 'Borrador creado. Ahora agregue sus preguntas.' }
    },
    async refusal => showNewSurvey(deps, call, refusal),
  )

type Given = Omit<z.infer<(typeof newSurveyForm)['schema']>, 'alcance'>

const wordingOf = ({ titulo, introduccion, agradecimiento, modo }: Given) => ({
  title: titulo,
  introduction: introduccion,
  thanks: agradecimiento,
  mode: modo,
})

/** The form of what the draft says. */
export async function showWording(
  { db }: SurveyContext,
  { params, res }: Pick<SurveyCall, 'params' | 'res'>,
  refusal?: Refusal,
) {
  const survey = await getSurvey(db, params.id)
  const draft = draftOf(survey)
  const typed: Record<string, string> = {
    titulo: draft.title,
    introduccion: draft.introduction,
    agradecimiento: draft.thanks,
    modo: draft.mode,
    ...refusal?.typed,
  }
  const { titulo = '', introduccion = '', agradecimiento = '', modo = '' } = typed
  const model = {
    title: `Datos de «${draft.title}»`,
    action: paths.wording(params.id),
    backHref: paths.survey(params.id),
    version: versionSent(survey, refusal),
    values: { titulo, introduccion, agradecimiento, modo, alcance: '' },
    modes: MODES,
    scopes: null,
    limits,
    submitLabel: 'Guardar',
    errors: refusal?.errors ?? [],
    conflict: conflictModel(refusal),
  }
  page(res, 'surveys/wording', model, statusOfForm(refusal))
}

export const reword = (deps: SurveyContext, call: SurveyCall<z.infer<(typeof wordingForm)['schema']>>) =>
  save(
    deps,
    call,
    async (deps, { version, ...given }) => {
      await rewordDraft(deps, { id: call.params.id, version, actor: actorOf(call) }, wordingOf(given))
      return { path: paths.survey(call.params.id), text: 'Datos guardados.' }
    },
    async refusal => showWording(deps, call, refusal),
  )

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
    scopes: await listScopes(db),
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
