import { sendCsv } from '../../../web/csv.ts'
import type { Call } from '../../../web/route.ts'
import { figureRows, responseRows } from '../export.ts'
import type { ResultsQuery } from '../filters.ts'
import { questionsOf } from '../queries.ts'
import { type ResultsDependencies, resultsRequest } from '../request.ts'
import { figuresFor } from './results.ts'

/** The results as a file: every response, or the figures where responses must not be told apart. */
export async function sendResults(deps: ResultsDependencies, call: Call<{ id: number }, ResultsQuery>) {
  const { db } = deps
  const request = await resultsRequest(deps, call)
  const questions = await questionsOf(db, request.version.id)
  const rows = request.guarded
    ? figureRows(db, request, questions, await figuresFor(deps, request, questions))
    : responseRows(db, request, questions)
  await sendCsv(call.res, `encuesta-${request.version.surveyId}-version-${request.version.number}.csv`, rows)
}
