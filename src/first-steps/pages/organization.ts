import { changeOrganization, type OrganizationCall } from '../../settings/pages/changing.ts'
import type { SettingsDependencies } from '../../settings/pages/dependencies.ts'
import { type OrganizationForm, organizationForm, type Refused, statusOf } from '../../settings/pages/settings.ts'
import { readSettings } from '../../settings/queries.ts'
import { isKnownZone } from '../../settings/zones.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { paths } from '../paths.ts'

declare module '../../web/page.ts' {
  interface ViewModels {
    'first-steps/organization': { title: string; above: { label: string; href: string }; form: OrganizationForm }
  }
}

/** The organisation's settings as a step; the zone of the process is proposed, not taken for granted. */
export async function showOrganizationStep(
  deps: SettingsDependencies,
  { res }: Pick<Call, 'res'>,
  refused?: Refused,
): Promise<void> {
  const settings = await readSettings(deps.db)
  const form = organizationForm(deps, settings, paths.organization, refused)
  const proposed = isKnownZone(deps.zone) ? deps.zone : ''
  const values = refused ? form.values : { ...form.values, zona: settings.timeZone ?? proposed }
  const zones = [{ value: '', label: 'Elija la zona horaria' }, ...form.zones.slice(1)]
  const model = {
    title: 'Su organización',
    above: { label: 'Primeros pasos', href: paths.steps },
    form: { ...form, values, zones },
  }
  page(res, 'first-steps/organization', model, refused ? statusOf(refused) : 200)
}

export async function submitOrganizationStep(deps: SettingsDependencies, call: OrganizationCall): Promise<void> {
  const show = (refused: Refused) => showOrganizationStep(deps, call, refused)
  const { form, files } = call
  if (form.ok && form.value.zona === '') {
    const errors = [{ field: 'zona', message: 'Elija la zona horaria de la organización.' }]
    return show({ section: 'organizacion', typed: form.typed, errors, files: files.length })
  }
  await changeOrganization(deps, call, { done: paths.steps, show })
}
