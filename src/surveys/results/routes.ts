import { z } from 'zod'
import { whoMay } from '../../permissions/access.ts'
import { id } from '../../web/forms.ts'
import { newestFirst, pageQuery } from '../../web/listing.ts'
import { Routes } from '../../web/route.ts'
import { resultsQuery } from './filters.ts'
import { sendResults } from './pages/csv.ts'
import { showResultsList } from './pages/list.ts'
import { showLowScores } from './pages/low-scores.ts'
import { showResults } from './pages/results.ts'
import { showTexts } from './pages/texts.ts'
import { paths } from './paths.ts'
import type { ResultsDependencies } from './request.ts'
import { newestResponse } from './responses.ts'

const survey = { params: z.object({ id: id() }), query: z.object(resultsQuery) }
const cursor = z.string().optional().catch(undefined)

/** What was answered; which of it somebody sees is decided by scope.ts. */
export function surveyResultRoutes(deps: ResultsDependencies): Routes {
  const mayRead = whoMay('encuestas.ver_resultados')
  return new Routes()
    .get(paths.results, mayRead, { query: z.object(pageQuery(newestFirst)) }, call => showResultsList(deps, call))
    .get('/encuestas/resultados/:id', mayRead, survey, call => showResults(deps, call))
    .get('/encuestas/resultados/:id/csv', mayRead, survey, call => sendResults(deps, call))
    .get(
      '/encuestas/resultados/:id/puntuaciones-bajas',
      mayRead,
      { ...survey, query: z.object({ ...resultsQuery, ...pageQuery(newestResponse) }) },
      call => showLowScores(deps, call),
    )
    .get(
      '/encuestas/resultados/:id/textos/:question',
      mayRead,
      {
        params: z.object({ id: id(), question: id() }),
        // Which kind of cursor it is depends on the survey.
        query: z.object({ ...resultsQuery, siguiente: cursor, anterior: cursor }),
      },
      call => showTexts(deps, call),
    )
}
