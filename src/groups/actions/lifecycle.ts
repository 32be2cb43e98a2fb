import { type Actor, recordAudit } from '../../audit/record.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { countOpenTickets, spokenOpenTickets } from '../../tickets/open-tickets.ts'
import { Conflict } from '../../web/errors.ts'
import { listCategoriesOf } from '../queries.ts'
import { type GroupContext, lockGroup, type Target } from './locked.ts'

/** Why a group with open tickets stays. @param tickets as spoken by spokenOpenTickets */
export const keptBy = (tickets: string) => `Tiene ${tickets} a su cargo. Antes de archivarlo hay que reasignarlos.`

/**
 * Nothing can be assigned to an archived group any more, and no category proposes it.
 * @param told the categories of which the person was told that they lose the group
 * @returns the name
 * @throws Conflict while it owns open tickets, or when other categories lose it than he was told
 */
export async function archiveGroup(
  { db, clock }: GroupContext,
  actor: Actor,
  target: Target,
  told: readonly number[],
): Promise<string> {
  return transaction(db, async tx => {
    const { id, name, areaId, active } = await lockGroup(tx, target)
    if (!active) throw new Conflict('El grupo ya está archivado.')
    const open = await countOpenTickets(tx, { areaId, groupId: id })
    if (open) throw new Conflict(keptBy(spokenOpenTickets(open)))
    await leaveCategories(tx, actor, clock.now(), { id, name, told })
    await tx.group.update({ where: { id }, data: { active: false, version: { increment: 1 } }, select: { id: true } })
    await recordAudit(tx, actor, clock.now(), { kind: 'grupo.archivado', subject: { type: 'grupo', id, name } })
    return name
  })
}

async function leaveCategories(
  tx: Transaction,
  actor: Actor,
  now: Date,
  { id, name, told }: { id: number; name: string; told: readonly number[] },
) {
  const categories = await listCategoriesOf(tx, id)
  if (categories.map(category => category.id).join() !== [...told].join()) {
    throw new Conflict(
      'Cambió qué problemas y requerimientos tienen este grupo como predeterminado. Revise la lista antes de archivarlo.',
      categories.map(category => category.name),
    )
  }
  if (categories.length === 0) return
  await tx.category.updateMany({
    where: { defaultGroupId: id },
    data: { defaultGroupId: null, version: { increment: 1 } },
  })
  const lost = categories.map(category => ({
    kind: 'categoria.modificada' as const,
    subject: { type: 'categoria' as const, ...category },
    changes: { defaultGroup: [name, null] as [string, null] },
  }))
  await recordAudit(tx, actor, now, ...lost)
}

/** @returns the name */
export async function restoreGroup({ db, clock }: GroupContext, actor: Actor, target: Target): Promise<string> {
  return transaction(db, async tx => {
    const { id, name, active } = await lockGroup(tx, target)
    if (active) throw new Conflict('El grupo no está archivado.')
    await tx.group.update({ where: { id }, data: { active: true, version: { increment: 1 } }, select: { id: true } })
    await recordAudit(tx, actor, clock.now(), { kind: 'grupo.restaurado', subject: { type: 'grupo', id, name } })
    return name
  })
}
