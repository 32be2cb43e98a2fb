import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { QuestionKind } from '../../generated/prisma/enums.ts'
import { NotFound } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ConflictModel, conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { draftOf } from '../actions/lock.ts'
import { moveQuestion, removeQuestion, saveQuestion } from '../actions/questions.ts'
import { limits, type positionForm, type questionForm, type versionForm } from '../forms.ts'
import { questionKindHelp, questionKindLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { getSurvey, type Question, type Version } from '../queries.ts'
import { type SurveyCall, showSurvey, versionSent } from './survey.ts'

/** The form of a question, new or of the draft. */
export interface QuestionModel {
  title: string
  action: string
  backHref: string
  version: string
  values: { texto: string; tipo: string; opciones: string; obligatoria: boolean; principal: boolean }
  kinds: { value: string; label: string; help: string }[]
  /** The question that has the mark now, and would lose it; '' for none. */
  otherMain: string
  limits: { question: number; options: number; option: number }
  /** Null for a new question. */
  removeHref: string | null
  errors: FieldError[]
  conflict: ConflictModel | null
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'surveys/question': QuestionModel
  }
}

export const questionParams = z.object({ id: id(), question: id() })
type QuestionCall<F = unknown> = Call<z.infer<typeof questionParams>, unknown, F>
type ShowCall = Pick<Call<{ id: number; question?: number }>, 'params' | 'res'>

const KINDS = Object.values(QuestionKind).map(value => ({
  value,
  label: questionKindLabels[value],
  help: questionKindHelp[value],
}))

/** The form of a question of the draft; of a new one where the address names none. */
export async function showQuestion({ db }: SurveyContext, { params, res }: ShowCall, refusal?: Refusal) {
  const survey = await getSurvey(db, params.id)
  const draft = draftOf(survey)
  const question = params.question === undefined ? null : questionOf(draft, params.question)
  const model: QuestionModel = {
    title: question ? 'Cambiar la pregunta' : 'Nueva pregunta',
    action: question ? paths.question(survey.id, question.id) : paths.questions(survey.id),
    backHref: paths.survey(survey.id),
    version: versionSent(survey, refusal),
    values: refusal ? typedValues(refusal.typed) : valuesOf(question),
    kinds: KINDS,
    otherMain: draft.questions.find(({ mainScore, id }) => mainScore && id !== question?.id)?.text ?? '',
    limits,
    removeHref: question && paths.questionRemoval(survey.id, question.id),
    errors: refusal?.errors ?? [],
    conflict: conflictModel(refusal),
  }
  page(res, 'surveys/question', model, statusOfForm(refusal))
}

function questionOf({ questions }: Version, id: number): Question {
  const question = questions.find(each => each.id === id)
  if (!question) throw new NotFound()
  return question
}

function valuesOf(question: Question | null): QuestionModel['values'] {
  return {
    texto: question?.text ?? '',
    tipo: question?.kind ?? '',
    opciones: question?.options.map(({ text }) => text).join('\n') ?? '',
    obligatoria: question?.required ?? false,
    principal: question?.mainScore ?? false,
  }
}

function typedValues({ texto = '', tipo = '', opciones = '', obligatoria, principal }: Record<string, string>) {
  return { texto, tipo, opciones, obligatoria: obligatoria === 'si', principal: principal === 'si' }
}

type QuestionInput = z.infer<(typeof questionForm)['schema']>

export const addQuestion = (deps: SurveyContext, call: SurveyCall<QuestionInput>) =>
  save(deps, call, saving(call, null), async refusal => showQuestion(deps, call, refusal))

export const changeQuestion = (deps: SurveyContext, call: QuestionCall<QuestionInput>) =>
  save(deps, call, saving(call, call.params.question), async refusal => showQuestion(deps, call, refusal))

function saving(call: SurveyCall, question: number | null) {
  return async (deps: SurveyContext, { version, ...given }: QuestionInput) => {
    const { id } = call.params
    await saveQuestion(deps, { id, version, actor: actorOf(call) }, question, {
      text: given.texto,
      kind: given.tipo,
      required: given.obligatoria,
      mainScore: given.principal,
      options: given.opciones,
    })
    return { path: paths.survey(id), text: question === null ? 'Pregunta agregada.' : 'Pregunta guardada.' }
  }
}

export const reposition = (deps: SurveyContext, call: QuestionCall<z.infer<(typeof positionForm)['schema']>>) =>
  save(
    deps,
    call,
    async (deps, { version, posicion }) => {
      const { id, question } = call.params
      await moveQuestion(deps, { id, version, actor: actorOf(call) }, question, posicion)
      return { path: paths.survey(id), text: 'Orden guardado.' }
    },
    async refusal => showSurvey(deps, call, refusal),
  )

export const removeFromDraft = (deps: SurveyContext, call: QuestionCall<z.infer<(typeof versionForm)['schema']>>) =>
  save(
    deps,
    call,
    async (deps, { version }) => {
      const { id, question } = call.params
      await removeQuestion(deps, { id, version, actor: actorOf(call) }, question)
      return { path: paths.survey(id), text: 'Pregunta eliminada.' }
    },
    async refusal => showSurvey(deps, call, refusal),
  )
