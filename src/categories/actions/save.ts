import { type Actor, changesBetween, recordAudit } from '../../audit/record.ts'
import { type Audience, CategoryKind, type Priority } from '../../generated/prisma/enums.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { priorityLabels } from '../../tickets/labels.ts'
import { InvalidForm } from '../../web/errors.ts'
import { withUniqueName } from '../../web/saving.ts'
import { audienceLabels } from '../labels.ts'
import { type Category, getCategory, usesOf } from '../queries.ts'
import { type CategoryContext, lockCategory, type Target } from './locked.ts'

/** What somebody decides about a category. */
export interface CategoryInput {
  name: string
  areaId: number
  defaultPriority: Priority
  defaultGroupId: number | null
  audience: Audience
}

const TAKEN = 'Esta área ya tiene uno con este nombre, quizás archivado. Use otro.'
export const STAYS = 'Ya tiene tickets: por eso su área no se puede cambiar.'

/** @returns the id @throws InvalidForm at the field that is wrong */
export async function createCategory(
  { db, clock }: CategoryContext,
  actor: Actor,
  kind: CategoryKind,
  input: CategoryInput,
): Promise<number> {
  return transaction(db, async tx => {
    await lockChoices(tx, input, null)
    const { id } = await withUniqueName(tx.category.create({ data: { kind, ...input }, select: { id: true } }), TAKEN)
    const changes = changesBetween(null, await spokenOf(tx, kind, id))
    const subject = { type: 'categoria' as const, id, name: input.name }
    await recordAudit(tx, actor, clock.now(), { kind: 'categoria.creada', subject, changes })
    return id
  })
}

/**
 * Several categories of one area at once, for everybody and of medium priority until somebody says otherwise.
 * @param names none twice within its kind
 */
export async function createCategories(
  { db, clock }: CategoryContext,
  actor: Actor,
  area: { id: number; name: string },
  names: Record<CategoryKind, readonly string[]>,
): Promise<void> {
  const wanted = Object.values(CategoryKind).flatMap(kind =>
    names[kind].map(name => ({ ...NEW, kind, name, areaId: area.id })),
  )
  await transaction(db, async tx => {
    const select = { id: true, name: true }
    const created = await withUniqueName(tx.category.createManyAndReturn({ data: wanted, select }), TAKEN)
    const events = created.map(({ id, name }) => ({
      kind: 'categoria.creada' as const,
      subject: { type: 'categoria' as const, id, name },
      changes: changesBetween(null, spoken({ ...NEW, name, area, defaultGroup: null })),
    }))
    await recordAudit(tx, actor, clock.now(), ...events)
  })
}

const NEW = { defaultPriority: 'MEDIA', audience: 'TODOS' } as const

/** @throws InvalidForm at the field that is wrong, Conflict when the form is stale */
export async function updateCategory(
  { db, clock }: CategoryContext,
  actor: Actor,
  target: Target,
  input: CategoryInput,
): Promise<void> {
  const { kind, id } = target
  await transaction(db, async tx => {
    const present = await getCategory(tx, kind, id)
    await lockChoices(tx, input, present.areaId)
    const { areaId } = await lockCategory(tx, target)
    if (areaId !== input.areaId && (await usesOf(tx, id)).byTickets) throw new InvalidForm('area', STAYS)
    const before = await spokenOf(tx, kind, id)
    const data = { ...input, version: { increment: 1 } }
    await withUniqueName(tx.category.update({ where: { id }, data, select: { id: true } }), TAKEN)
    const changes = changesBetween(before, await spokenOf(tx, kind, id))
    if (Object.keys(changes).length === 0) throw new InvalidForm('', 'No cambió nada.')
    const subject = { type: 'categoria' as const, id, name: input.name }
    await recordAudit(tx, actor, clock.now(), { kind: 'categoria.modificada', subject, changes })
  })
}

/**
 * Area and group must be in use, and stay so until the end of the transaction. They are locked before the category, as by whoever
 * archives a group.
 * @param present the area that a category may keep even if it is archived
 */
async function lockChoices(tx: Transaction, { areaId, defaultGroupId }: CategoryInput, present: number | null) {
  const areas = await tx.$queryRaw<{ active: boolean }[]>`SELECT active FROM areas WHERE id = ${areaId} FOR SHARE`
  if (!areas[0]?.active && areaId !== present) throw new InvalidForm('area', 'Elija el área de la lista.')
  if (defaultGroupId === null) return
  const groups = await tx.$queryRaw<unknown[]>`SELECT FROM groups
    WHERE id = ${defaultGroupId} AND area_id = ${areaId} AND active FOR SHARE`
  if (groups.length === 0) throw new InvalidForm('grupo', 'Elija un grupo activo de la misma área.')
}

/** A category as the audit tells it. */
const spokenOf = async (tx: Transaction, kind: CategoryKind, id: number) => spoken(await getCategory(tx, kind, id))

type Told = Pick<Category, 'name' | 'area' | 'defaultPriority' | 'defaultGroup' | 'audience'>

function spoken({ name, area, defaultPriority, defaultGroup, audience }: Told) {
  return {
    name,
    area: area.name,
    defaultPriority: priorityLabels[defaultPriority],
    defaultGroup: defaultGroup?.name ?? null,
    audience: audienceLabels[audience],
  }
}
