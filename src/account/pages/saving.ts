import { InvalidForm } from '../../web/errors.ts'
import type { Submitted } from '../../web/forms.ts'
import { sayOutcome } from '../../web/messages.ts'
import type { Call } from '../../web/route.ts'
import { once } from '../../web/submissions.ts'
import { paths } from '../paths.ts'
import { type Refused, showAccount } from './account.ts'
import type { AccountDependencies } from './dependencies.ts'

/**
 * Does what one of the page's forms asks for, once; what is refused is shown on the page again.
 * @param done said afterwards
 */
export async function save<T>(
  deps: AccountDependencies,
  call: Call & { form: Submitted<T> },
  { form: name, done }: { form: Refused['form']; done: string },
  write: (deps: AccountDependencies, value: T) => Promise<unknown>,
): Promise<void> {
  const { form, res } = call
  if (!form.ok) return showAccount(deps, call, { form: name, typed: form.typed, errors: form.errors })
  try {
    const outcome = await once(deps, call, async joined => {
      await write(joined, form.value)
      return paths.account
    })
    sayOutcome(res, outcome, { kind: 'exito', text: done })
    res.redirect(303, outcome.path)
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    const errors = [{ field: error.field, message: error.message }]
    await showAccount(deps, call, { form: name, typed: form.typed, errors })
  }
}
