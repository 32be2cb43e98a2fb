import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { boundedCount, formatDate, plural, type Region } from '../../web/format.ts'
import type { FieldError } from '../../web/forms.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { prepareDraft, removeDraft } from '../actions/draft.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { obstacleTo, publishSurvey } from '../actions/publish.ts'
import { type Reached, reachOf } from '../coverage.ts'
import type { versionForm } from '../forms.ts'
import {
  modeLabels,
  modeMeanings,
  questionKindLabels,
  type SurveyState,
  stateOf,
  surveyStateLabels,
} from '../labels.ts'
import { paths } from '../paths.ts'
import { COUNT_LIMIT, countAnswers, getSurvey, type Question, type Survey } from '../queries.ts'
import { scopeCode, scopeLabel } from '../scope.ts'

/** A question as the builder lists it. */
export interface QuestionItem {
  text: string
  kind: string
  required: boolean
  mainScore: boolean
  options: string[]
  /** Null where nothing can be changed. */
  editing: null | {
    editHref: string
    moveHref: string
    /** Places from 1; null at the end that it is at already. */
    up: number | null
    down: number | null
  }
}

/** A button that needs no more than the version. */
interface Deed {
  label: string
  icon: string
  href: string
  fields: Record<string, string>
  primary: boolean
}

export interface SurveyShow {
  title: string
  state: { code: SurveyState; label: string }
  version: string
  /** "Versión 2 (borrador)", and what that means for who answers. */
  edition: { label: string; explanation: string }
  mode: { label: string; meaning: string }
  introduction: string
  thanks: string
  questions: QuestionItem[]
  newQuestionHref: string | null
  previewHref: string
  wordingHref: string | null
  deeds: Deed[]
  /** Why it cannot be published yet; '' when it can, or has been. */
  obstacle: string
  removal: { label: string; href: string } | null
  scope: { label: string; editHref: string }
  answers: string
  reach: { lead: string; categories: { name: string; area: string; instead: { title: string; href: string } | null }[] }
  listHref: string
  errors: FieldError[]
  conflict: ConflictModel | null
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'surveys/show': SurveyShow
    'surveys/remove': RemovalModel
  }
}

export const surveyParams = z.object({ id: id() })
export type SurveyCall<F = unknown> = Call<z.infer<typeof surveyParams>, unknown, F>
export type VersionCall = SurveyCall<z.infer<(typeof versionForm)['schema']>>

/** The version that a form carries: what it had, or after a conflict the present one, so that it can be sent anyway. */
export const versionSent = ({ version }: Survey, refusal: Refusal | undefined): string =>
  (refusal && !refusal.conflict && refusal.typed.version) || String(version)

/** The page of a survey for whoever builds it. */
export async function showSurvey(
  { db }: SurveyContext,
  { params, region, res }: Pick<SurveyCall, 'params' | 'region' | 'res'>,
  refusal?: Refusal,
) {
  const survey = await getSurvey(db, params.id)
  const [answers, reached] = await Promise.all([countAnswers(db, params.id), reachOf(db, params.id)])
  const { newest, draft, published } = survey
  const state = stateOf({ ...survey, published: published !== null })
  const model: SurveyShow = {
    title: newest.title,
    state: { code: state, label: surveyStateLabels[state] },
    version: String(survey.version),
    edition: editionOf(survey, region),
    mode: { label: modeLabels[newest.mode], meaning: modeMeanings[newest.mode] },
    introduction: newest.introduction,
    thanks: newest.thanks,
    questions: newest.questions.map((question, index) => questionItem(survey, question, index)),
    newQuestionHref: draft && paths.newQuestion(survey.id),
    previewHref: paths.preview(survey.id),
    wordingHref: draft && paths.wording(survey.id),
    deeds: deedsOf(survey),
    obstacle: (draft && obstacleTo(draft.questions)) ?? '',
    removal: draft && { label: published ? 'Descartar el borrador' : 'Eliminar', href: paths.removal(survey.id) },
    scope: { label: scopeLabel(survey), editHref: paths.application(survey.id) },
    answers: spokenAnswers(answers),
    reach: reachModel(survey, reached),
    listHref: paths.surveys,
    errors: refusal?.errors ?? [],
    conflict: conflictModel(refusal),
  }
  page(res, 'surveys/show', model, statusOfForm(refusal))
}

function spokenAnswers(count: number): string {
  if (count === 0) return 'Nadie la ha contestado.'
  return count === 1 ? 'La contestó una persona.' : `Tiene ${boundedCount(count, COUNT_LIMIT)} respuestas.`
}

function editionOf({ draft, published, newest }: Survey, region: Region): SurveyShow['edition'] {
  const at = newest.publishedAt && formatDate(newest.publishedAt, region)
  if (!draft) return { label: `Versión ${newest.number}`, explanation: `Publicada el ${at}. Ya no cambia.` }
  const explanation = published
    ? `Mientras no la publique se sigue pidiendo la versión ${published.number}.`
    : 'Nadie la ve todavía.'
  return { label: `Versión ${draft.number} (borrador)`, explanation }
}

function questionItem({ id, draft }: Survey, question: Question, index: number): QuestionItem {
  const { text, kind, required, mainScore, options } = question
  return {
    text,
    kind: questionKindLabels[kind],
    required,
    mainScore,
    options: options.map(option => option.text),
    editing: draft && {
      editHref: paths.question(id, question.id),
      moveHref: paths.questionPosition(id, question.id),
      up: index > 0 ? index : null,
      down: index < draft.questions.length - 1 ? index + 2 : null,
    },
  }
}

function deedsOf(survey: Survey): Deed[] {
  const { id, draft, published, active } = survey
  const application = { href: paths.application(id), fields: { alcance: scopeCode(survey) } }
  const publishing = draft && obstacleTo(draft.questions) === null
  return [
    ...(publishing ? [{ ...PUBLISH, href: paths.publication(id), fields: {} }] : []),
    ...(published && !active
      ? [{ ...ACTIVATE, ...application, fields: { ...application.fields, activa: 'si' }, primary: !publishing }]
      : []),
    ...(draft ? [] : [{ ...PREPARE, href: paths.draft(id), fields: {} }]),
    ...(active ? [{ ...DEACTIVATE, ...application }] : []),
  ]
}

const PUBLISH = { label: 'Publicar', icon: 'send', primary: true }
const ACTIVATE = { label: 'Activar', icon: 'player-play' }
const DEACTIVATE = { label: 'Desactivar', icon: 'player-pause', primary: false }
const PREPARE = { label: 'Preparar una versión nueva', icon: 'copy', primary: false }

function reachModel({ active }: Survey, reached: Reached[]): SurveyShow['reach'] {
  const own = reached.filter(({ instead }) => instead === null).length
  const count = plural(own, 'categoría', 'categorías')
  return {
    lead: active ? `Llega a ${count}.` : `Si la activa, llegará a ${count}.`,
    categories: reached.map(({ category, area, instead }) => ({
      name: category,
      area,
      instead: instead && { title: instead.title, href: paths.survey(instead.id) },
    })),
  }
}

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

export interface RemovalModel {
  title: string
  text: string
  action: string
  version: string
  label: string
  backHref: string
}

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
