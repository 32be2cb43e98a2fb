import { formatNumber } from '../../../web/format.ts'
import { type Key, newestFirst, pageRequest, pagerLinks, withQuery } from '../../../web/listing.ts'
import { type ListingRow, textCell } from '../../../web/listing-page.ts'
import { page } from '../../../web/page.ts'
import type { Call } from '../../../web/route.ts'
import { modeLabels } from '../../labels.ts'
import { paths } from '../paths.ts'
import { protectedResponses } from '../protected-figures.ts'
import { type ListedVersion, listVersions } from '../queries.ts'
import { type ResultsDependencies, unfinishedMonth } from '../request.ts'
import { isProtected, scopeOf } from '../scope.ts'
import { formatShare } from './questions.ts'

type ListCall = Call<unknown, { siguiente?: Key | undefined; anterior?: Key | undefined }>

/** Resultados: the versions of surveys of which somebody may see results. */
export async function showResultsList({ db, clock }: ResultsDependencies, { viewer, region, query, res }: ListCall) {
  const scope = scopeOf(viewer)
  const found = await listVersions(db, scope, pageRequest(query))
  const guarded = found.rows.filter(({ mode }) => isProtected(mode, scope)).map(({ id }) => id)
  const shown = await protectedResponses(db, guarded, { scope, currentMonth: unfinishedMonth(clock) })
  page(res, 'listing/index', {
    title: 'Resultados de encuestas',
    lead: LEADS[scope.by],
    actions: [],
    filters: null,
    caption: 'Versiones de encuestas, de la más reciente a la más antigua',
    columns: ['Encuesta', 'Modo', 'Invitaciones', 'Respuestas', 'Tasa de respuesta'],
    rows: found.rows.map(row => rowOf(row, shown.get(row.id) ?? row.answered, region.locale)),
    pager: pagerLinks(newestFirst, found, paths.results, {}),
    empty: {
      icon: 'chart-bar',
      title: 'Todavía no hay resultados',
      text: 'Cuando se finalicen tickets y alguien conteste una encuesta, sus resultados aparecerán aquí.',
    },
  })
}

const LEADS = {
  all: 'Lo que se contestó en todas las áreas.',
  area: 'Lo que se contestó sobre los tickets de sus áreas.',
  agent: 'Lo que se contestó sobre los tickets que usted atendió.',
}

function rowOf({ surveyId, number, title, mode, invited }: ListedVersion, shown: number, locale: string): ListingRow {
  return {
    title,
    href: withQuery(paths.survey(surveyId), { version: number }),
    note: `Versión ${number}`,
    cells: [
      textCell(modeLabels[mode]),
      textCell(formatNumber(invited, locale)),
      textCell(formatNumber(shown, locale)),
      textCell(invited > 0 ? formatShare(shown, invited) : '–'),
    ],
  }
}
