import type { z } from 'zod'
import { Forbidden } from '../../web/errors.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { once } from '../../web/submissions.ts'
import { createPerson } from '../actions/create-person.ts'
import type { newPersonForm } from '../forms.ts'
import type { Population } from '../populations.ts'
import { choicesFor } from './choices.ts'
import { doerOf, type UserDependencies } from './dependencies.ts'
import { inputOf, typedValues } from './input.ts'
import { type Refused, refusalOf } from './refused.ts'
import { keepLink } from './shown-link.ts'

type ShowCall = Pick<Call, 'viewer' | 'res'>

/** @throws Forbidden when the viewer may create nobody of this list */
export async function showNewPerson(
  deps: UserDependencies,
  population: Population,
  { viewer, res }: ShowCall,
  refused?: Refused,
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
    values: refused ? typedValues(refused) : empty,
    handOver: null,
    errors: refused?.errors ?? [],
    conflict: null,
  }
  const above = { label: title, href: paths.list }
  const note = 'Recibirá por correo un enlace para elegir su contraseña. Usted podrá copiarlo después de guardar.'
  const model = { title: newTitle, above, note, link: null, form, refusal: '', facts: [], account: null }
  page(res, 'users/person', model, refused ? 422 : 200)
}

/** Creates and invites, and leads to the person's page, which shows the link once. */
export async function registerPerson(
  deps: UserDependencies,
  population: Population,
  call: Call<unknown, unknown, z.infer<(typeof newPersonForm)['schema']>>,
) {
  const { form, res } = call
  const again = (refusal: Pick<Refused, 'errors' | 'conflict'>) =>
    showNewPerson(deps, population, call, { typed: form.typed, ticked: form.ticked, ...refusal })
  if (!form.ok) return again({ errors: form.errors })
  const { value } = form
  try {
    const created = { id: 0, link: '' }
    const outcome = await once(deps, call, async deps => {
      Object.assign(created, await createPerson(deps, doerOf(call), { ...inputOf(value), email: value.correo }))
      return population.paths.person(created.id)
    })
    // A form that is sent again makes no second person and shows no link: the first one's answer had it.
    if (!outcome.repeated) keepLink(res, deps.links.seal, created.id, created.link)
    sayOutcome(res, outcome, { kind: 'exito', text: `${value.nombre} ya tiene cuenta.` })
    res.redirect(303, outcome.path)
  } catch (error) {
    await again(refusalOf(error))
  }
}
