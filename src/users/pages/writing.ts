import type { z } from 'zod'
import { plural } from '../../web/format.ts'
import { sayOutcome } from '../../web/messages.ts'
import type { Message } from '../../web/page.ts'
import { once } from '../../web/submissions.ts'
import { reactivatePerson } from '../actions/activity.ts'
import { type Edited, editPerson } from '../actions/edit-person.ts'
import { invitePerson } from '../actions/invite.ts'
import type { editPersonForm } from '../forms.ts'
import type { Population } from '../populations.ts'
import { doerOf, type PersonCall, type UserDependencies } from './dependencies.ts'
import { inputOf } from './input.ts'
import { showPerson } from './person.ts'
import { type Refused, refusalOf } from './refused.ts'
import { keepLink } from './shown-link.ts'

/** Saves what was changed and leads to the person's page, which may now be in the other list. */
export async function savePerson(
  deps: UserDependencies,
  population: Population,
  call: PersonCall<z.infer<(typeof editPersonForm)['schema']>>,
) {
  const { form, params, res } = call
  const again = (refusal: Pick<Refused, 'errors' | 'conflict'>) =>
    showPerson(deps, population, call, { typed: form.typed, ticked: form.ticked, ...refusal })
  if (!form.ok) return again({ errors: form.errors })
  const { visto: seen, destinos, ...value } = form.value
  try {
    let done: Edited | undefined
    const outcome = await once(deps, call, async deps => {
      const edit = { population, id: params.id, seen, person: inputOf(value), destinations: destinos }
      done = await editPerson(deps, doerOf(call), edit)
      return done.population.paths.person(params.id)
    })
    sayOutcome(res, outcome, done && editedMessage(value.nombre, done))
    res.redirect(303, outcome.path)
  } catch (error) {
    await again(refusalOf(error))
  }
}

function editedMessage(name: string, { handedOver, emptied, sessionsEnded }: Edited): Message {
  const text = [
    `Los datos de ${name} quedaron guardados.`,
    handedOver > 0 && `${plural(handedOver, 'ticket cambió', 'tickets cambiaron')} de responsable.`,
    sessionsEnded && 'Sus sesiones se cerraron.',
    emptyGroupsText(emptied),
  ]
  return { kind: emptied.length > 0 ? 'aviso' : 'exito', text: text.filter(Boolean).join(' ') }
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
