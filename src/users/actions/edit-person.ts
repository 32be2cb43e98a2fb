import { recordAudit } from '../../audit/record.ts'
import { endSessions } from '../../auth/sessions.ts'
import { transaction } from '../../platform/db.ts'
import { handOverTickets } from '../../tickets/actions/hand-over.ts'
import type { Destinations } from '../../tickets/hand-over.ts'
import type { Viewer } from '../../web/access.ts'
import { InvalidForm } from '../../web/errors.ts'
import { roleAndKindOf } from '../account-types.ts'
import type { Account } from '../accounts.ts'
import { mayChangeAreas, typesFor } from '../policy.ts'
import { type Population, populationOf } from '../populations.ts'
import type { ActionContext, Doer, PersonInput } from './context.ts'
import {
  assertMailIsFree,
  changesOf,
  columnsOf,
  type Described,
  describe,
  membershipsBetween,
  resolve,
} from './described.ts'
import { handOverText, lockAccount } from './leaving.ts'
import { changeMemberships, lockAreas } from './memberships.ts'

export interface Edit {
  population: Population
  id: number
  /** The state that the form was made from. */
  seen: string
  person: PersonInput
  /** Where the open tickets of areas that he leaves go. */
  destinations: Destinations
}

export interface Edited {
  /** The list that he is in now. */
  population: Population
  handedOver: number
  /** Groups that nobody belongs to any more. */
  emptied: string[]
  sessionsEnded: boolean
}

/**
 * Changes what is known of a person. What he leaves open in areas that he leaves is handed over in the same transaction.
 * @throws NotFound, Forbidden with the reason, Conflict when somebody was first, InvalidForm at the field
 */
export function editPerson({ db, clock }: ActionContext, doer: Doer, edit: Edit): Promise<Edited> {
  return transaction(db, async tx => {
    const now = clock.now()
    const { viewer, account } = await lockAccount(tx, doer.viewer, 'editar', edit)
    const before = describe(account)
    const after = await resolve(tx, edit.person, account.areas)
    assertMayChange(viewer, account, before, after)
    await assertMailIsFree(tx, after.email, account.id)
    const changes = changesOf(before, after)
    const { joined, left } = membershipsBetween(account.id, before, after)
    await lockAreas(tx, [...joined, ...left])
    const handedOver = await handOverTickets(tx, viewer, {
      person: account,
      areaIds: left.map(({ area }) => area.id),
      destinations: edit.destinations,
      text: handOverText(account.name),
      now,
    })
    const emptied = await changeMemberships(tx, doer.actor, now, { joined, left })
    await tx.user.update({ where: { id: account.id }, data: columnsOf(after), select: { id: true } })
    const sessionsEnded = ['email', 'type', 'areas'].some(field => field in changes)
    if (sessionsEnded) await endSessions(tx, [account.id], account.id === viewer.id ? doer.sessionId : undefined)
    if (Object.keys(changes).length > 0) {
      await recordAudit(tx, doer.actor, now, {
        kind: edit.population.audit.modificado,
        subject: { type: 'usuario', id: account.id, name: after.name },
        changes: { ...changes, ...(handedOver > 0 && { handedOver: [null, handedOver] }) },
      })
    }
    return { population: populationOf(roleAndKindOf(after.type)), handedOver, emptied, sessionsEnded }
  })
}

function assertMayChange(viewer: Viewer, account: Account, before: Described, after: Described) {
  if (!typesFor(viewer, account).includes(after.type)) {
    throw new InvalidForm('rol', 'Solo un Administrador cambia el rol de otras personas, y nadie el suyo.')
  }
  const ids = ({ areas }: Described) => areas.map(({ id }) => id).join()
  if (!mayChangeAreas(viewer, account) && ids(before) !== ids(after)) {
    throw new InvalidForm('areas', 'Nadie cambia sus propias áreas: pídaselo a un Administrador.')
  }
}
