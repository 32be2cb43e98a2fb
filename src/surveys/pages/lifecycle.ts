import type { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { page } from '../../web/page.ts'
import { save } from '../../web/saving.ts'
import { prepareDraft, removeDraft } from '../actions/draft.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { publishSurvey } from '../actions/publish.ts'
import type { versionForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { getSurvey } from '../queries.ts'
import { type SurveyCall, showSurvey } from './survey.ts'

// What becomes of a survey: its draft is published, prepared anew, thrown away.

export interface RemovalModel {
  title: string
  text: string
  action: string
  version: string
  label: string
  backHref: string
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'surveys/remove': RemovalModel
  }
}

type VersionCall = SurveyCall<z.infer<(typeof versionForm)['schema']>>

export const publish = (deps: SurveyContext, call: VersionCall) =>
  save(
    deps,
    call,
    async (deps, { version }) => {
      const number = await publishSurvey(deps, { id: call.params.id, version, actor: actorOf(call) })
      return { path: paths.survey(call.params.id), text: `Versión ${number} publicada.` }
    },
    async refusal => showSurvey(deps, call, refusal),
  )

export const prepare = (deps: SurveyContext, call: VersionCall) =>
  save(
    deps,
    call,
    async (deps, { version }) => {
      const number = await prepareDraft(deps, { id: call.params.id, version, actor: actorOf(call) })
      return { path: paths.survey(call.params.id), text: `La versión ${number} está lista para cambiarla.` }
    },
    async refusal => showSurvey(deps, call, refusal),
  )

/** Asks once more before a draft is thrown away. */
export async function showRemoval({ db }: SurveyContext, { params, res }: SurveyCall) {
  const { id, draft, published, version } = await getSurvey(db, params.id)
  if (!draft) return res.redirect(303, paths.survey(id))
  page(res, 'surveys/remove', {
    title: published ? `Descartar el borrador de «${draft.title}»` : `Eliminar «${draft.title}»`,
    text: published
      ? `Se pierde lo que cambió desde la versión ${published.number}, que queda como está.`
      : 'Nunca se publicó: se elimina por completo, con sus preguntas.',
    action: paths.removal(id),
    version: String(version),
    label: published ? 'Descartar el borrador' : 'Eliminar la encuesta',
    backHref: paths.survey(id),
  })
}

export const remove = (deps: SurveyContext, call: VersionCall) =>
  save(
    deps,
    call,
    async (deps, { version }) => {
      const gone = await removeDraft(deps, { id: call.params.id, version, actor: actorOf(call) })
      return gone
        ? { path: paths.surveys, text: 'Encuesta eliminada.' }
        : { path: paths.survey(call.params.id), text: 'Borrador descartado.' }
    },
    async refusal => showSurvey(deps, call, refusal),
  )
