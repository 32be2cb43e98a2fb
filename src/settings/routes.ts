import { whoMay } from '../permissions/access.ts'
import { publicBecause } from '../web/access.ts'
import { Routes } from '../web/route.ts'
import { attachmentsForm, signInPageForm, surveysForm, ticketsForm } from './forms.ts'
import { logoParams, sendLogo, sendStylesheet, stylesheetParams } from './pages/brand.ts'
import {
  changeAttachments,
  changeOrganization,
  changeSignInPage,
  changeSurveys,
  changeTickets,
  organizationInput,
} from './pages/changing.ts'
import type { SettingsDependencies } from './pages/dependencies.ts'
import { showSettings } from './pages/settings.ts'
import { paths } from './paths.ts'

export function settingsRoutes(deps: SettingsDependencies): Routes {
  const administer = whoMay('ajustes.administrar')
  const open = publicBecause('the page to sign in looks like the organisation, too')
  return new Routes()
    .get(paths.settings, administer, {}, call => showSettings(deps, call))
    .post(paths.section('organizacion'), administer, organizationInput(deps), call => changeOrganization(deps, call))
    .post(paths.section('tickets'), administer, { form: ticketsForm }, call => changeTickets(deps, call))
    .post(paths.section('adjuntos'), administer, { form: attachmentsForm }, call => changeAttachments(deps, call))
    .post(paths.section('encuestas'), administer, { form: surveysForm }, call => changeSurveys(deps, call))
    .post(paths.section('ingreso'), administer, { form: signInPageForm }, call => changeSignInPage(deps, call))
    .open('get', '/organizacion/:hash.css', open, { params: stylesheetParams }, call => sendStylesheet(deps, call))
    .open('get', '/organizacion/:hash.webp', open, { params: logoParams }, call => sendLogo(deps, call))
}
