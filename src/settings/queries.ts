import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import type { FileLimits } from '../web/uploads.ts'

const logo = z.object({ hash: z.string(), width: z.number(), height: z.number() })

const settingsRow = z.object({
  organizationName: z.string(),
  demonstration: z.boolean(),
  /** Null while the organisation has none. */
  logo: logo.nullable(),
  logoAlt: z.string(),
  /** "#0b5cb8"; null is the application's own colour. */
  accent: z.string().nullable(),
  /** IANA; null is the one of the process. */
  timeZone: z.string().nullable(),
  locale: z.string(),
  welcomeText: z.string(),
  helpText: z.string(),
  signUp: z.boolean(),
  /** The days in which a requester may reopen what was finished. */
  reopenDays: z.number(),
  /** The days in which a survey can be answered. */
  surveyDays: z.number(),
  attachmentMaxBytes: z.number(),
  attachmentMaxFiles: z.number(),
  attachmentExtensions: z.array(z.string()),
  /** Installed, and nobody has put the first steps away. */
  firstSteps: z.boolean(),
})

/** What belongs to the whole installation. */
export type Settings = z.infer<typeof settingsRow>

/** Selects what {@link settingsOf} parses; read on every request, so that a change counts at once in every process. */
export const SETTINGS_SQL = `SELECT s.organization_name AS "organizationName", s.demonstration, s.logo_alt AS "logoAlt", s.accent,
      s.time_zone AS "timeZone", s.locale, s.welcome_text AS "welcomeText", s.help_text AS "helpText",
      s.sign_up AS "signUp", s.reopen_days AS "reopenDays", s.survey_days AS "surveyDays", s.attachment_max_bytes AS "attachmentMaxBytes",
      s.attachment_max_files AS "attachmentMaxFiles", s.attachment_extensions AS "attachmentExtensions",
      s.installed_at IS NOT NULL AND s.first_steps_dismissed_at IS NULL AS "firstSteps",
      CASE WHEN l.hash IS NOT NULL THEN json_build_object('hash', l.hash, 'width', l.width, 'height', l.height) END AS logo
    FROM settings s LEFT JOIN logos l ON l.hash = s.logo_hash`

export const settingsOf = (row: unknown): Settings => settingsRow.parse(row)

/** Which files may be attached. */
export const fileLimitsOf = (settings: Settings): FileLimits => ({
  maxBytes: settings.attachmentMaxBytes,
  maxFiles: settings.attachmentMaxFiles,
  extensions: settings.attachmentExtensions,
})

/** The settings as they are now. */
export async function readSettings({ pool }: Pick<Database, 'pool'>): Promise<Settings> {
  const { rows } = await pool.shared.query({ name: 'settings', text: SETTINGS_SQL })
  return settingsOf(rows[0])
}

const logoBytes = z.object({ bytes: z.instanceof(Uint8Array) })

/** The picture of the organisation by its hash; null when it has another one by now. */
export async function findLogo({ pool }: Pick<Database, 'pool'>, hash: string): Promise<Uint8Array | null> {
  const { rows } = await pool.query({
    name: 'logo',
    text: 'SELECT bytes FROM logos JOIN settings ON logo_hash = hash WHERE hash = $1',
    values: [hash],
  })
  return rows[0] ? logoBytes.parse(rows[0]).bytes : null
}
