import type { z } from 'zod'
import { type Actor, actorOf } from '../audit/record.ts'
import { whoMay } from '../permissions/access.ts'
import { type Call, Routes } from '../web/route.ts'
import { refuse, save } from '../web/saving.ts'
import { archiveArea, restoreArea } from './actions/lifecycle.ts'
import type { AreaContext } from './actions/locked.ts'
import { areaForm, lifecycleForm, membersForm, newAreaForm, removalForm } from './forms.ts'
import { areaParams, areaQuery, showArea, showNewArea, submitArea, submitNewArea } from './pages/area.ts'
import { areasQuery, showAreas } from './pages/list.ts'
import {
  candidatesQuery,
  memberParams,
  showAddMembers,
  showMember,
  submitMembers,
  submitRemoval,
} from './pages/members.ts'
import { paths } from './paths.ts'

const administer = whoMay('areas.administrar')

export function areaRoutes(deps: AreaContext): Routes {
  const params = areaParams
  const routes = new Routes()
    .get(paths.areas, administer, { query: areasQuery }, call => showAreas(deps, call))
    .get(paths.newArea, administer, {}, call => showNewArea(deps, call))
    .post(paths.areas, administer, { form: newAreaForm }, call => submitNewArea(deps, call))
    .get('/administracion/areas/:id', administer, { params, query: areaQuery }, call =>
      showArea(deps, call, call.query),
    )
    .post('/administracion/areas/:id', administer, { params, form: areaForm }, call => submitArea(deps, call))
    .post('/administracion/areas/:id/archivo', administer, { params, form: lifecycleForm }, call =>
      submitLifecycle(deps, call, archiveArea, 'archivada'),
    )
    .post('/administracion/areas/:id/restauracion', administer, { params, form: lifecycleForm }, call =>
      submitLifecycle(deps, call, restoreArea, 'restaurada'),
    )
  return addMembers(routes, deps)
}

function addMembers(routes: Routes, deps: AreaContext): Routes {
  const [people, person] = ['/administracion/areas/:id/personas', '/administracion/areas/:id/personas/:userId']
  const [params, query] = [areaParams, candidatesQuery]
  return routes
    .get(people, administer, { params, query }, call => showAddMembers(deps, call, call.query.buscar))
    .post(people, administer, { params, form: membersForm }, call => submitMembers(deps, call))
    .get(person, administer, { params: memberParams }, call => showMember(deps, call))
    .post(`${person}/retiro`, administer, { params: memberParams, form: removalForm }, call =>
      submitRemoval(deps, call),
    )
}

type LifecycleCall = Call<z.infer<typeof areaParams>, unknown, z.infer<(typeof lifecycleForm)['schema']>>
type Lifecycle = (deps: AreaContext, actor: Actor, target: { id: number; version: number }) => Promise<string>

async function submitLifecycle(deps: AreaContext, call: LifecycleCall, act: Lifecycle, done: string) {
  const { id } = call.params
  await save(
    deps,
    call,
    async (deps, { version }) => {
      const name = await act(deps, actorOf(call), { id, version })
      return { path: paths.area(id), text: `Área «${name}» ${done}.` }
    },
    async refusal => refuse(refusal, paths.area(id)),
  )
}
