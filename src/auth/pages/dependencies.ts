import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { People } from '../../web/session.ts'
import type { LinkContext } from '../account-mails.ts'

/** What the handlers of this slice work with. */
export interface AuthDependencies {
  db: Database
  clock: Clock
  /** The application's authenticator; signing in becomes its strategy `local`. */
  people: People
  /** What the links in mails need. */
  links: LinkContext
  /** Shown on the page while the installation is a demonstration. */
  demonstration: { password: string; accounts: { email: string; roleLabel: string }[] }
}
