import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Foresight } from '../consequences.ts'

export interface PermissionDependencies {
  db: Database
  clock: Clock
  /** The sidebar that somebody gets, which belongs to the application. */
  sectionsFor: Foresight['sectionsFor']
}
