import { whoMay } from '../permissions/access.ts'
import { Routes } from '../web/route.ts'
import type { ActionContext } from './actions.ts'
import { deletionForm, organizationForm } from './forms.ts'
import {
  listQuery,
  organizationParams as params,
  registerOrganization,
  removeOrganization,
  saveOrganization,
  showNewOrganization,
  showOrganization,
  showOrganizations,
} from './pages.ts'
import { paths } from './paths.ts'

export function organizationRoutes(deps: ActionContext): Routes {
  const access = whoMay('clientes.administrar')
  return new Routes()
    .get(paths.list, access, { query: listQuery }, call => showOrganizations(deps, call))
    .post(paths.list, access, { form: organizationForm }, call => registerOrganization(deps, call))
    .get(paths.newOrganization, access, {}, call => showNewOrganization(call))
    .get(paths.organization(':id'), access, { params }, call => showOrganization(deps, call))
    .post(paths.organization(':id'), access, { params, form: organizationForm }, call => saveOrganization(deps, call))
    .post(paths.deletion(':id'), access, { params, form: deletionForm }, call => removeOrganization(deps, call))
}
