import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

/** What the handlers of this slice work with. */
export interface SearchDependencies {
  db: Pick<Database, 'pool'>
  clock: Clock
}
