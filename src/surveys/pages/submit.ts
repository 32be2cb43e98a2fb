import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Conflict, InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import type { Call } from '../../web/route.ts'
import { once } from '../../web/submissions.ts'

/** Why a form is shown again, and what it held. */
export interface Refusal {
  typed: Record<string, string>
  errors: FieldError[]
  /** What somebody else did meanwhile; the form can be sent again. */
  conflict: Conflict | null
}

/**
 * Does what a form asks for and leads on; one that is wrong, or that somebody was faster than, is shown again.
 * @param save the action, with the dependencies that it works with; tells where it leads, and what is said there
 * @param showAgain shows the page with the form as it was sent
 */
export async function submit<D extends { db: Database; clock: Clock }, F>(
  deps: D,
  call: Call<unknown, unknown, F>,
  save: (deps: D, value: F) => Promise<{ path: string; text: string }>,
  showAgain: (refusal: Refusal) => Promise<void>,
): Promise<void> {
  const { form, res } = call
  const { typed } = form
  if (!form.ok) return showAgain({ typed, errors: form.errors, conflict: null })
  let text = ''
  try {
    const outcome = await once(deps, call, async deps => {
      const saved = await save(deps, form.value)
      text = saved.text
      return saved.path
    })
    sayOutcome(res, outcome, { kind: 'exito', text })
    res.redirect(303, outcome.path)
  } catch (error) {
    if (error instanceof InvalidForm) {
      return showAgain({ typed, errors: [{ field: error.field, message: error.message }], conflict: null })
    }
    if (!(error instanceof Conflict)) throw error
    await showAgain({ typed, errors: [], conflict: error })
  }
}

/** What every page with a form of this slice shows of a refusal, and its status. */
export function refusalModel(refusal: Refusal | undefined) {
  const { errors = [], conflict = null } = refusal ?? {}
  return {
    status: !refusal ? 200 : conflict ? 409 : 422,
    shown: { errors, conflict: conflict && { explanation: conflict.message, changes: conflict.changes } },
  }
}

/** The version that a form carries: what it had, or after a conflict the present one, so that it can be sent anyway. */
export const versionToSend = (present: number, refusal: Refusal | undefined): string =>
  (refusal && !refusal.conflict && refusal.typed.version) || String(present)
