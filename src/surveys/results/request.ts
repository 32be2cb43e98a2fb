import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import type { Region } from '../../web/format.ts'
import type { Call } from '../../web/route.ts'
import { type Filters, filtersOf, parametersOf, type ResultsQuery } from './filters.ts'
import { monthOf } from './period.ts'
import { getVersions, type VersionRow } from './queries.ts'
import { isProtected, type Scope, scopeOf } from './scope.ts'

export interface ResultsDependencies {
  db: Database
  clock: Clock
}

/** Which results somebody asks for, as far as he may see them. */
export interface ResultsRequest {
  viewer: Viewer
  region: Region
  scope: Scope
  version: VersionRow
  /** All that he may choose from, newest first. */
  versions: VersionRow[]
  /** Whether single answers stay hidden from him. */
  guarded: boolean
  filters: Filters
  query: ResultsQuery
  /** For links that keep version and filters. */
  parameters: Record<string, string | undefined>
  now: Date
  /** YYYY-MM, see {@link unfinishedMonth} */
  currentMonth: string
}

const HOUR_IN_MS = 3_600_000

/**
 * The month of which protected answers are not shown yet. It lasts until it is over in every time zone, whichever is the
 * organisation's, and an hour longer, for what is still being written.
 */
export const unfinishedMonth = (clock: Clock) => monthOf(new Date(clock.now().getTime() - 13 * HOUR_IN_MS), 'UTC')

/** @throws {NotFound} when the survey has no results for this person */
export async function resultsRequest(
  { db, clock }: ResultsDependencies,
  { viewer, region, params, query }: Pick<Call<{ id: number }, ResultsQuery>, 'viewer' | 'region' | 'params' | 'query'>,
): Promise<ResultsRequest> {
  const scope = scopeOf(viewer)
  const { latest, all } = await getVersions(db, scope, params.id)
  const version = all.find(({ number }) => String(number) === query.version) ?? latest
  const guarded = isProtected(version.mode, scope)
  const parameters = parametersOf(query)
  return {
    viewer,
    region,
    scope,
    version,
    versions: all,
    guarded,
    filters: filtersOf(query, guarded),
    query,
    parameters: {
      ...parameters,
      version: version === latest ? undefined : String(version.number),
      responsable: guarded ? undefined : parameters.responsable,
    },
    now: clock.now(),
    currentMonth: unfinishedMonth(clock),
  }
}
