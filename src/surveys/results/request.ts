import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { type Filters, filtersOf, parametersOf, type ResultsQuery } from './filters.ts'
import { monthOf } from './period.ts'
import { getVersions, type VersionRow } from './queries.ts'
import { isProtected, type Scope, scopeOf } from './scope.ts'

export interface ResultsDependencies {
  db: Database
  clock: Clock
  /** IANA zone in which months begin. */
  zone: string
}

/** Which results somebody asks for, as far as he may see them. */
export interface ResultsRequest {
  viewer: Viewer
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
  /** YYYY-MM */
  currentMonth: string
}

const HOUR_IN_MS = 3_600_000

/** The month of which protected answers are not shown yet; an hour longer than it lasts, for what is still being written. */
export const unfinishedMonth = (clock: Clock, zone: string) =>
  monthOf(new Date(clock.now().getTime() - HOUR_IN_MS), zone)

/** @throws {NotFound} when the survey has no results for this person */
export async function resultsRequest(
  { db, clock, zone }: ResultsDependencies,
  { viewer, params, query }: { viewer: Viewer; params: { id: number }; query: ResultsQuery },
): Promise<ResultsRequest> {
  const scope = scopeOf(viewer)
  const { latest, all } = await getVersions(db, scope, params.id)
  const version = all.find(({ number }) => String(number) === query.version) ?? latest
  const guarded = isProtected(version.mode, scope)
  const parameters = parametersOf(query)
  return {
    viewer,
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
    currentMonth: unfinishedMonth(clock, zone),
  }
}
