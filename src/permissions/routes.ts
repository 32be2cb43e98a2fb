import { Routes } from '../web/route.ts'
import { whoMay } from './access.ts'
import { permissionsForm as form, employeeParams as params } from './forms.ts'
import { showPermissions } from './pages/choosing.ts'
import type { PermissionDependencies } from './pages/dependencies.ts'
import { listQuery, showEmployees } from './pages/list.ts'
import { previewPermissions, savePermissions, showChoices } from './pages/preview.ts'
import { showWhyNot, whyNotQuery } from './pages/why-not.ts'
import { paths } from './paths.ts'

const administer = whoMay('permisos.administrar')
const PERSON = `${paths.permissions}/:id`

export function permissionRoutes(deps: PermissionDependencies): Routes {
  return new Routes()
    .get(paths.permissions, administer, { query: listQuery }, call => showEmployees(deps, call))
    .get(PERSON, administer, { params }, call => showPermissions(deps, call))
    .post(PERSON, administer, { params, form }, call => savePermissions(deps, call))
    .idempotent(`${PERSON}/vista-previa`, administer, { params, form }, call => previewPermissions(deps, call))
    .idempotent(`${PERSON}/eleccion`, administer, { params, form }, call => showChoices(deps, call))
    .get(paths.whyNot, administer, { query: whyNotQuery }, call => showWhyNot(deps, call))
}
