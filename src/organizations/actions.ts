import { type Actor, recordAudit } from '../audit/record.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, type Transaction, transaction } from '../platform/db.ts'
import { Forbidden, InvalidForm, NotFound } from '../web/errors.ts'
import { deletionVerdict } from './policy.ts'
import { getOrganization } from './queries.ts'

export interface ActionContext {
  db: Database
  clock: Clock
}

/** @returns its id @throws InvalidForm when there is one of this name, without regard to case and accents */
export function createOrganization({ db, clock }: ActionContext, actor: Actor, name: string): Promise<number> {
  return transaction(db, async tx => {
    await takeTurn(tx)
    await assertNameIsFree(tx, name, null)
    const { id } = await tx.organization.create({ data: { name }, select: { id: true } })
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
    await takeTurn(tx)
    const before = await getOrganization(tx, id)
    await assertNameIsFree(tx, name, id)
    if (before.name === name) return
    await tx.organization.update({ where: { id }, data: { name }, select: { id: true } })
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

/** Names are given in turn, so that of two alike the second is told at its field; the unique index would only refuse it. */
const takeTurn = (tx: Transaction) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('organizaciones'))`

async function assertNameIsFree(tx: Transaction, name: string, exceptId: number | null) {
  const [other] = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM organizations
    WHERE normalized_name(name) = normalized_name(${name}) AND id IS DISTINCT FROM ${exceptId}`
  if (other) throw new InvalidForm('nombre', `Ya existe la organización «${other.name}».`)
}
