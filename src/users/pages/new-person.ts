import type { z } from 'zod'
import { Forbidden } from '../../web/errors.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { conflictModel, type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { createPerson } from '../actions/create-person.ts'
import type { newPersonForm } from '../forms.ts'
import type { Population } from '../populations.ts'
import { choicesFor } from './choices.ts'
import { doerOf, type UserDependencies } from './dependencies.ts'
import { guarded } from './guarded.ts'
import { inputOf, typedValues } from './input.ts'
import { keepLink } from './shown-link.ts'

type ShowCall = Pick<Call, 'viewer' | 'res'>

/** @throws Forbidden when the viewer may create nobody of this list */
export async function showNewPerson(
  deps: UserDependencies,
  population: Population,
  { viewer, res }: ShowCall,
  refusal?: Refusal,
) {
  const { paths, newTitle, title, types } = population
  const choices = await choicesFor(deps.db, viewer, null, types)
  if (choices.types.length === 0) throw new Forbidden('Su cuenta no puede crear personas aquí.')
  const empty = { nombre: '', correo: '', rol: choices.types[0]?.value ?? '', organizacion: '', areas: [] }
  const form = {
    ...choices,
    action: paths.list,
    cancelHref: paths.list,
    submit: 'Crear e invitar',
    seen: null,
    values: refusal ? typedValues(refusal) : empty,
    handOver: null,
    errors: refusal?.errors ?? [],
    conflict: conflictModel(refusal),
  }
  const above = { label: title, href: paths.list }
  const note = 'Al guardar verá, una sola vez, el enlace con el que la persona elige su contraseña.'
  const model = { title: newTitle, above, note, link: null, form, refusal: '', facts: [], account: null }
  page(res, 'users/person', model, statusOfForm(refusal))
}

/** Creates and invites, and leads to the person's page, which shows the link once. */
export async function registerPerson(
  deps: UserDependencies,
  population: Population,
  call: Call<unknown, unknown, z.infer<(typeof newPersonForm)['schema']>>,
) {
  await save(
    deps,
    call,
    async (deps, value) => {
      const person = { ...inputOf(value), email: value.correo }
      const { id, link } = await guarded(createPerson(deps, doerOf(call), person))
      // A form that is sent again does not come here: it makes no second person and shows no link.
      keepLink(call.res, deps.links.seal, id, link)
      return { path: population.paths.person(id), text: `${value.nombre} ya tiene cuenta.` }
    },
    refusal => showNewPerson(deps, population, call, refusal),
  )
}
