import { transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { lockFor } from '../facts.ts'
import { type ActionContext, takeStep } from './step.ts'

export interface Closing {
  action: 'finalizar' | 'cancelar'
  version: number
  /** The resolution, or the reason of the cancellation. */
  text: string
}

/** Finishes a ticket with its resolution, or cancels it for good with a reason. */
export async function closeTicket({ db, clock }: ActionContext, viewer: Viewer, number: number, input: Closing) {
  await transaction(db, async tx => {
    const now = clock.now()
    const ticket = await lockFor(tx, viewer, input.action, number, { now, seen: input.version })
    await takeStep(tx, viewer, ticket, { action: input.action, text: input.text, now })
  })
}
