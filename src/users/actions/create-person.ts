import { recordAudit } from '../../audit/record.ts'
import { sendAccountLinks } from '../../auth/account-mails.ts'
import { transaction } from '../../platform/db.ts'
import { Forbidden, InvalidForm } from '../../web/errors.ts'
import { roleAndKindOf } from '../account-types.ts'
import { typesFor } from '../policy.ts'
import { populationOf } from '../populations.ts'
import type { ActionContext, Doer, PersonInput } from './context.ts'
import { assertMailIsFree, changesOf, columnsOf, membershipsBetween, resolve } from './described.ts'
import { changeMemberships, lockAreas } from './memberships.ts'
import { takeTurn } from './turn.ts'

/**
 * Creates an account and invites the person.
 * @returns its id, and the link of the invitation: the only time that it is known
 * @throws InvalidForm when the mail is taken or a choice is not his to make
 */
export function createPerson(
  { db, clock, links }: ActionContext,
  { viewer, actor }: Doer,
  input: PersonInput & { email: string },
): Promise<{ id: number; link: string }> {
  return transaction(db, async tx => {
    const now = clock.now()
    const types = typesFor(await takeTurn(tx, viewer), null)
    if (types.length === 0) throw new Forbidden('Su cuenta ya no puede crear personas.')
    if (!types.includes(input.type)) throw new InvalidForm('rol', 'Elija un rol de la lista.')
    await assertMailIsFree(tx, input.email)
    const person = await resolve(tx, input, [])
    const { id } = await tx.user.create({ data: { ...columnsOf(person), createdAt: now }, select: { id: true } })
    const memberships = membershipsBetween(id, null, person)
    await lockAreas(tx, memberships.joined)
    await changeMemberships(tx, actor, now, memberships)
    const [link = ''] = await sendAccountLinks(
      tx,
      links,
      'INVITACION',
      [{ id, name: person.name, email: input.email }],
      now,
    )
    const subject = { type: 'usuario' as const, id, name: person.name }
    const { audit } = populationOf(roleAndKindOf(input.type))
    await recordAudit(
      tx,
      actor,
      now,
      { kind: audit.creado, subject, changes: changesOf(null, person) },
      { kind: 'usuario.invitado', subject },
    )
    return { id, link }
  })
}
