import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import { transaction } from '../../platform/db.ts'
import { InvalidForm } from '../../web/errors.ts'
import { withUniqueName } from '../../web/saving.ts'
import { type AreaContext, lockArea } from './locked.ts'

const TAKEN = 'Ya hay un área con este nombre, quizás archivada. Use otro.'

/** @returns the id @throws InvalidForm when the name is taken */
export async function createArea({ db, clock }: AreaContext, actor: Actor, name: string): Promise<number> {
  return transaction(db, async tx => {
    const { id } = await withUniqueName(tx.area.create({ data: { name }, select: { id: true } }), TAKEN)
    const subject = { type: 'area' as const, id, name }
    await recordAudit(tx, actor, clock.now(), { kind: 'area.creada', subject, changes: changesBetween(null, { name }) })
    return id
  })
}

/** @throws InvalidForm when the name is taken or the same, Conflict when the form is stale */
export async function renameArea(
  { db, clock }: AreaContext,
  actor: Actor,
  id: number,
  { version, name }: { version: number; name: string },
): Promise<void> {
  await transaction(db, async tx => {
    const before = await lockArea(tx, id, version)
    if (before.name === name) throw new InvalidForm('nombre', 'El área ya se llama así: no cambió nada.')
    const data = { name, version: { increment: 1 } }
    await withUniqueName(tx.area.update({ where: { id }, data, select: { id: true } }), TAKEN)
    const changes = changesBetween({ name: before.name }, { name })
    const subject = { type: 'area' as const, id, name }
    await recordAudit(tx, actor, clock.now(), { kind: 'area.modificada', subject, changes })
  })
}
