import type { FileStorage } from '../../platform/files.ts'
import type { Viewer } from '../../web/access.ts'
import type { ActionContext } from '../actions/step.ts'

/** What the handlers of this slice work with. */
export interface TicketDependencies extends ActionContext {
  files: FileStorage
  /** The folder in which forms' files are received. */
  incoming: string
  notices: Notices
}

/** Something that is asked of a person, with the way to do it. */
export interface Notice {
  icon: string
  text: string
  action: { label: string; href: string }
}

/** What other parts of the application, which tickets know nothing of, ask of a person on the pages of tickets. */
export interface Notices {
  /** Where he begins. */
  ofPerson(viewer: Viewer): Promise<Notice[]>
  ofTicket(viewer: Viewer, number: number): Promise<Notice[]>
}
