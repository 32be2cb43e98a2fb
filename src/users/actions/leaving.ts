import type { Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Conflict, Forbidden } from '../../web/errors.ts'
import { type Account, getAccount, seenOf } from '../accounts.ts'
import { can, type Deed } from '../policy.ts'
import type { Population } from '../populations.ts'
import { takeTurn } from './turn.ts'

/**
 * Waits for the turn of a change and decides whether it may be made.
 * @param seen the state that the form was made from; undefined where any will do
 * @returns the account, and the viewer, as they are now
 * @throws NotFound, Conflict when somebody was first, Forbidden with the verdict's reason
 */
export async function lockAccount(
  tx: Transaction,
  waiting: Viewer,
  deed: Deed,
  { population, id, seen }: { population: Population; id: number; seen?: string },
): Promise<{ viewer: Viewer; account: Account }> {
  const viewer = await takeTurn(tx, waiting)
  const account = await getAccount(tx, population, id)
  const verdict = can(viewer, deed, account)
  if (!verdict.allowed) throw new Forbidden(verdict.reason)
  if (seen !== undefined && seen !== seenOf(account)) {
    throw new Conflict(`Alguien cambió los datos de ${account.name} después de que usted abrió esta página.`)
  }
  return { viewer, account }
}

/** What the bitácora of each ticket says that somebody leaves; its requester reads it too. */
export const handOverText = (name: string) => `${name} ya no atiende los tickets de esta área.`
