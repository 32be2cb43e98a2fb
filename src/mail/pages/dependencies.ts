import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Seal } from '../../platform/seal.ts'

/** What the handlers of this slice work with. */
export interface MailDependencies {
  db: Database
  clock: Clock
  /** Opens the texts. */
  seal: Seal
  /** Whether there is a mail server. */
  delivers: boolean
}
