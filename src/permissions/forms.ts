import { z } from 'zod'
import { defineForm, id } from '../web/forms.ts'
import { type Permission, permissionCodes } from './catalog.ts'
import type { Overrides } from './overrides.ts'

export const employeeParams = z.object({ id: id() })

const choice = z.enum(['rol', 'conceder', 'denegar'], 'Elija una de las opciones.').default('rol')

const fields = Object.fromEntries(permissionCodes.map(code => [code, choice])) as Record<Permission, typeof choice>

/** What was chosen for each permission, and what was in effect when the page was made. */
export const permissionsForm = defineForm({ vistos: z.string().max(4000), ...fields })

export type Choices = z.infer<(typeof permissionsForm)['schema']>

const EFFECTS = { conceder: 'CONCEDER', denegar: 'DENEGAR' } as const

export function overridesOf(choices: Choices): Overrides {
  return Object.fromEntries(
    permissionCodes.flatMap(code => {
      const chosen = choices[code]
      return chosen === 'rol' ? [] : [[code, EFFECTS[chosen]]]
    }),
  )
}
