import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { id } from '../../web/forms.ts'
import type { Call } from '../../web/route.ts'
import type { ActionContext, Doer } from '../actions/context.ts'

/** What the handlers of this slice work with. */
export type UserDependencies = ActionContext

export const personParams = z.object({ id: id() })

export type PersonCall<F = unknown> = Call<z.infer<typeof personParams>, unknown, F>

export const doerOf = (call: Pick<Call, 'viewer' | 'req'>): Doer => ({
  viewer: call.viewer,
  actor: actorOf(call),
  sessionId: call.req.sessionID,
})
