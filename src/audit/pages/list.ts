import { z } from 'zod'
import type { Present } from '../../tickets/models.ts'
import { relativeTime } from '../../web/format.ts'
import { newestFirst, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import { type ListingPage, type ListingRow, textCell } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { auditFilterForm, filterFields, filterParameters } from '../filters.ts'
import { type Names, namesIn } from '../names.ts'
import { paths } from '../paths.ts'
import { peopleAskedFor, problemWith } from '../people.ts'
import { type AuditRow, listEntries } from '../queries.ts'
import { spokenChanges, spokenKind, spokenSubject } from '../words.ts'
import type { AuditDependencies } from './dependencies.ts'

export const auditQuery = z.object({ ...filterFields, ...pageQuery(newestFirst) })

/** What was done, newest first. */
export async function showAudit(
  { db, clock }: AuditDependencies,
  { query, region, res }: Call<unknown, z.infer<typeof auditQuery>>,
) {
  const people = peopleAskedFor(query.persona)
  const request = { filters: query, people, zone: region.zone, upTo: null }
  const found = await listEntries(db, request, pageRequest(query))
  const problem = found.rows.length > 0 ? null : await problemWith(db, query.persona)
  const names = await namesIn(db, found.rows)
  const parameters = filterParameters(query)
  const model: ListingPage = {
    title: 'Auditoría',
    lead: 'Qué se hizo en la administración y en las puertas del sistema, quién, cuándo y desde dónde. Nadie puede cambiarla.',
    actions: [],
    filters: auditFilterForm(query, region.locale),
    caption: 'Entradas de la auditoría, de la más reciente a la más antigua',
    columns: ['Qué', 'Sobre', 'Quién', 'Dirección', 'Cuándo'],
    rows: found.rows.map(row => rowOf(row, names, { now: clock.now(), ...region })),
    download: {
      label: 'Exportar CSV',
      note: 'Todas las entradas que dejan los filtros, no solo las de esta página. La exportación también queda aquí.',
      action: paths.download,
      fields: Object.entries(parameters).map(([name, value]) => ({ name, value: value ?? '' })),
    },
    pager: pagerLinks(newestFirst, found, paths.audit, parameters),
    empty: {
      icon: 'history',
      title: problem ? 'Precise de quién se trata' : 'Nada coincide',
      text: problem ?? 'Quite algún filtro o amplíe el periodo para ver más.',
    },
  }
  page(res, 'listing/index', model)
}

function rowOf(row: AuditRow, names: Names, present: Present): ListingRow {
  return {
    title: spokenKind(row.kind),
    href: paths.entry(row.number),
    note: noteOf(row, names),
    cells: [
      textCell(subjectOf(row)),
      textCell(row.actor ?? 'Nadie con sesión'),
      { kind: 'text', text: row.address, whole: row.address.length <= LONGEST_WHOLE },
      { kind: 'moment', moment: relativeTime(row.createdAt, present.now, present) },
    ],
  }
}

/** As long as an IPv4 address; those of IPv6 may be broken. */
const LONGEST_WHOLE = 15

/** "Área: Sistemas" */
export function subjectOf({ subjectType, subjectName }: AuditRow): string {
  if (subjectType === null) return '—'
  return [spokenSubject(subjectType), subjectName].filter(Boolean).join(': ')
}

const SHOWN = 2

/** The first changes; the entry's own page has them all. */
function noteOf({ changes }: AuditRow, names: Names): string {
  const spoken = spokenChanges(changes, names)
  const first = spoken.slice(0, SHOWN).map(({ field, before, after }) => `${field}: ${before} → ${after}`)
  const rest = spoken.length - first.length
  return [...first, ...(rest > 0 ? [`y ${rest} más`] : [])].join(' · ')
}
