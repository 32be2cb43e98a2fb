import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { Conflict, InvalidForm } from './errors.ts'
import type { FieldError } from './forms.ts'
import { sayOutcome } from './messages.ts'
import type { Call } from './route.ts'
import { sqlStateOf } from './sql-state.ts'
import { once } from './submissions.ts'

/** Why a form is shown again, and what it held. */
export interface Refusal {
  typed: Record<string, string>
  ticked: Record<string, string[]>
  errors: FieldError[]
  /** What somebody else did meanwhile; the form can be sent again. */
  conflict: Conflict | null
}

/** Where a form leads once it is done, and what is told there. */
export interface Saved {
  path: string
  text: string
}

/**
 * Does what a form asks for and leads on; one that is wrong, or that somebody was faster than, is shown again.
 * @param save the action, with the dependencies that it works with
 * @param showAgain shows the page with the form as it was sent
 */
export async function save<D extends { db: Database; clock: Clock }, F>(
  deps: D,
  call: Call<unknown, unknown, F>,
  save: (deps: D, value: F) => Promise<Saved>,
  showAgain: (refusal: Refusal) => Promise<void>,
): Promise<void> {
  const { form, res } = call
  const { typed, ticked } = form
  if (!form.ok) return showAgain({ typed, ticked, errors: form.errors, conflict: null })
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
      const errors = [{ field: error.field, message: error.message }]
      return showAgain({ typed, ticked, errors, conflict: null })
    }
    if (!(error instanceof Conflict)) throw error
    await showAgain({ typed, ticked, errors: [], conflict: error })
  }
}

/**
 * For a form in which nothing was typed: the page of the error tells what happened and leads to what is there now.
 * @param href where that is
 */
export function refuse({ errors, conflict }: Refusal, href: string): never {
  if (conflict) throw new Conflict(conflict.message, conflict.changes, href)
  throw new InvalidForm('', errors[0]?.message ?? '')
}

/** 409, 422, or 200 for a form that is shown for the first time. */
export function statusOfForm(refusal: Refusal | undefined): number {
  if (!refusal) return 200
  return refusal.conflict ? 409 : 422
}

/** What the page of a form says of a conflict, for views/partials/_conflict.ejs. */
export interface ConflictModel {
  explanation: string
  changes: string[]
}

export const conflictModel = (refusal: Refusal | undefined): ConflictModel | null =>
  refusal?.conflict ? { explanation: refusal.conflict.message, changes: refusal.conflict.changes } : null

/**
 * Makes of a name that is taken an error of its field, also when somebody else takes it at the same instant.
 * @param message what the person is told
 */
export async function withUniqueName<T>(write: Promise<T>, message: string): Promise<T> {
  try {
    return await write
  } catch (error) {
    if (sqlStateOf(error) === '23505') throw new InvalidForm('nombre', message)
    throw error
  }
}
