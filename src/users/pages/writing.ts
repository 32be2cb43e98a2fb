import type { z } from 'zod'
import { plural } from '../../web/format.ts'
import { sayOutcome } from '../../web/messages.ts'
import { save } from '../../web/saving.ts'
import { once } from '../../web/submissions.ts'
import { reactivatePerson } from '../actions/activity.ts'
import { type Edited, editPerson } from '../actions/edit-person.ts'
import { invitePerson } from '../actions/invite.ts'
import type { editPersonForm } from '../forms.ts'
import type { Population } from '../populations.ts'
import { doerOf, type PersonCall, type UserDependencies } from './dependencies.ts'
import { guarded } from './guarded.ts'
import { inputOf } from './input.ts'
import { showPerson } from './person.ts'
import { keepLink } from './shown-link.ts'

/** Saves what was changed and leads to the person's page, which may now be in the other list. */
export async function savePerson(
  deps: UserDependencies,
  population: Population,
  call: PersonCall<z.infer<(typeof editPersonForm)['schema']>>,
) {
  const { id } = call.params
  await save(
    deps,
    call,
    async (deps, { visto: seen, destinos: destinations, ...value }) => {
      const edit = { population, id, seen, person: inputOf(value), destinations }
      const done = await guarded(editPerson(deps, doerOf(call), edit))
      return { path: done.population.paths.person(id), text: editedText(value.nombre, done) }
    },
    refusal => showPerson(deps, population, call, refusal),
  )
}

function editedText(name: string, { handedOver, emptied, sessionsEnded }: Edited): string {
  const text = [
    `Los datos de ${name} quedaron guardados.`,
    handedOver > 0 && `${plural(handedOver, 'ticket cambió', 'tickets cambiaron')} de responsable.`,
    sessionsEnded && 'Tiene que ingresar de nuevo si estaba dentro.',
    emptyGroupsText(emptied),
  ]
  return text.filter(Boolean).join(' ')
}

/** '' when every group still has somebody. */
export function emptyGroupsText(groups: readonly string[]): string {
  if (groups.length === 0) return ''
  const names = groups.map(name => `«${name}»`).join(', ')
  return groups.length === 1
    ? `El grupo ${names} se quedó sin integrantes activos.`
    : `Los grupos ${names} se quedaron sin integrantes activos.`
}

export async function reactivate(deps: UserDependencies, population: Population, call: PersonCall) {
  const { params, res } = call
  let name = ''
  const outcome = await once(deps, call, async deps => {
    name = await reactivatePerson(deps, doerOf(call), { population, id: params.id })
    return population.paths.person(params.id)
  })
  sayOutcome(res, outcome, { kind: 'exito', text: `La cuenta de ${name} vuelve a estar activa.` })
  res.redirect(303, outcome.path)
}

/** Makes a new link and leads to the person's page, which shows it once. */
export async function invite(deps: UserDependencies, population: Population, call: PersonCall) {
  const { params, res } = call
  let link = ''
  const outcome = await once(deps, call, async deps => {
    link = await invitePerson(deps, doerOf(call), { population, id: params.id })
    return population.paths.person(params.id)
  })
  if (!outcome.repeated) keepLink(res, deps.links.seal, params.id, link)
  sayOutcome(res, outcome, undefined)
  res.redirect(303, outcome.path)
}
