import { previousMonth } from './period.ts'
import { invitationsOf } from './queries.ts'
import type { ResultsDependencies, ResultsRequest } from './request.ts'

/** How many of those who were invited have answered. */
export interface Rate {
  answered: number
  invited: number
}

/**
 * Of the invitations that were made in the chosen period, those that were cancelled left out. Of protected responses only those
 * that are shown count, against the invitations of the months that are over.
 * @param shown the responses that the page shows
 * @returns null where batches do not fit what the invitations are narrowed to
 */
export async function rateOf(
  { db }: ResultsDependencies,
  { version, region, scope, filters, guarded, currentMonth }: ResultsRequest,
  shown: number,
): Promise<Rate | null> {
  const asked = { versionId: version.id, scope, zone: region.zone }
  if (!guarded) return invitationsOf(db, { ...asked, filters })
  const { from, to, categoryId, kind, areaId } = filters
  if (from || to || categoryId !== undefined || kind) return null
  const { invited } = await invitationsOf(db, { ...asked, filters: { areaId, to: previousMonth(currentMonth) } })
  return { answered: shown, invited }
}
