import { type Actor, recordAudit } from '../../audit/record.ts'
import { transaction } from '../../platform/db.ts'
import { Conflict } from '../../web/errors.ts'
import { type Uses, usesOf } from '../queries.ts'
import { type CategoryContext, lockCategory, type Target } from './locked.ts'

const USED = 'Ya tiene tickets: se archiva, para que su historia se pueda leer.'

const SURVEYED = 'Hay una encuesta solo para él: aplíquela antes a otra cosa.'

/** Why a category cannot be deleted; '' when it can. */
export const keptBy = ({ byTickets, bySurvey }: Uses): string => (byTickets ? USED : bySurvey ? SURVEYED : '')

/** Nobody can choose an archived category; its tickets keep it. */
export const archiveCategory = (context: CategoryContext, actor: Actor, target: Target) =>
  setActive(context, actor, target, false)

export const restoreCategory = (context: CategoryContext, actor: Actor, target: Target) =>
  setActive(context, actor, target, true)

/** @returns the name @throws Conflict when it is so already */
async function setActive({ db, clock }: CategoryContext, actor: Actor, target: Target, active: boolean) {
  return transaction(db, async tx => {
    const { id, name, ...before } = await lockCategory(tx, target)
    if (before.active === active) throw new Conflict(active ? 'No está en el archivo.' : 'Ya está en el archivo.')
    await tx.category.update({ where: { id }, data: { active, version: { increment: 1 } }, select: { id: true } })
    const kind = active ? 'categoria.restaurada' : 'categoria.archivada'
    await recordAudit(tx, actor, clock.now(), { kind, subject: { type: 'categoria', id, name } })
    return name
  })
}

/** For a category that no ticket has or had, nor any survey. @returns the name @throws Conflict once it is used */
export async function deleteCategory({ db, clock }: CategoryContext, actor: Actor, target: Target): Promise<string> {
  return transaction(db, async tx => {
    const { id, name } = await lockCategory(tx, target)
    const kept = keptBy(await usesOf(tx, id))
    if (kept) throw new Conflict(kept)
    await tx.category.delete({ where: { id }, select: { id: true } })
    await recordAudit(tx, actor, clock.now(), { kind: 'categoria.eliminada', subject: { type: 'categoria', id, name } })
    return name
  })
}
