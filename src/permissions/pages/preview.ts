import { actorOf } from '../../audit/record.ts'
import { withOverrides } from '../../users/viewer.ts'
import { Conflict, InvalidForm } from '../../web/errors.ts'
import { sayOutcome } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import { once } from '../../web/submissions.ts'
import { assertCurrent, assertLegal, personalize } from '../actions/personalize.ts'
import { catalog, permissionCodes } from '../catalog.ts'
import { consequencesOf } from '../consequences.ts'
import { type Choices, overridesOf } from '../forms.ts'
import { byPermission, effectLabel, listOverrides, type Overrides } from '../overrides.ts'
import { paths } from '../paths.ts'
import { type EmployeeCall, getEmployee, showPermissions } from './choosing.ts'
import { type Consequence, sentencesOf } from './consequence-texts.ts'
import type { PermissionDependencies } from './dependencies.ts'

export interface PreviewModel {
  title: string
  lead: string
  action: string
  /** Where the form goes to be changed once more. */
  choiceAction: string
  listHref: string
  /** What was chosen, for the form that saves it. */
  fields: { name: string; value: string }[]
  changes: { label: string; before: string; after: string }[]
  consequences: Consequence[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'permissions/preview': PreviewModel
  }
}

/** The page of choices again, as they were made. */
export const showChoices = (deps: PermissionDependencies, call: EmployeeCall<Choices>) =>
  showPermissions(deps, call, { typed: call.form.typed, errors: call.form.ok ? [] : call.form.errors })

/** What would change if the choices were saved. Writes nothing. */
export const previewPermissions = (deps: PermissionDependencies, call: EmployeeCall<Choices>) =>
  orChooseAgain(deps, call, async choices => {
    const { viewer: employee, overrides } = await getEmployee(deps.db, call.params.id)
    const [present, chosen] = [byPermission(overrides), overridesOf(choices)]
    assertCurrent(choices.vistos, employee, present)
    assertLegal(employee, chosen)
    const foresight = { db: deps.db, sectionsFor: deps.sectionsFor, now: deps.clock.now() }
    const consequences = await consequencesOf(foresight, employee, withOverrides(employee, listOverrides(chosen)))
    const model: PreviewModel = {
      title: `Qué cambia para ${employee.name}`,
      lead: 'Todavía no se guardó nada.',
      action: paths.person(employee.id),
      choiceAction: paths.choice(employee.id),
      listHref: paths.permissions,
      fields: Object.entries(choices).map(([name, value]) => ({ name, value })),
      changes: changesBetween(present, chosen),
      consequences: sentencesOf(consequences),
    }
    page(call.res, 'permissions/preview', model)
  })

/** Saves the choices and leads back to them. */
export const savePermissions = (deps: PermissionDependencies, call: EmployeeCall<Choices>) =>
  orChooseAgain(deps, call, async choices => {
    const { params, res } = call
    let name = ''
    const outcome = await once(deps, call, async deps => {
      const input = { seen: choices.vistos, overrides: overridesOf(choices) }
      name = await personalize(deps, actorOf(call), params.id, input)
      return paths.person(params.id)
    })
    sayOutcome(res, outcome, { kind: 'exito', text: `Permisos de ${name} guardados.` })
    res.redirect(303, outcome.path)
  })

/** Where choices cannot stand, they are shown again with the reason. */
async function orChooseAgain(
  deps: PermissionDependencies,
  call: EmployeeCall<Choices>,
  proceed: (choices: Choices) => Promise<void>,
) {
  const { form } = call
  if (!form.ok) return showPermissions(deps, call, { typed: form.typed, errors: form.errors })
  const { typed } = form
  try {
    await proceed(form.value)
  } catch (error) {
    if (error instanceof Conflict) return showPermissions(deps, call, { typed, conflict: error })
    if (!(error instanceof InvalidForm)) throw error
    await showPermissions(deps, call, { typed, errors: [{ field: error.field, message: error.message }] })
  }
}

const changesBetween = (before: Overrides, after: Overrides): PreviewModel['changes'] =>
  permissionCodes
    .filter(code => before[code] !== after[code])
    .map(code => ({ label: catalog[code].label, before: effectLabel(before[code]), after: effectLabel(after[code]) }))
