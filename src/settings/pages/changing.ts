import type { z } from 'zod'
import { inspect } from '../../attachments/inspect.ts'
import { actorOf } from '../../audit/record.ts'
import type { FieldError } from '../../web/forms.ts'
import type { Call } from '../../web/route.ts'
import { save } from '../../web/saving.ts'
import { OWN_ACCENT } from '../accent.ts'
import { type Change, changeSettings } from '../actions/change-settings.ts'
import {
  type attachmentsForm,
  chosenExtensions,
  organizationForm,
  type signInPageForm,
  type surveysForm,
  type ticketsForm,
} from '../forms.ts'
import { type EncodedLogo, encodeLogo, LOGO_FIELD, LOGO_LIMITS } from '../logo.ts'
import { paths } from '../paths.ts'
import { readSettings } from '../queries.ts'
import type { SectionName } from '../sections.ts'
import type { SettingsDependencies } from './dependencies.ts'
import { MEGABYTE, type Refused, showSettings } from './settings.ts'

type FormCall<F extends { schema: z.ZodType }> = Call<unknown, unknown, z.infer<F['schema']>>
export type OrganizationCall = FormCall<typeof organizationForm>

/** Where a section is changed: the page that a change leads to, and the one that shows a refused form again. */
export interface Place {
  done: string
  show: (refused: Refused) => Promise<void>
}

const settingsPage = (deps: SettingsDependencies, call: Call): Place => ({
  done: paths.settings,
  show: refused => showSettings(deps, call, refused),
})

/** What a route accepts that changes the organisation. */
export const organizationInput = ({ incoming }: SettingsDependencies) => ({
  form: organizationForm,
  files: { field: LOGO_FIELD, folder: incoming, limits: async () => LOGO_LIMITS },
})

/** Name, picture, colour, zone and formats. */
export async function changeOrganization(
  deps: SettingsDependencies,
  call: OrganizationCall,
  place: Place = settingsPage(deps, call),
) {
  const { form, files } = call
  const { logo, errors, tooLarge } = await readLogo(call)
  const all = [...(form.ok ? [] : form.errors), ...errors]
  if (!form.ok || all.length > 0) {
    return place.show({ section: 'organizacion', typed: form.typed, files: files.length, errors: all, tooLarge })
  }
  const { version, nombre, texto_logo, quitar_logo, color, zona, formato } = form.value
  const kept = quitar_logo ? null : ((await readSettings(deps.db)).logo?.hash ?? null)
  const logoHash = logo?.hash ?? kept
  const values = {
    organizationName: nombre,
    logoHash,
    // A text without its picture would come back with another one.
    logoAlt: logoHash === null ? '' : texto_logo,
    accent: color === OWN_ACCENT ? null : color,
    timeZone: zona || null,
    locale: formato,
  }
  await submit(deps, call, { section: 'organizacion', seen: version, values, logo }, place)
}

/** The picture that came with the form, if one did. */
async function readLogo({ files: [file], region }: Call): Promise<{
  logo?: EncodedLogo
  errors: FieldError[]
  tooLarge: boolean
}> {
  if (!file) return { errors: [], tooLarge: false }
  const verdict = await inspect(file, LOGO_LIMITS, region.locale)
  if ('accepted' in verdict) {
    return { logo: await encodeLogo(verdict.accepted.path), errors: [], tooLarge: false }
  }
  const { reason, tooLarge } = verdict.refused
  return { errors: [{ field: LOGO_FIELD, message: reason }], tooLarge }
}

export async function changeTickets(deps: SettingsDependencies, call: FormCall<typeof ticketsForm>) {
  const { form } = call
  if (!form.ok) return refuse(deps, call, 'tickets', form.errors)
  const { version, dias } = form.value
  await submit(deps, call, { section: 'tickets', seen: version, values: { reopenDays: dias } })
}

export async function changeSurveys(deps: SettingsDependencies, call: FormCall<typeof surveysForm>) {
  const { form } = call
  if (!form.ok) return refuse(deps, call, 'encuestas', form.errors)
  const { version, dias } = form.value
  await submit(deps, call, { section: 'encuestas', seen: version, values: { surveyDays: dias } })
}

export async function changeAttachments(deps: SettingsDependencies, call: FormCall<typeof attachmentsForm>) {
  const { form } = call
  if (!form.ok) return refuse(deps, call, 'adjuntos', form.errors)
  const { version, tamano, cantidad } = form.value
  const extensions = chosenExtensions(form.value)
  if (extensions.length === 0) {
    return refuse(deps, call, 'adjuntos', [{ field: 'tipos', message: 'Elija al menos un tipo de archivo.' }])
  }
  const values = {
    attachmentMaxBytes: tamano * MEGABYTE,
    attachmentMaxFiles: cantidad,
    attachmentExtensions: extensions,
  }
  await submit(deps, call, { section: 'adjuntos', seen: version, values })
}

export async function changeSignInPage(deps: SettingsDependencies, call: FormCall<typeof signInPageForm>) {
  const { form } = call
  if (!form.ok) return refuse(deps, call, 'ingreso', form.errors)
  const { version, bienvenida, ayuda, registro } = form.value
  const values = { welcomeText: bienvenida, helpText: ayuda, signUp: registro === 'si' }
  await submit(deps, call, { section: 'ingreso', seen: version, values })
}

const refuse = (deps: SettingsDependencies, call: Call, section: SectionName, errors: FieldError[]) =>
  showSettings(deps, call, { section, typed: call.form.typed, errors })

/** Changes the section and leads on; a refused form is shown again as it was typed. */
async function submit<S extends SectionName>(
  deps: SettingsDependencies,
  call: Call,
  change: Change<S>,
  { done, show }: Place = settingsPage(deps, call),
) {
  await save(
    deps,
    call,
    async deps => {
      const changed = await changeSettings(deps, actorOf(call), change)
      return { path: done, text: changed ? 'Los ajustes se guardaron.' : 'No había nada que cambiar.' }
    },
    refusal => show({ section: change.section, files: call.files.length, ...refusal }),
  )
}
