import type { Database } from '../platform/db.ts'
import { answerSurvey } from '../surveys/actions/answer.ts'
import type { Answer } from '../surveys/answers.ts'
import { findPending, getInvitation } from '../surveys/invitations.ts'
import type { Question } from '../surveys/queries.ts'
import type { Viewer } from '../web/access.ts'
import { demonstrationAccounts } from './accounts.ts'
import { createTurns, type Turns } from './chance.ts'
import { patience, remarks, scores } from './content-surveys.ts'

const HOUR = 3600 * 1000
/** What was finished so lately is left to whoever signs in with one of the known accounts. */
const LEFT_MS = 12 * 24 * HOUR

/** What people think of tickets that were finished; some say so, after a while. */
export interface Opinions {
  /** Somebody's ticket was finished: he may be asked. */
  expect(viewer: Viewer, ticket: number, at: Date): void
  /** Whoever wants to answer by then does, each at his own time. */
  giveUntil(moment: Date): Promise<void>
}

/** @param now when the demonstration ends */
export function createOpinions(db: Database, now: Date): Opinions {
  const next = createTurns()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  let due: { at: Date; viewer: Viewer; ticket: number }[] = []
  return {
    expect(viewer, ticket, at) {
      const known = demonstrationAccounts.some(({ email }) => email === viewer.email)
      if (known && now.getTime() - at.getTime() < LEFT_MS) return
      const hours = next('patience', patience)
      if (hours !== null) due.push({ at: new Date(at.getTime() + hours * HOUR), viewer, ticket })
    },
    async giveUntil(moment) {
      const ready = due.filter(({ at }) => at <= moment).sort((one, other) => one.at.getTime() - other.at.getTime())
      due = due.filter(each => !ready.includes(each))
      for (const { at, viewer, ticket } of ready) {
        const id = await findPending(db, viewer.id, ticket, at)
        // Nobody asked him, or the ticket was reopened meanwhile.
        if (id === null) continue
        const invitation = await getInvitation(db, viewer.id, id)
        const answers = answersTo(invitation.version.questions, next)
        await answerSurvey({ db, clock: { now: () => at }, zone }, viewer, invitation, answers)
      }
    },
  }
}

function answersTo(questions: readonly Question[], next: Turns): Answer[] {
  const score = next('score', scores)
  return questions.flatMap(question => answersToOne(question, score, next))
}

const NOTHING = { optionId: null, scale: null, yes: null, text: null }

function answersToOne({ id: questionId, kind, options }: Question, score: number, next: Turns): Answer[] {
  const nothing = { ...NOTHING, questionId }
  if (kind === 'ESCALA') return [{ ...nothing, scale: score }]
  if (kind === 'SI_NO') return [{ ...nothing, yes: score > 2 }]
  if (kind === 'TEXTO') {
    const text = next(`remark ${score}`, remarks[score] ?? [''])
    return text === '' ? [] : [{ ...nothing, text }]
  }
  // The options go from good to bad.
  if (kind === 'OPCION') {
    const place = Math.min(options.length - 1, Math.floor(((5 - score) / 5) * options.length))
    return [{ ...nothing, optionId: options[place]?.id ?? null }]
  }
  const chosen = options.filter(() => score > 2 && next('choice', [true, false, true, true, false]))
  return chosen.map(({ id }) => ({ ...nothing, optionId: id }))
}
