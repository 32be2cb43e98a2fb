import type { FilterForm } from '../../../web/filter-form.ts'
import { formatNumber, plural } from '../../../web/format.ts'
import { withQuery } from '../../../web/listing.ts'
import { page } from '../../../web/page.ts'
import type { Call } from '../../../web/route.ts'
import { modeLabels } from '../../labels.ts'
import { type Figures, meanOf, medianOf, type QuestionFigures, scoreOf } from '../figures.ts'
import type { ResultsQuery } from '../filters.ts'
import { openFigures } from '../open-figures.ts'
import { paths } from '../paths.ts'
import { protectedFigures } from '../protected-figures.ts'
import { type QuestionRow, questionsAndPlaces } from '../queries.ts'
import { type Rate, rateOf } from '../rate.ts'
import { type ResultsDependencies, type ResultsRequest, resultsRequest } from '../request.ts'
import { type EvolutionModel, evolutionModel } from './evolution.ts'
import { resultsFilterForm } from './filters.ts'
import { formatShare, type QuestionModel, questionModel } from './questions.ts'
import { type RankingModel, rankingModels } from './rankings.ts'

export interface ResultsModel {
  above: { label: string; href: string }
  note: string
  actions: { label: string; href: string; icon: string }[]
  filters: FilterForm
  /** What is held back, and why; '' when nothing is. */
  protection: string
  facts: { label: string; value: string; note: string }[]
  lowScores: { text: string; href: string } | null
  questions: QuestionModel[]
  evolution: EvolutionModel | null
  rankings: RankingModel[]
  /** Instead of figures. */
  empty: null | { title: string; text: string; action: { label: string; href: string } | null }
}

declare module '../../../web/page.ts' {
  interface ViewModels {
    'surveys/results': ResultsModel
  }
}

type ResultsCall = Call<{ id: number }, ResultsQuery>

/** The results of one version of a survey, as far as this person sees them. */
export async function showResults(deps: ResultsDependencies, call: ResultsCall) {
  const request = await resultsRequest(deps, call)
  const { version, scope, region } = request
  const { questions, places } = await questionsAndPlaces(deps.db, version.id, scope)
  const main = questions.find(({ mainScore }) => mainScore)
  const figures = await figuresFor(deps, request, questions)
  const rate = await rateOf(deps, request, figures.responses)
  const filters = resultsFilterForm(request, places)
  const empty = figures.responses === 0
  page(call.res, 'surveys/results', {
    title: version.title,
    above: { label: 'Resultados', href: paths.results },
    note: `Versión ${version.number} · Encuesta ${modeLabels[version.mode].toLowerCase()}`,
    actions: empty
      ? []
      : [{ label: 'Descargar CSV', href: hrefOf(request, paths.csv(version.surveyId)), icon: 'download' }],
    filters,
    protection: request.guarded ? PROTECTION : '',
    facts: factsOf({ responses: figures.responses, rate, main: main && figures.questions.get(main.id) }, region.locale),
    lowScores: lowScoresOf(request, main && figures.questions.get(main.id)),
    questions: empty ? [] : questions.map(each => modelOf(each, figures, request)),
    evolution: evolutionModel(figures.months, main !== undefined, region.locale),
    rankings: rankingModels(figures, places, region.locale),
    empty: empty ? emptyOf(request, filters) : null,
  })
}

const PROTECTION =
  'Para que nadie pueda saber quién contestó qué, las respuestas se publican al terminar cada mes y en conjuntos de 5 o más. ' +
  'Las que no alcanzan a formar uno por su categoría o su área cuentan solo en el conjunto mayor, o esperan al mes siguiente.'

export function figuresFor(
  { db }: ResultsDependencies,
  { version, scope, filters, guarded, currentMonth }: ResultsRequest,
  questions: readonly QuestionRow[],
): Promise<Figures> {
  const mainId = questions.find(({ mainScore }) => mainScore)?.id ?? null
  const asked = { versionId: version.id, mainId, scope, filters }
  return guarded ? protectedFigures(db, { ...asked, currentMonth }, questions) : openFigures(db, asked)
}

const hrefOf = ({ parameters }: ResultsRequest, path: string) => withQuery(path, parameters)

const modelOf = (question: QuestionRow, figures: Figures, request: ResultsRequest) =>
  questionModel(question, figures.questions.get(question.id), {
    locale: request.region.locale,
    textsHref: id => hrefOf(request, paths.texts(request.version.surveyId, id)),
  })

interface Facts {
  responses: number
  rate: Rate | null
  main: QuestionFigures | undefined
}

function factsOf({ responses, rate, main }: Facts, locale: string): ResultsModel['facts'] {
  const [mean, median] = main ? [meanOf(scoreOf(main.counts)), medianOf(main.counts)] : [null, null]
  return [
    { label: 'Respuestas', value: formatNumber(responses, locale), note: '' },
    {
      label: 'Tasa de respuesta',
      value: rate && rate.invited > 0 ? formatShare(rate.answered, rate.invited) : '–',
      note: rate
        ? `${formatNumber(rate.answered, locale)} de ${plural(rate.invited, 'invitación', 'invitaciones', locale)}`
        : 'No se calcula con estos filtros',
    },
    ...(mean === null || median === null
      ? []
      : [
          { label: 'Promedio', value: formatNumber(mean, locale), note: 'del 1 al 5' },
          { label: 'Mediana', value: formatNumber(median, locale), note: 'del 1 al 5' },
        ]),
  ]
}

/** For those who supervise: an agent is no judge of his own tickets, and of anonymous answers there is nobody to ask. */
function lowScoresOf(request: ResultsRequest, main: QuestionFigures | undefined): ResultsModel['lowScores'] {
  const low = (main?.counts.get(1) ?? 0) + (main?.counts.get(2) ?? 0)
  if (request.guarded || request.scope.by === 'agent' || low === 0) return null
  return {
    text: `${plural(low, 'puntuación baja', 'puntuaciones bajas', request.region.locale)} (1 o 2)`,
    href: hrefOf(request, paths.lowScores(request.version.surveyId)),
  }
}

function emptyOf({ guarded, version }: ResultsRequest, filters: FilterForm): ResultsModel['empty'] {
  const action = filters.chips.length > 0 ? { label: 'Quitar los filtros', href: paths.survey(version.surveyId) } : null
  if (guarded) {
    const text = 'Aparecerán aquí cuando termine el mes, si son 5 o más.'
    return { title: 'Todavía no hay respuestas que mostrar', text, action }
  }
  if (action) return { title: 'Nadie contestó con estos filtros', text: 'Pruebe con otros, o quítelos.', action }
  return { title: 'Todavía no hay respuestas', text: 'Aparecerán aquí en cuanto alguien conteste la encuesta.', action }
}
