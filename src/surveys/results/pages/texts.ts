import { paths as tickets } from '../../../tickets/paths.ts'
import { NotFound } from '../../../web/errors.ts'
import type { FilterForm } from '../../../web/filter-form.ts'
import { type Moment, type Region, relativeTime } from '../../../web/format.ts'
import { pageRequest, pagerLinks, slice, withQuery } from '../../../web/listing.ts'
import { page } from '../../../web/page.ts'
import type { Call } from '../../../web/route.ts'
import type { ResultsQuery } from '../filters.ts'
import { paths } from '../paths.ts'
import { protectedTextCells } from '../protected-figures.ts'
import { placesOf, type QuestionRow, questionsOf } from '../queries.ts'
import { type ResultsDependencies, type ResultsRequest, resultsRequest } from '../request.ts'
import { byLot, listProtectedTexts, listTexts, newestResponse, type TextRow } from '../responses.ts'
import { resultsFilterForm } from './filters.ts'

export interface TextsModel {
  above: { label: string; href: string }
  note: string
  filters: FilterForm
  texts: TextModel[]
  pager: { previous: string | null; next: string | null }
}

export interface TextModel {
  text: string
  /** Null when nobody must know. */
  from: null | {
    person: string
    /** Category, area and agent. */
    place: string
    moment: Moment
    ticket: { label: string; href: string | null }
  }
}

declare module '../../../web/page.ts' {
  interface ViewModels {
    'surveys/results-texts': TextsModel
  }
}

type Query = ResultsQuery & { siguiente?: string | undefined; anterior?: string | undefined }

/** The free texts that answer one question. */
export async function showTexts(deps: ResultsDependencies, call: Call<{ id: number; question: number }, Query>) {
  const { params, query, res } = call
  const request = await resultsRequest(deps, call)
  const { version, scope, parameters, guarded } = request
  const question = (await questionsOf(deps.db, version.id)).find(({ id }) => id === params.question)
  if (question?.kind !== 'TEXTO') throw new NotFound()
  const path = paths.texts(version.surveyId, question.id)
  const list = guarded ? protectedPage : openPage
  const [found, places] = await Promise.all([
    list(deps, request, question, { path, query }),
    placesOf(deps.db, version.id, scope),
  ])
  page(res, 'surveys/results-texts', {
    title: question.text,
    above: { label: version.title, href: withQuery(paths.survey(version.surveyId), parameters) },
    note: guarded ? 'Sin nombres y en desorden.' : 'De la más reciente a la más antigua.',
    filters: resultsFilterForm(request, places, path),
    ...found,
  })
}

interface Place {
  path: string
  query: Query
}

type Found = Pick<TextsModel, 'texts' | 'pager'>

async function openPage(
  { db }: ResultsDependencies,
  { viewer, region, now, version, scope, filters, parameters }: ResultsRequest,
  question: QuestionRow,
  { path, query }: Place,
): Promise<Found> {
  const asked = { viewer, versionId: version.id, questionId: question.id, scope, filters }
  const found = await listTexts(db, asked, pageRequest(decoded(query, newestResponse.decode)))
  return {
    texts: found.rows.map(row => textModel(row, now, region)),
    pager: pagerLinks(newestResponse, found, path, parameters),
  }
}

async function protectedPage(
  { db }: ResultsDependencies,
  { version, scope, filters, parameters, currentMonth }: ResultsRequest,
  question: QuestionRow,
  { path, query }: Place,
): Promise<Found> {
  const cells = await protectedTextCells(db, { versionId: version.id, scope, filters, currentMonth }, question.id)
  const request = pageRequest(decoded(query, byLot.decode))
  const found = slice(await listProtectedTexts(db, { questionId: question.id, scope, cells }, request), request)
  return {
    texts: found.rows.map(({ text }) => ({ text, from: null })),
    pager: pagerLinks(byLot, found, path, parameters),
  }
}

const decoded = <K>({ siguiente, anterior }: Query, decode: (cursor: string) => K | undefined) => ({
  siguiente: siguiente === undefined ? undefined : decode(siguiente),
  anterior: anterior === undefined ? undefined : decode(anterior),
})

function textModel(row: TextRow, now: Date, region: Region): TextModel {
  const { text, person, category, area, agent, ticketNumber, subject, answeredAt } = row
  return {
    text,
    from: {
      person,
      place: [category, area, ...(agent ? [agent] : [])].join(' · '),
      moment: relativeTime(answeredAt, now, region),
      ticket: { label: `Ticket #${ticketNumber}`, href: subject === null ? null : tickets.ticket(ticketNumber) },
    },
  }
}
