import { paths as tickets } from '../../../tickets/paths.ts'
import { Forbidden, NotFound } from '../../../web/errors.ts'
import { relativeTime } from '../../../web/format.ts'
import { pageRequest, pagerLinks, withQuery } from '../../../web/listing.ts'
import { type ListingRow, textCell } from '../../../web/listing-page.ts'
import { page } from '../../../web/page.ts'
import type { Call } from '../../../web/route.ts'
import type { ResultsQuery } from '../filters.ts'
import { paths } from '../paths.ts'
import { placesOf, questionsOf } from '../queries.ts'
import { type ResultsDependencies, type ResultsRequest, resultsRequest } from '../request.ts'
import { listLowScores, newestResponse, type ResponseKey, type ScoreRow } from '../responses.ts'
import { resultsFilterForm } from './filters.ts'

type Pages = { siguiente?: ResponseKey | undefined; anterior?: ResponseKey | undefined }

/** The responses whose main score is 1 or 2, for the Supervisor to follow up. */
export async function showLowScores(deps: ResultsDependencies, call: Call<{ id: number }, ResultsQuery & Pages>) {
  const { db } = deps
  const { viewer, query, res } = call
  const request = await resultsRequest(deps, call)
  const { version, scope, filters, parameters } = request
  const main = await mainQuestionOf(deps, request)
  const asked = { viewer, versionId: version.id, questionId: main, scope, filters }
  const [found, places] = await Promise.all([
    listLowScores(db, asked, pageRequest(query)),
    placesOf(db, version.id, scope),
  ])
  const path = paths.lowScores(version.surveyId)
  page(res, 'listing/index', {
    title: 'Puntuaciones bajas',
    lead: 'Respuestas cuya puntuación principal es 1 o 2, para darles seguimiento.',
    above: { label: version.title, href: withQuery(paths.survey(version.surveyId), parameters) },
    actions: [],
    filters: resultsFilterForm(request, places, path),
    caption: 'Puntuaciones bajas, de la más reciente a la más antigua',
    columns: ['Ticket', 'Puntuación', 'Solicitante', 'Responsable', 'Contestada'],
    rows: found.rows.map(row => rowOf(row, request)),
    pager: pagerLinks(newestResponse, found, path, parameters),
    empty: { icon: 'mood-smile', title: 'No hay puntuaciones bajas', text: 'Nadie dio 1 o 2 en lo que aquí se mira.' },
  })
}

async function mainQuestionOf(
  { db }: ResultsDependencies,
  { version, guarded, scope }: ResultsRequest,
): Promise<number> {
  if (scope.by === 'agent') throw new Forbidden('Las puntuaciones bajas las revisa quien supervisa el área.')
  const main = (await questionsOf(db, version.id)).find(({ mainScore }) => mainScore)
  if (!main || guarded) throw new NotFound()
  return main.id
}

function rowOf(row: ScoreRow, { now, region }: ResultsRequest): ListingRow {
  const { ticketNumber, subject, score, person, agent, area, category, answeredAt } = row
  return {
    title: subject === null ? `Ticket #${ticketNumber}` : `#${ticketNumber} ${subject}`,
    href: subject === null ? null : tickets.ticket(ticketNumber),
    note: `${category} · ${area}`,
    cells: [
      { kind: 'badge', text: `${score} de 5`, tone: 'negative' },
      textCell(person),
      textCell(agent ?? 'Sin responsable'),
      { kind: 'moment', moment: relativeTime(answeredAt, now, region) },
    ],
  }
}
