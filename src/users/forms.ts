import { z } from 'zod'
import { someonesEmail } from '../auth/email.ts'
import { destinations, isDestinationField } from '../tickets/hand-over.ts'
import { defineForm, type FormDefinition, id, ids, line } from '../web/forms.ts'
import { accountTypes } from './account-types.ts'
import { MOST_LETTERS } from './names.ts'

const person = {
  nombre: line({ max: MOST_LETTERS, required: 'Escriba el nombre.' }),
  correo: someonesEmail,
  rol: z.enum(accountTypes, 'Elija el rol.'),
  organizacion: z
    .string()
    .default('')
    .pipe(z.union([z.literal('').transform(() => null), id()], 'Elija una organización de la lista.')),
  areas: ids,
}

const labels = { nombre: 'Nombre', correo: 'Correo electrónico' }
const seen = z.string('Recargue la página.').regex(/^[\w-]{43}$/, 'Recargue la página.')

/** Under this name the fields for areas and tickets are gathered, of which there are as many as somebody has. */
const GATHERED = 'destinos'

export const newPersonForm = defineForm(person, labels)
export const editPersonForm = withDestinations({ ...person, visto: seen }, labels)
export const deactivationForm = withDestinations({ visto: seen }, {})
export const buttonForm = defineForm({})

function withDestinations<F extends z.ZodRawShape>(fields: F, labels: Record<string, string>) {
  const schema = z.preprocess(gather, z.strictObject({ ...fields, [GATHERED]: destinations }))
  return { schema, labels } satisfies FormDefinition<typeof schema>
}

function gather(body: unknown): unknown {
  const entries = Object.entries(body as Record<string, unknown>)
  // No page sends the name itself: it stays a field that nobody knows.
  const known = entries
    .filter(([name]) => !isDestinationField(name))
    .map(([name, value]) => [name === GATHERED ? `${name}?` : name, value])
  return {
    ...Object.fromEntries(known),
    [GATHERED]: Object.fromEntries(entries.filter(([name]) => isDestinationField(name))),
  }
}
