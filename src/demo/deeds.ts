import type { ImpedimentReason, LogVisibility, TicketStatus } from '../generated/prisma/enums.ts'
import type { AreaContent } from './content-areas.ts'
import type { Move } from './courses.ts'

/** A ticket to be: whose it is, what it says and how it ends. People, areas, categories and groups go by their names. */
export interface Report {
  /** Where it ends. */
  status: TicketStatus
  area: AreaContent
  category: string
  /** The group that the category's tickets go to. */
  group: string
  /** The people who may be made responsible, in turn. */
  owners: readonly string[]
  requester: string
  /** The name of the voice in which its attendants write. */
  voice: string
  /** Only a Usuario takes part in the ticket as its requester. */
  requesterIsUser: boolean
  subject: string
  description: string
  resolution: string
}

export interface OwnerNames {
  person: string | null
  group: string | null
}

/** One thing done to a ticket, ready for the action of the same kind. */
export type Deed =
  | { kind: 'create'; area: string; category: string; subject: string; description: string }
  | { kind: 'assign'; area: string; owner: OwnerNames; note: string }
  | { kind: 'start' }
  | { kind: 'write'; text: string; visibility: LogVisibility }
  | { kind: 'impede'; reason: ImpedimentReason; text: string }
  | { kind: 'clear'; text: string }
  | { kind: 'close'; action: 'finalizar' | 'cancelar'; text: string }
  | { kind: 'reopen'; reason: string }

export interface Act {
  by: string
  move: Move | 'create'
  deed: Deed
}
