import { type Actor, recordAudit } from '../audit/record.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, transaction } from '../platform/db.ts'
import { Forbidden, NotFound } from '../web/errors.ts'
import { withUniqueName } from '../web/saving.ts'
import { deletionVerdict } from './policy.ts'
import { getOrganization } from './queries.ts'

export interface ActionContext {
  db: Database
  clock: Clock
}

/** @returns its id @throws InvalidForm when there is one of this name, without regard to case and accents */
export function createOrganization({ db, clock }: ActionContext, actor: Actor, name: string): Promise<number> {
  return transaction(db, async tx => {
    const { id } = await withUniqueName(tx.organization.create({ data: { name }, select: { id: true } }), TAKEN)
    await recordAudit(tx, actor, clock.now(), {
      kind: 'organizacion.creada',
      subject: { type: 'organizacion', id, name },
      changes: { name: [null, name] },
    })
    return id
  })
}

/** @throws NotFound, InvalidForm when another one has this name */
export function renameOrganization(
  { db, clock }: ActionContext,
  actor: Actor,
  id: number,
  name: string,
): Promise<void> {
  return transaction(db, async tx => {
    const before = await getOrganization(tx, id)
    if (before.name === name) return
    await withUniqueName(tx.organization.update({ where: { id }, data: { name }, select: { id: true } }), TAKEN)
    await recordAudit(tx, actor, clock.now(), {
      kind: 'organizacion.modificada',
      subject: { type: 'organizacion', id, name },
      changes: { name: [before.name, name] },
    })
  })
}

/** @returns the name that it had @throws NotFound, Forbidden while somebody belongs to it */
export function deleteOrganization({ db, clock }: ActionContext, actor: Actor, id: number): Promise<string> {
  return transaction(db, async tx => {
    // Whoever puts somebody into it waits, and then does not find it any more.
    const locked = await tx.$queryRaw<unknown[]>`SELECT FROM organizations WHERE id = ${id} FOR UPDATE`
    if (locked.length === 0) throw new NotFound()
    const { name, people } = await getOrganization(tx, id)
    const verdict = deletionVerdict(people)
    if (!verdict.allowed) throw new Forbidden(verdict.reason)
    await tx.organization.delete({ where: { id }, select: { id: true } })
    await recordAudit(tx, actor, clock.now(), {
      kind: 'organizacion.eliminada',
      subject: { type: 'organizacion', id, name },
      changes: { name: [name, null] },
    })
    return name
  })
}

const TAKEN = 'Ya existe una organización con este nombre.'
