import { families } from '../../attachments/kinds.ts'
import type { Conflict } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { localeOptions, neutralOption } from '../../web/locales.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { OWN_ACCENT } from '../accent.ts'
import { limits } from '../forms.ts'
import { installationOf } from '../frame.ts'
import { LOGO_LIMITS } from '../logo.ts'
import { paths } from '../paths.ts'
import { readSettings, type Settings } from '../queries.ts'
import { adjustable, type SectionName, versionOf } from '../sections.ts'
import { zoneChoices } from '../zones.ts'
import type { SettingsDependencies } from './dependencies.ts'

type Values = Record<string, string>

/** The form of a section, as it is or as it was typed. */
export interface SectionForm {
  action: string
  version: string
  values: Values
  errors: FieldError[]
  /** What somebody else did meanwhile; the form is as it was typed, and can be sent again. */
  conflict: null | { explanation: string; changes: string[] }
}

/** A number of days. */
interface DaysForm extends SectionForm {
  most: number
}

interface Option {
  value: string
  label: string
}

/** What an organisation is called, how it looks, and where it is. */
export interface OrganizationForm extends SectionForm {
  logo: null | { src: string; alt: string; width: number; height: number }
  /** For the browser's file chooser. */
  accept: string
  /** Said when the form comes back: browsers do not keep files. */
  fileNotice: string
  ownAccent: string
  zones: (Option | { label: string; options: Option[] })[]
  locales: Option[]
  limits: { name: number; alt: number }
}

export interface SettingsModel {
  title: string
  organization: OrganizationForm
  tickets: DaysForm
  surveys: DaysForm
  attachments: SectionForm & { families: { label: string; options: { name: string; label: string; on: boolean }[] }[] }
  signIn: SectionForm & { maxLength: number }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'settings/show': SettingsModel
  }
}

/** Why a form is shown again, as it was typed. */
export interface Refused {
  section: SectionName
  typed: Values
  errors: FieldError[]
  conflict?: Conflict | null
  /** How many files came with it, and whether one is over its limit. */
  files?: number
  tooLarge?: boolean
}

export const statusOf = ({ conflict, tooLarge }: Refused): 409 | 413 | 422 => (conflict ? 409 : tooLarge ? 413 : 422)

/** All settings, each section with a form of its own. */
export async function showSettings(deps: SettingsDependencies, { res }: Pick<Call, 'res'>, refused?: Refused) {
  const settings = await readSettings(deps.db)
  const form = (section: SectionName) => sectionForm(section, settings, paths.section(section), refused)
  const attachments = form('adjuntos')
  const model: SettingsModel = {
    title: 'Ajustes',
    organization: organizationForm(deps, settings, paths.section('organizacion'), refused),
    tickets: { ...form('tickets'), most: limits.reopenDays },
    surveys: { ...form('encuestas'), most: limits.surveyDays },
    attachments: { ...attachments, families: familiesOf(attachments.values) },
    signIn: { ...form('ingreso'), maxLength: limits.text },
  }
  page(res, 'settings/show', model, refused ? statusOf(refused) : 200)
}

/** @param action where the form is sent */
export function organizationForm(
  { clock, zone }: Pick<SettingsDependencies, 'clock' | 'zone'>,
  settings: Settings,
  action: string,
  refused: Refused | undefined,
): OrganizationForm {
  const [now, place] = [clock.now(), settings.timeZone ?? zone]
  const lost = refused?.section === 'organizacion' && Boolean(refused.files)
  return {
    ...sectionForm('organizacion', settings, action, refused),
    logo: installationOf(settings, zone).brand.logo,
    accept: LOGO_LIMITS.extensions.map(extension => `.${extension}`).join(','),
    fileNotice: lost ? 'No se guardó ninguna imagen: elíjala de nuevo.' : '',
    ownAccent: OWN_ACCENT,
    zones: [{ value: '', label: `La del servidor (${zone})` }, ...zoneChoices()],
    locales: [neutralOption(now, place), ...localeOptions(now, place)],
    limits,
  }
}

function sectionForm(
  section: SectionName,
  settings: Settings,
  action: string,
  refused: Refused | undefined,
): SectionForm {
  const { typed, errors = [], conflict } = refused?.section === section ? refused : {}
  return {
    action,
    version: (!conflict && typed?.version) || versionOf(section, adjustable(settings)),
    // Of what was typed nothing is filled in from elsewhere: a box that was not ticked is not in it.
    values: typed ? { ...blank[section], ...typed } : valuesOf[section](settings),
    errors,
    conflict: conflict ? { explanation: conflict.message, changes: conflict.changes } : null,
  }
}

const blank: Record<SectionName, Values> = {
  organizacion: { nombre: '', texto_logo: '', color: OWN_ACCENT, zona: '', formato: '' },
  tickets: { dias: '' },
  encuestas: { dias: '' },
  adjuntos: { tamano: '', cantidad: '' },
  ingreso: { bienvenida: '', ayuda: '' },
}

export const MEGABYTE = 1024 * 1024

const valuesOf: Record<SectionName, (settings: Settings) => Values> = {
  organizacion: ({ organizationName, logoAlt, accent, timeZone, locale }) => ({
    nombre: organizationName,
    texto_logo: logoAlt,
    color: accent ?? OWN_ACCENT,
    zona: timeZone ?? '',
    formato: locale,
  }),
  tickets: ({ reopenDays }) => ({ dias: String(reopenDays) }),
  encuestas: ({ surveyDays }) => ({ dias: String(surveyDays) }),
  adjuntos: ({ attachmentMaxBytes, attachmentMaxFiles, attachmentExtensions }) => ({
    tamano: String(Math.max(1, Math.round(attachmentMaxBytes / MEGABYTE))),
    cantidad: String(attachmentMaxFiles),
    ...Object.fromEntries(attachmentExtensions.map(extension => [`tipo_${extension}`, 'si'])),
  }),
  ingreso: ({ welcomeText, helpText, signUp }) => ({
    bienvenida: welcomeText,
    ayuda: helpText,
    ...(signUp && { registro: 'si' }),
  }),
}

const familiesOf = (values: Values) =>
  families.map(({ label, extensions }) => ({
    label,
    options: extensions.map(extension => ({
      name: `tipo_${extension}`,
      label: `.${extension}`,
      on: values[`tipo_${extension}`] === 'si',
    })),
  }))
