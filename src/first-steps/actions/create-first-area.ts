import { createArea } from '../../areas/actions/save.ts'
import type { Actor } from '../../audit/record.ts'
import { createCategories } from '../../categories/actions/save.ts'
import type { CategoryKind } from '../../generated/prisma/enums.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'

/** An area with what people may ask of it, by name. */
export interface FirstArea {
  name: string
  categories: Record<CategoryKind, readonly string[]>
}

/** An area that takes tickets from now on. @throws InvalidForm when the name is taken */
export async function createFirstArea(
  { db, clock }: { db: Database; clock: Clock },
  actor: Actor,
  { name, categories }: FirstArea,
): Promise<void> {
  await transaction(db, async tx => {
    const context = { db: { ...db, joined: tx }, clock }
    const id = await createArea(context, actor, name)
    await createCategories(context, actor, { id, name }, categories)
  })
}
