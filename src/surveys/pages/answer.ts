import type { z } from 'zod'
import { Conflict } from '../../web/errors.ts'
import { formatDate, formatDateTime } from '../../web/format.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import { nameNobody } from '../../web/request-log.ts'
import { once } from '../../web/submissions.ts'
import { answerSurvey, NOT_OPEN } from '../actions/answer.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { type Fields, readAnswers } from '../answers.ts'
import type { answerForm } from '../forms.ts'
import { getInvitation, type Invitation, stateOfInvitation } from '../invitations.ts'
import { modeLabels, modeMeanings } from '../labels.ts'
import { type QuestionField, questionFields, type Told, toldAnswers } from '../models.ts'
import { paths } from '../paths.ts'
import { getSurvey, type Version } from '../queries.ts'
import type { SurveyCall } from './survey.ts'

/** A survey to be answered, or as it would be. */
export interface AnswerModel {
  title: string
  introduction: string
  /** What it is about; null in a preview. */
  about: { text: string; until: string } | null
  mode: { label: string; meaning: string }
  questions: QuestionField[]
  /** Where it is sent; null in a preview. */
  action: string | null
  backHref: string
  errors: FieldError[]
}

/** What somebody answered, to be read again. */
export interface AnsweredModel {
  title: string
  thanks: string
  about: string
  note: string
  answers: Told[]
  backHref: string
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'surveys/answer': AnswerModel
    'surveys/answered': AnsweredModel
  }
}

/** The survey as the person will see it: its draft, else what is published. */
export async function showPreview({ db }: SurveyContext, { params, res }: SurveyCall) {
  const { newest } = await getSurvey(db, params.id)
  page(res, 'surveys/answer', {
    ...asked(newest, {}, []),
    about: null,
    action: null,
    backHref: paths.survey(params.id),
  })
}

function asked({ title, introduction, mode, questions }: Version, fields: Fields, errors: FieldError[]) {
  const told = { label: modeLabels[mode], meaning: modeMeanings[mode] }
  return { title, introduction, mode: told, questions: questionFields(questions, fields, errors), errors }
}

/** The survey that a person is asked to answer; what he answered, once he has. */
export async function showInvitation({ db, clock }: SurveyContext, call: SurveyCall) {
  const { viewer, params, res } = call
  nameNobody(res)
  const invitation = await getInvitation(db, viewer.id, params.id)
  const state = stateOfInvitation(invitation, clock.now())
  if (state === 'contestada') return showAnswered(call, invitation)
  if (state !== 'abierta') throw new Conflict(NOT_OPEN[state], [], paths.mine)
  showForm(call, invitation, {}, [])
}

type Shown = Pick<SurveyCall, 'region' | 'res'>

function showForm(
  { region, res }: Shown,
  { id, version, ticketNumber, ticket, expiresAt }: Invitation,
  fields: Fields,
  errors: FieldError[],
) {
  const model = {
    ...asked(version, fields, errors),
    about: {
      text: `Sobre su ticket #${ticketNumber}: ${ticket.subject}`,
      until: `Puede contestarla hasta el ${formatDateTime(expiresAt, region)}.`,
    },
    action: paths.invitation(id),
    backHref: paths.mine,
  }
  page(res, 'surveys/answer', model, errors.length > 0 ? 422 : 200)
}

function showAnswered({ region, res }: Shown, { version, ticketNumber, ticket, response }: Invitation) {
  const at = response?.answeredAt && formatDate(response.answeredAt, region)
  page(res, 'surveys/answered', {
    title: version.title,
    thanks: version.thanks || 'Gracias por su opinión.',
    about: `Ticket #${ticketNumber}: ${ticket.subject}`,
    note: at
      ? `Usted la contestó el ${at}. Las respuestas ya no cambian.`
      : 'Usted la contestó de forma anónima: sus respuestas no se guardaron junto a su nombre, por eso no se muestran.',
    answers: response ? toldAnswers(version.questions, response.answers) : [],
    backHref: paths.mine,
  })
}

/** Keeps what somebody answered; answers that do not fit are shown again as they were given. */
export async function submitAnswers(deps: SurveyContext, call: SurveyCall<z.infer<(typeof answerForm)['schema']>>) {
  const { viewer, params, region, form, res } = call
  nameNobody(res)
  const invitation = await getInvitation(deps.db, viewer.id, params.id)
  const { questions, mode } = invitation.version
  if (!form.ok) return showForm(call, invitation, form.ticked, form.errors)
  const { answers, errors } = readAnswers(questions, form.value)
  // What was written is shown with whatever refuses it.
  res.locals.typed = questions
    .filter(({ kind }) => kind === 'TEXTO')
    .map(({ id, text }) => ({ label: text, value: [form.value[`p${id}`] ?? ''].flat().join('\n') }))
    .filter(({ value }) => value !== '')
  if (errors.length > 0) return showForm(call, invitation, form.value, errors)
  const keep = (deps: SurveyContext) => answerSurvey({ ...deps, zone: region.zone }, viewer, invitation, answers)
  const outcome = mode === 'ANONIMA' ? await keepUnseen(deps, call, keep) : await keepOnce(deps, call, keep)
  sayOutcome(res, outcome)
  res.redirect(303, outcome.path)
}

type Keep = (deps: SurveyContext) => Promise<void>

const keepOnce = (deps: SurveyContext, call: SurveyCall, keep: Keep) =>
  once(deps, call, async deps => {
    await keep(deps)
    return paths.invitation(call.params.id)
  })

/**
 * Leaves nothing of the form behind: what once() notes of it, who, when, and a digest out of which answers to choose from could
 * be found by trying them all, would lead from the answers to the person. That the invitation is answered says as much.
 */
async function keepUnseen(deps: SurveyContext, { viewer, params }: SurveyCall, keep: Keep) {
  const path = paths.invitation(params.id)
  try {
    await keep(deps)
    return { path, repeated: false }
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const { status } = await getInvitation(deps.db, viewer.id, params.id)
    if (status !== 'CONTESTADA') throw error
    return { path, repeated: true }
  }
}
