import type { CategoryKind } from '../generated/prisma/enums.ts'
import { kinds } from './kinds.ts'

/** URLs of the categories slice, for problems and requirements; nothing else spells them. */
export function paths(kind: CategoryKind) {
  const { path } = kinds[kind]
  return {
    categories: path,
    newCategory: `${path}/nuevo`,
    category: (id: number) => `${path}/${id}`,
    archiving: (id: number) => `${path}/${id}/archivo`,
    restoration: (id: number) => `${path}/${id}/restauracion`,
    deletion: (id: number) => `${path}/${id}/eliminacion`,
  }
}
