import type { Verdict } from '../users/policy.ts'
import { plural } from '../web/format.ts'

/** Whether an organisation with so many people may be deleted: only while nobody belongs to it. */
export function deletionVerdict(people: number): Verdict {
  if (people === 0) return { allowed: true }
  const belong = plural(people, 'persona pertenece', 'personas pertenecen')
  return { allowed: false, reason: `No se puede eliminar porque ${belong} a ella.` }
}
