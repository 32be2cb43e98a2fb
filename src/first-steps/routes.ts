import { actorOf } from '../audit/record.ts'
import { whoMay } from '../permissions/access.ts'
import { organizationInput } from '../settings/pages/changing.ts'
import type { SettingsDependencies } from '../settings/pages/dependencies.ts'
import { type Call, Routes } from '../web/route.ts'
import { refuse, save } from '../web/saving.ts'
import { dismissFirstSteps } from './actions/dismiss.ts'
import { areaForm, dismissalForm } from './forms.ts'
import { showAreaStep, submitAreaStep } from './pages/area.ts'
import { showOrganizationStep, submitOrganizationStep } from './pages/organization.ts'
import { showFirstSteps } from './pages/steps.ts'
import { paths } from './paths.ts'

export function firstStepsRoutes(deps: SettingsDependencies): Routes {
  const administer = whoMay('ajustes.administrar')
  return new Routes()
    .get(paths.steps, administer, {}, call => showFirstSteps(deps, call))
    .get(paths.organization, administer, {}, call => showOrganizationStep(deps, call))
    .post(paths.organization, administer, organizationInput(deps), call => submitOrganizationStep(deps, call))
    .get(paths.area, administer, {}, call => showAreaStep(deps, call))
    .post(paths.area, administer, { form: areaForm }, call => submitAreaStep(deps, call))
    .post(paths.dismissal, administer, { form: dismissalForm }, call => dismiss(deps, call))
}

async function dismiss(deps: SettingsDependencies, call: Call): Promise<void> {
  await save(
    deps,
    call,
    async deps => {
      await dismissFirstSteps(deps, actorOf(call))
      return { path: '/', text: 'Los primeros pasos ya no se muestran en el menú.' }
    },
    async refusal => refuse(refusal, paths.steps),
  )
}
