import { changesBetween, recordAudit } from '../../audit/record.ts'
import type { QuestionKind } from '../../generated/prisma/enums.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { InvalidForm, NotFound } from '../../web/errors.ts'
import { limits } from '../forms.ts'
import type { Question } from '../queries.ts'
import { type Aim, draftOf, lockSurvey, type SurveyContext, subjectOf } from './lock.ts'

export interface QuestionContent {
  text: string
  kind: QuestionKind
  required: boolean
  mainScore: boolean
  /** In order; kept only for a question that is answered by choosing. */
  options: readonly string[]
}

/** Adds a question at the end of the draft, or changes one of it. */
export async function saveQuestion(
  context: SurveyContext,
  aim: Aim,
  questionId: number | null,
  given: QuestionContent,
) {
  const content = fitted(given)
  await changeDraft(context, aim, async (tx, { id: versionId, questions }) => {
    const before = questionId === null ? null : questionOf(questions, questionId)
    if (!before && questions.length >= limits.questions) {
      throw new InvalidForm('', `Una encuesta tiene como máximo ${limits.questions} preguntas.`)
    }
    const { options, ...columns } = content
    // The mark moves: at most one question has it.
    if (content.mainScore) await tx.surveyQuestion.updateMany({ where: { versionId }, data: { mainScore: false } })
    const id = before
      ? (await tx.surveyQuestion.update({ where: { id: before.id }, data: columns, select: { id: true } })).id
      : await addLast(tx, versionId, questions.length, columns)
    await tx.surveyOption.deleteMany({ where: { questionId: id } })
    await tx.surveyOption.createMany({
      data: options.map((text, position) => ({ questionId: id, position, text })),
    })
    return changesBetween(before && plain(before), plainContent(content))
  })
}

/** Takes a question out of the draft. */
export async function removeQuestion(context: SurveyContext, aim: Aim, questionId: number): Promise<void> {
  await changeDraft(context, aim, async (tx, { questions }) => {
    const { id, text } = questionOf(questions, questionId)
    await tx.surveyQuestion.delete({ where: { id }, select: { id: true } })
    await reorder(
      tx,
      questions.filter(each => each.id !== id),
    )
    return { text: [text, null] }
  })
}

/** Moves a question of the draft. @param place from 1; one beyond the end is the end */
export async function moveQuestion(context: SurveyContext, aim: Aim, questionId: number, place: number): Promise<void> {
  await changeDraft(context, aim, async (tx, { questions }) => {
    const question = questionOf(questions, questionId)
    const others = questions.filter(each => each !== question)
    const target = Math.min(place - 1, others.length)
    await reorder(tx, [...others.slice(0, target), question, ...others.slice(target)])
    return { position: [questions.indexOf(question) + 1, target + 1] }
  })
}

type Change = (tx: Transaction, draft: ReturnType<typeof draftOf>) => Promise<ReturnType<typeof changesBetween>>

async function changeDraft({ db, clock }: SurveyContext, aim: Aim, change: Change): Promise<void> {
  await transaction(db, async tx => {
    const draft = draftOf(await lockSurvey(tx, aim))
    const changes = await change(tx, draft)
    const subject = subjectOf(aim.id, draft.title)
    await recordAudit(tx, aim.actor, clock.now(), { kind: 'encuesta.modificada', subject, changes })
  })
}

/** Without what its kind has no use for. */
function fitted(content: QuestionContent): QuestionContent {
  const chosen = content.kind === 'OPCION' || content.kind === 'VARIAS'
  return {
    ...content,
    mainScore: content.mainScore && content.kind === 'ESCALA',
    options: chosen ? content.options : [],
  }
}

function questionOf(questions: readonly Question[], id: number): Question {
  const question = questions.find(each => each.id === id)
  if (!question) throw new NotFound()
  return question
}

async function addLast(
  tx: Transaction,
  versionId: number,
  position: number,
  columns: Omit<QuestionContent, 'options'>,
) {
  const { id } = await tx.surveyQuestion.create({ data: { versionId, position, ...columns }, select: { id: true } })
  return id
}

async function reorder(tx: Transaction, questions: readonly Question[]): Promise<void> {
  const ids = questions.map(({ id }) => id)
  // Two may share a place until the transaction ends.
  await tx.$executeRaw`UPDATE survey_questions q SET position = o.place - 1
    FROM unnest(${ids}::int[]) WITH ORDINALITY AS o (id, place) WHERE q.id = o.id`
}

const plain = ({ text, kind, required, mainScore, options }: Question) =>
  plainContent({ text, kind, required, mainScore, options: options.map(option => option.text) })

const plainContent = ({ options, ...content }: QuestionContent) => ({ ...content, options: [...options] })
