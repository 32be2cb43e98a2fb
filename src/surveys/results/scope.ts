import { Prisma } from '../../generated/prisma/client.ts'
import type { SurveyMode } from '../../generated/prisma/enums.ts'
import type { Viewer } from '../../web/access.ts'

// Whose results somebody sees. By the frozen columns: a ticket that moves on later takes no figure with it.

/** All results, those of some areas, or those of the tickets that one agent had finished. */
export type Scope = { by: 'all' } | { by: 'area'; ids: readonly number[] } | { by: 'agent'; id: number }

export function scopeOf({ id, areaIds, permissions }: Viewer): Scope {
  if (permissions.has('tickets.ver_todos')) return { by: 'all' }
  return permissions.has('tickets.ver_area') ? { by: 'area', ids: areaIds } : { by: 'agent', id }
}

/**
 * Whether this person must not learn who answered what: then he sees batches of answers only, see release.ts.
 * An agent knows his tickets, so that a single confidential answer would tell him who gave it.
 */
export const isProtected = (mode: SurveyMode, scope: Scope): boolean =>
  mode === 'ANONIMA' || (mode === 'CONFIDENCIAL' && scope.by === 'agent')

/** Anonymous responses have no agent, so that they are nobody's own. */
const hidesMode = (mode: SurveyMode, scope: Scope): boolean => mode === 'ANONIMA' && scope.by === 'agent'

/** The scope as a condition on the frozen columns of invitations, responses and the tallies of invitations. */
export function scopeSql(scope: Scope): Prisma.Sql {
  if (scope.by === 'all') return Prisma.sql`true`
  if (scope.by === 'area') return Prisma.sql`area_id = ANY(${[...scope.ids]}::int[])`
  return Prisma.sql`agent_id = ${scope.id}`
}
