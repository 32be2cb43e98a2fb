import type { LinkContext } from '../../auth/account-mails.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

/** What the handlers of this slice work with. */
export interface AccountDependencies {
  db: Database
  clock: Clock
  /** What the links in mails need. */
  links: LinkContext
}
