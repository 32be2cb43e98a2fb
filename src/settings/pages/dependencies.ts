import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

/** What the handlers of this slice work with. */
export interface SettingsDependencies {
  db: Database
  clock: Clock
  /** IANA zone of the process, which counts where the organisation chose none. */
  zone: string
  /** The folder in which forms' files are received. */
  incoming: string
}
