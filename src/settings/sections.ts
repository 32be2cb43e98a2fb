import { createHash } from 'node:crypto'
import type { Settings } from './queries.ts'

/** What an Administrador can change; the logo by the hash of its bytes. */
export interface Adjustable
  extends Pick<
    Settings,
    | 'organizationName'
    | 'logoAlt'
    | 'accent'
    | 'timeZone'
    | 'locale'
    | 'welcomeText'
    | 'helpText'
    | 'signUp'
    | 'reopenDays'
    | 'surveyDays'
    | 'attachmentMaxBytes'
    | 'attachmentMaxFiles'
    | 'attachmentExtensions'
  > {
  logoHash: string | null
}

/** Settings that are changed together, each section by a form of its own. */
export const sections = {
  organizacion: ['organizationName', 'logoHash', 'logoAlt', 'accent', 'timeZone', 'locale'],
  tickets: ['reopenDays'],
  adjuntos: ['attachmentMaxBytes', 'attachmentMaxFiles', 'attachmentExtensions'],
  encuestas: ['surveyDays'],
  ingreso: ['welcomeText', 'helpText', 'signUp'],
} as const satisfies Record<string, readonly (keyof Adjustable)[]>

export type SectionName = keyof typeof sections

/** The values of a section. */
export type SectionValues<S extends SectionName> = Pick<Adjustable, (typeof sections)[S][number]>

/**
 * Tells two states of a section apart: a form carries the version that it was made from. What others change in another
 * section does not concern it.
 */
export function versionOf(section: SectionName, settings: Adjustable): string {
  const values = sections[section].map(field => settings[field])
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 16)
}

export const adjustable = ({ logo, ...settings }: Settings): Adjustable => ({
  ...settings,
  logoHash: logo?.hash ?? null,
})
