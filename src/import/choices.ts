import type { Choice, Mapping, Status } from './mapping.ts'
import { RowRefused } from './refused.ts'
import { excerpt, singleLine } from './subject.ts'

const longestName = 100

/** Reads an area, category, kind, priority or status; `key` is its name in the mapping. */
export function choiceField<T extends string>(choice: Choice<T>, key: string, indexOf: (column: string) => number) {
  const at = choice.column === undefined ? -1 : indexOf(choice.column)
  const values = new Map(Object.entries(choice.values ?? {}).map(([name, value]) => [comparable(name), value as T]))
  // Only names (area, category) may be open, and any text is a T there.
  const open = at !== -1 && (choice.values === undefined || choice.keepUnlisted === true)
  return (fields: readonly string[]): T => {
    const text = singleLine(fields[at] ?? '')
    const found = values.get(comparable(text)) ?? (open && text !== '' ? (text as T) : choice.default)
    if (found !== undefined && found.length <= longestName) return found
    if (found !== undefined) throw new RowRefused(`el nombre de «${key}» tiene más de ${longestName} caracteres`)
    if (text === '') throw new RowRefused(`la columna «${choice.column}» está vacía y «${key}» no tiene "default"`)
    throw new RowRefused(`el valor «${excerpt(text)}» de la columna «${choice.column}» no está en «${key}.values»`)
  }
}

/** Chooses the group that owns a ticket of an area and status; null when it needs none. */
export function ownerGroupField({ ownerGroups }: Mapping) {
  const byArea = new Map(Object.entries(ownerGroups?.byArea ?? {}).map(([area, group]) => [comparable(area), group]))
  return (area: string, status: Status): string | null => {
    if (status === 'REGISTRADO' || status === 'CANCELADO') return null
    const group = byArea.get(comparable(area)) ?? ownerGroups?.default ?? null
    if (group !== null || status === 'FINALIZADO') return group
    throw new RowRefused(`el área «${area}» no tiene grupo en «ownerGroups»`)
  }
}

/** Names of values are one without regard to case, accents and spacing. */
export function comparable(text: string): string {
  return singleLine(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
