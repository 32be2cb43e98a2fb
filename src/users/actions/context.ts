import type { Actor } from '../../audit/record.ts'
import type { LinkContext } from '../../auth/account-mails.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import type { AccountType } from '../account-types.ts'

/** What every action on accounts writes through. */
export interface ActionContext {
  db: Database
  clock: Clock
  /** What invitations need. */
  links: LinkContext
}

/** Who does it. */
export interface Doer {
  viewer: Viewer
  actor: Actor
  /** His own session, which goes on when he changes his own mail. */
  sessionId: string
}

/** What can be said of a person, from a form or a file. */
export interface PersonInput {
  name: string
  /** Normalised; null only for somebody imported, who has none. */
  email: string | null
  type: AccountType
  organizationId: number | null
  areaIds: readonly number[]
}
