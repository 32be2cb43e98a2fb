import type { AnswerContext } from '../actions/answer.ts'

/** What the handlers of this slice work with. */
export type SurveyDependencies = AnswerContext
