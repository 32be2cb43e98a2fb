import { recordAudit } from '../../audit/record.ts'
import { endSessions } from '../../auth/sessions.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { handOverTickets } from '../../tickets/actions/hand-over.ts'
import type { Destinations } from '../../tickets/hand-over.ts'
import type { Population } from '../populations.ts'
import type { ActionContext, Doer } from './context.ts'
import { handOverText, lockAccount } from './leaving.ts'
import { listEmptyGroups } from './memberships.ts'

export interface Deactivation {
  population: Population
  id: number
  seen: string
  /** Where his open tickets go. */
  destinations: Destinations
}

export interface Deactivated {
  name: string
  handedOver: number
  /** Groups that nobody active belongs to any more. */
  emptied: string[]
}

/**
 * Takes an account out of use and hands over the open tickets. Areas and groups stay, for whoever comes back.
 * @throws NotFound, Forbidden with the reason, Conflict when somebody was first, InvalidForm at the field
 */
export function deactivatePerson(
  { db, clock }: ActionContext,
  doer: Doer,
  deactivation: Deactivation,
): Promise<Deactivated> {
  const { population, destinations } = deactivation
  return transaction(db, async tx => {
    const now = clock.now()
    const { viewer, account } = await lockAccount(tx, doer.viewer, 'desactivar', deactivation)
    const handedOver = await handOverTickets(tx, viewer, {
      person: account,
      areaIds: null,
      destinations,
      text: handOverText(account.name),
      now,
    })
    await setActive(tx, account.id, false)
    await endSessions(tx, [account.id])
    await tx.accountLink.deleteMany({ where: { userId: account.id, usedAt: null } })
    const groups = await tx.groupMember.findMany({ where: { userId: account.id }, select: { groupId: true } })
    const ids = groups.map(({ groupId }) => groupId)
    await recordAudit(tx, doer.actor, now, {
      kind: population.audit.desactivado,
      subject: { type: 'usuario', id: account.id, name: account.name },
      changes: { active: [true, false], ...(handedOver > 0 && { handedOver: [null, handedOver] }) },
    })
    return { name: account.name, handedOver, emptied: await listEmptyGroups(tx, ids) }
  })
}

/** @returns the name of whoever is back */
export function reactivatePerson(
  { db, clock }: ActionContext,
  doer: Doer,
  { population, id }: { population: Population; id: number },
): Promise<string> {
  return transaction(db, async tx => {
    const { account } = await lockAccount(tx, doer.viewer, 'reactivar', { population, id })
    await setActive(tx, account.id, true)
    await recordAudit(tx, doer.actor, clock.now(), {
      kind: population.audit.reactivado,
      subject: { type: 'usuario', id: account.id, name: account.name },
      changes: { active: [false, true] },
    })
    return account.name
  })
}

const setActive = (tx: Transaction, id: number, active: boolean) =>
  tx.user.update({ where: { id }, data: { active }, select: { id: true } })
