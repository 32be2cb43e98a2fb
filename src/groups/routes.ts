import type { z } from 'zod'
import { belongingQuery } from '../areas/belonging.ts'
import { actorOf } from '../audit/record.ts'
import { whoMay } from '../permissions/access.ts'
import { type Call, Routes } from '../web/route.ts'
import { refuse, save } from '../web/saving.ts'
import { archiveGroup, restoreGroup } from './actions/lifecycle.ts'
import type { GroupContext } from './actions/locked.ts'
import { archivingForm, groupForm, newGroupForm, restorationForm } from './forms.ts'
import { groupParams, newGroupQuery, showGroup, showNewGroup, submitGroup, submitNewGroup } from './pages/group.ts'
import { showGroups } from './pages/list.ts'
import { paths } from './paths.ts'

const administer = whoMay('grupos.administrar')

export function groupRoutes(deps: GroupContext): Routes {
  const path = '/administracion/grupos/:id'
  const params = groupParams
  return new Routes()
    .get(paths.groups, administer, { query: belongingQuery }, call => showGroups(deps, call))
    .get(paths.newGroup, administer, { query: newGroupQuery }, call => showNewGroup(deps, call, call.query.area))
    .post(paths.groups, administer, { form: newGroupForm }, call => submitNewGroup(deps, call))
    .get(path, administer, { params }, call => showGroup(deps, call))
    .post(path, administer, { params, form: groupForm }, call => submitGroup(deps, call))
    .post(`${path}/archivo`, administer, { params, form: archivingForm }, call =>
      submitLifecycle(deps, call, async (deps, { version, categorias }) => {
        const target = { id: call.params.id, version }
        return `Grupo «${await archiveGroup(deps, actorOf(call), target, categorias)}» archivado.`
      }),
    )
    .post(`${path}/restauracion`, administer, { params, form: restorationForm }, call =>
      submitLifecycle(deps, call, async (deps, { version }) => {
        const target = { id: call.params.id, version }
        return `Grupo «${await restoreGroup(deps, actorOf(call), target)}» restaurado.`
      }),
    )
}

/** @param act what it returns is told to the person */
async function submitLifecycle<F>(
  deps: GroupContext,
  call: Call<z.infer<typeof groupParams>, unknown, F>,
  act: (deps: GroupContext, value: F) => Promise<string>,
) {
  const path = paths.group(call.params.id)
  await save(
    deps,
    call,
    async (deps, value) => ({ path, text: await act(deps, value) }),
    async refusal => refuse(refusal, path),
  )
}
