import { z } from 'zod'
import { filterForm } from '../../web/filter-form.ts'
import { boundedCount, type Region, relativeTime } from '../../web/format.ts'
import { byName, newestFirst, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { type ListingRow, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { type CoverageRow, listCoverage } from '../coverage.ts'
import { type SurveyState, stateOf, surveyStateLabels } from '../labels.ts'
import { paths } from '../paths.ts'
import { COUNT_LIMIT, listSurveys, type SurveyRow } from '../queries.ts'
import { scopeLabel } from '../scope.ts'

const STATES = Object.keys(surveyStateLabels) as SurveyState[]

export const surveysQuery = z.object({
  estado: z.enum(STATES).optional().catch(undefined),
  ...pageQuery(newestFirst),
})

/** The surveys that there are, for whoever builds them. */
export async function showSurveys(
  deps: SurveyContext,
  { query, region, res }: Call<unknown, z.infer<typeof surveysQuery>>,
) {
  const { estado = '' } = query
  const found = await listSurveys(deps.db, estado || null, pageRequest(query))
  const places = { ...found, rows: found.rows.map(({ createdAt, id }) => ({ createdAt, number: id })) }
  const options = STATES.map(value => ({ value, label: surveyStateLabels[value] }))
  const filters = filterForm(
    paths.surveys,
    {},
    {
      selects: [{ name: 'estado', label: 'Estado', value: estado, all: 'Todas', options }],
    },
  )
  page(res, 'listing/index', {
    title: 'Encuestas',
    lead: 'Lo que se pregunta a quien registró un ticket cuando se finaliza.',
    actions: [
      { label: 'Qué recibe cada categoría', href: paths.coverage, icon: 'list-search' },
      { label: 'Nueva encuesta', href: paths.newSurvey, icon: 'plus', primary: true },
    ],
    filters,
    caption: 'Encuestas, de la más reciente a la más antigua',
    columns: ['Encuesta', 'Estado', 'Contestadas', 'Creada'],
    rows: found.rows.map(row => surveyRow(row, deps.clock.now(), region)),
    pager: pagerLinks(newestFirst, places, paths.surveys, { estado }),
    empty: estado
      ? {
          icon: 'filter-off',
          title: 'Nada coincide',
          text: 'No hay encuestas en este estado.',
          action: { label: 'Quitar el filtro', href: paths.surveys },
        }
      : {
          icon: 'clipboard-list',
          title: 'Todavía no hay encuestas',
          text: 'Con ellas, quien registró un ticket dice qué le pareció la atención.',
          action: { label: 'Nueva encuesta', href: paths.newSurvey },
        },
  })
}

function surveyRow(row: SurveyRow, now: Date, region: Region): ListingRow {
  const state = stateOf(row)
  const pending = row.published && row.changed ? ' · con cambios sin publicar' : ''
  return {
    title: row.title,
    href: paths.survey(row.id),
    note: `${scopeLabel(row)}${pending}`,
    cells: [
      { kind: 'badge', text: surveyStateLabels[state], tone: state === 'activa' ? 'positive' : 'neutral' },
      textCell(boundedCount(row.answers, COUNT_LIMIT)),
      { kind: 'moment', moment: relativeTime(row.createdAt, now, region) },
    ],
  }
}

export const coverageQuery = z.object(pageQuery(byName))

/** Which survey each category gets. */
export async function showCoverage(
  { db }: SurveyContext,
  { query, res }: Call<unknown, z.infer<typeof coverageQuery>>,
) {
  const found = await listCoverage(db, pageRequest(query))
  page(res, 'listing/index', {
    title: 'Qué encuesta recibe cada categoría',
    lead: 'De las encuestas activas se pide la más específica: categoría, área, tipo o todo, en ese orden.',
    above: { label: 'Encuestas', href: paths.surveys },
    actions: [],
    filters: null,
    caption: 'Categorías por nombre, con la encuesta que se pide al finalizar sus tickets',
    columns: ['Categoría', 'Área', 'Encuesta'],
    rows: found.rows.map(coverageRow),
    pager: pagerLinks(byName, found, paths.coverage, {}),
    empty: { icon: 'tags', title: 'Todavía no hay categorías', text: 'Aparecerán aquí cuando un área las tenga.' },
  })
}

const coverageRow = ({ category, area, kind, surveyId, title }: CoverageRow): ListingRow => ({
  title: category,
  href: surveyId === null ? null : paths.survey(surveyId),
  note: kind === 'PROBLEMA' ? 'Problema' : 'Requerimiento',
  cells: [textCell(area), title === null ? { kind: 'badge', text: 'Ninguna', tone: 'neutral' } : textCell(title)],
})
