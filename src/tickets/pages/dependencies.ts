import type { FileStorage } from '../../platform/files.ts'
import type { ActionContext } from '../actions/step.ts'

/** What the handlers of this slice work with. */
export interface TicketDependencies extends ActionContext {
  files: FileStorage
  /** The folder in which forms' files are received. */
  incoming: string
}
