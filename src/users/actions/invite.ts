import { recordAudit } from '../../audit/record.ts'
import { sendAccountLinks } from '../../auth/account-mails.ts'
import { transaction } from '../../platform/db.ts'
import type { Population } from '../populations.ts'
import type { ActionContext, Doer } from './context.ts'
import { lockAccount } from './leaving.ts'

/**
 * Sends somebody a link for a password, his first or another one; earlier links stop working.
 * @returns the link, the only time that it is known
 */
export function invitePerson(
  { db, clock, links }: ActionContext,
  doer: Doer,
  { population, id }: { population: Population; id: number },
): Promise<string> {
  return transaction(db, async tx => {
    const now = clock.now()
    const { account } = await lockAccount(tx, doer.viewer, 'invitar', { population, id })
    const purpose = account.hasPassword ? 'RESTABLECIMIENTO' : 'INVITACION'
    const addressee = { id, name: account.name, email: account.email ?? '' }
    const [link = ''] = await sendAccountLinks(tx, links, purpose, [addressee], now)
    const subject = { type: 'usuario' as const, id, name: account.name }
    await recordAudit(tx, doer.actor, now, { kind: 'usuario.invitado', subject, changes: { purpose: [null, purpose] } })
    return link
  })
}
