import { whoMay } from '../permissions/access.ts'
import { Routes } from '../web/route.ts'
import { buttonForm, deactivationForm, editPersonForm, newPersonForm } from './forms.ts'
import { deactivate, showDeactivation } from './pages/deactivation.ts'
import { personParams as params, type UserDependencies } from './pages/dependencies.ts'
import { listQuery, showPeople } from './pages/list.ts'
import { registerPerson, showNewPerson } from './pages/new-person.ts'
import { showPerson } from './pages/person.ts'
import { invite, reactivate, savePerson } from './pages/writing.ts'
import { clientes, type Population, usuarios } from './populations.ts'

/** The same pages twice: for the people of the organisation and for its clients. Nobody is ever deleted. */
export function userRoutes(deps: UserDependencies): Routes {
  const routes = new Routes()
  for (const population of [usuarios, clientes]) addPages(routes, deps, population)
  return routes
}

function addPages(routes: Routes, deps: UserDependencies, population: Population): void {
  const { paths } = population
  // Which accounts a person may touch depends on their rank: what he may not do is 403 with the verdict's reason.
  const access = whoMay(population.permission)
  routes
    .get(paths.list, access, { query: listQuery }, call => showPeople(deps, population, call))
    .post(paths.list, access, { form: newPersonForm }, call => registerPerson(deps, population, call))
    .get(paths.newPerson, access, {}, call => showNewPerson(deps, population, call))
    .get(paths.person(':id'), access, { params }, call => showPerson(deps, population, call))
    .post(paths.person(':id'), access, { params, form: editPersonForm }, call => savePerson(deps, population, call))
    .get(paths.deactivation(':id'), access, { params }, call => showDeactivation(deps, population, call))
    .post(paths.deactivation(':id'), access, { params, form: deactivationForm }, call =>
      deactivate(deps, population, call),
    )
    .post(paths.reactivation(':id'), access, { params, form: buttonForm }, call => reactivate(deps, population, call))
    .post(paths.invitation(':id'), access, { params, form: buttonForm }, call => invite(deps, population, call))
}
