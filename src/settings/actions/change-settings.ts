import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, type Transaction, transaction } from '../../platform/db.ts'
import { Conflict, InvalidForm } from '../../web/errors.ts'
import { settingLabels, spokenSetting } from '../labels.ts'
import type { EncodedLogo } from '../logo.ts'
import { paths } from '../paths.ts'
import { type Adjustable, type SectionName, type SectionValues, sections, versionOf } from '../sections.ts'

/** The new values of a section. */
export interface Change<S extends SectionName> {
  section: S
  /** The version that the form was made from. */
  seen: string
  values: SectionValues<S>
  /** The picture that `logoHash` names, when it is a new one. */
  logo?: EncodedLogo | undefined
}

/**
 * Changes a section of the settings, for every process from its next request on.
 * @returns whether anything is different from before
 * @throws Conflict when somebody else changed the section since the form was made; InvalidForm when the database does not
 * know the time zone
 */
export async function changeSettings<S extends SectionName>(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  { section, seen, values, logo }: Change<S>,
): Promise<boolean> {
  return transaction(db, async tx => {
    const before = await lockSettings(tx)
    if (versionOf(section, before) !== seen) throw await conflictOf(tx, section, before, values)
    const after = { ...before, ...values }
    if (after.timeZone !== null && after.timeZone !== before.timeZone) await checkZone(tx, after.timeZone)
    const changes = changesBetween(valuesOf(section, before), valuesOf(section, after))
    if (Object.keys(changes).length === 0) return false
    if (logo) await tx.logo.upsert({ where: { hash: logo.hash }, create: logo, update: {}, select: { hash: true } })
    await tx.settings.update({ where: { id: 1 }, data: values, select: { id: true } })
    await tx.logo.deleteMany({ where: { settings: { none: {} } } })
    const subject = { type: 'ajustes' as const, id: null, name: 'Ajustes' }
    await recordAudit(tx, actor, clock.now(), { kind: 'ajustes.modificados', subject, changes })
    return true
  })
}

const columns = {
  organizationName: true,
  logoHash: true,
  logoAlt: true,
  accent: true,
  timeZone: true,
  locale: true,
  welcomeText: true,
  helpText: true,
  signUp: true,
  reopenDays: true,
  surveyDays: true,
  attachmentMaxBytes: true,
  attachmentMaxFiles: true,
  attachmentExtensions: true,
} as const satisfies Record<keyof Adjustable, true>

async function lockSettings(tx: Transaction): Promise<Adjustable> {
  await tx.$queryRaw`SELECT FROM settings WHERE id = 1 FOR UPDATE`
  return tx.settings.findUniqueOrThrow({ where: { id: 1 }, select: columns })
}

const valuesOf = (section: SectionName, settings: Adjustable) =>
  Object.fromEntries(sections[section].map(field => [field, settings[field]]))

async function conflictOf(tx: Transaction, section: SectionName, now: Adjustable, wanted: Partial<Adjustable>) {
  const [last] = await tx.$queryRaw<
    { name: string }[]
  >`SELECT u.name FROM audit_entries a JOIN users u ON u.id = a.actor_id
    WHERE a.kind = 'ajustes.modificados' AND a.changes ?| ${[...sections[section]]}::text[]
    ORDER BY a.at DESC, a.id DESC LIMIT 1`
  const differ = sections[section].filter(field => JSON.stringify(now[field]) !== JSON.stringify(wanted[field]))
  return new Conflict(
    `${last?.name ?? 'Otra persona'} cambió estos ajustes mientras usted los editaba. No se guardó nada de este envío.`,
    differ.map(field => `${settingLabels[field]}: ${spokenSetting(field, now[field])}`),
    paths.card(section),
  )
}

/** The database counts days by the zone, so it has to know it, too. */
async function checkZone(tx: Transaction, zone: string): Promise<void> {
  const [known] = await tx.$queryRaw<unknown[]>`SELECT FROM pg_timezone_names WHERE name = ${zone}`
  if (!known) throw new InvalidForm('zona', 'La base de datos no conoce esta zona. Elija otra de la lista.')
}
