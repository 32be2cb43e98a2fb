import { type Actor, recordAudit } from '../../audit/record.ts'
import { type LinkContext, sendAccountLinks } from '../../auth/account-mails.ts'
import { endSessions } from '../../auth/sessions.ts'
import type { Transaction } from '../../platform/db.ts'
import { roleAndKindOf } from '../../users/account-types.ts'
import { columnsOf, membershipsBetween } from '../../users/actions/described.ts'
import { changeMemberships, lockAreas } from '../../users/actions/memberships.ts'
import { populationOf } from '../../users/populations.ts'
import type { Decision } from './decide.ts'
import { readOrganizations } from './known.ts'

export interface WriteContext {
  actor: Actor
  now: Date
  /** What invitations need; null where nobody is invited. */
  links: LinkContext | null
}

/** Makes true what was decided about a batch, in a few statements. @returns how many organisations were missing */
export async function write(tx: Transaction, context: WriteContext, decisions: readonly Decision[]): Promise<number> {
  const missing = await addOrganizations(tx, decisions)
  const ids = await addPeople(tx, context, decisions)
  await changePeople(tx, decisions)
  await moveBetweenAreas(tx, context, decisions, ids)
  await recordAudit(tx, context.actor, context.now, ...eventsOf(decisions, ids))
  return missing
}

async function addOrganizations(tx: Transaction, decisions: readonly Decision[]): Promise<number> {
  const wanted = decisions.flatMap(({ after }) => (after.organization?.id === 0 ? [after.organization] : []))
  const names = wanted.map(({ name }) => name)
  const added = await tx.$executeRaw`INSERT INTO organizations (name)
    SELECT DISTINCT ON (normalized_name(w.name)) w.name FROM unnest(${names}::text[]) WITH ORDINALITY AS w(name, place)
    ORDER BY normalized_name(w.name), w.place ON CONFLICT DO NOTHING`
  const found = await readOrganizations(tx, names)
  for (const organization of wanted) organization.id = found.get(organization.name)?.id ?? 0
  return added
}

/** @returns the ids of all people of the batch, in the order of the decisions */
async function addPeople(tx: Transaction, { now, links }: WriteContext, decisions: readonly Decision[]) {
  const created = decisions.filter(({ account }) => account === null)
  const rows = await tx.user.createManyAndReturn({
    data: created.map(({ person, after }) => ({
      ...columnsOf(after),
      externalReference: person.reference,
      createdAt: now,
    })),
    select: { id: true, name: true, email: true },
  })
  if (links) {
    const people = rows.flatMap(({ id, name, email }) => (email === null ? [] : [{ id, name, email }]))
    await sendAccountLinks(tx, links, 'INVITACION', people, now)
  }
  const ids = new Map(created.map((decision, index) => [decision, rows[index]?.id ?? 0]))
  return decisions.map(decision => decision.account?.id ?? ids.get(decision) ?? 0)
}

async function changePeople(tx: Transaction, decisions: readonly Decision[]) {
  const changed = decisions.flatMap(({ account, after, person, changes }) =>
    account ? [{ id: account.id, ...columnsOf(after), reference: person.reference ?? account.reference, changes }] : [],
  )
  const column = <K extends keyof (typeof changed)[number]>(name: K) => changed.map(row => row[name])
  await tx.$executeRaw`UPDATE users u SET name = c.name, email = c.email, role = c.role, kind = c.kind,
      organization_id = c.organization, external_reference = c.reference
    FROM unnest(${column('id')}::int[], ${column('name')}::text[], ${column('email')}::text[], ${column('role')}::role[],
      ${column('kind')}::user_kind[], ${column('organizationId')}::int[], ${column('reference')}::text[])
      AS c(id, name, email, role, kind, organization, reference) WHERE u.id = c.id`
  const signedOut = changed.filter(({ changes }) => ['email', 'type', 'areas'].some(field => field in changes))
  await endSessions(
    tx,
    signedOut.map(({ id }) => id),
  )
}

async function moveBetweenAreas(
  tx: Transaction,
  { actor, now }: WriteContext,
  decisions: readonly Decision[],
  ids: readonly number[],
) {
  const all = decisions.map(({ before, after }, index) => membershipsBetween(ids[index] ?? 0, before, after))
  const [joined, left] = [all.flatMap(each => each.joined), all.flatMap(each => each.left)]
  await lockAreas(tx, [...joined, ...left])
  await changeMemberships(tx, actor, now, { joined, left })
}

function eventsOf(decisions: readonly Decision[], ids: readonly number[]) {
  return decisions.map(({ before, after, changes }, index) => {
    const { audit } = populationOf(roleAndKindOf((before ?? after).type))
    const subject = { type: 'usuario' as const, id: ids[index] ?? 0, name: after.name }
    return { kind: before ? audit.modificado : audit.creado, subject, changes }
  })
}
