import type { Transaction } from '../platform/db.ts'
import { Conflict } from '../web/errors.ts'
import type { AuditSubject } from './kinds.ts'
import { type Changes, spokenChanges, spokenKind } from './words.ts'

/** No more sentences than this tell what others did. */
const MOST = 10

/** What a form was made from, and what is there now. */
interface Stale {
  type: AuditSubject
  id: number
  /** The version that the form has seen, and the present one; each change between them has its entry. */
  seen: number
  version: number
}

/** Tells whoever sends a form that is older than its row what others changed meanwhile, oldest first. */
export async function staleForm(tx: Transaction, { type, id, seen, version }: Stale): Promise<Conflict> {
  const entries = await tx.auditEntry.findMany({
    where: { subjectType: type, subjectId: id },
    select: { kind: true, changes: true, actor: { select: { name: true } } },
    orderBy: { id: 'desc' },
    take: Math.min(MOST, Math.max(0, version - seen)),
  })
  return new Conflict(
    'Otra persona guardó cambios después de que usted abrió esta página. No se guardó nada de este envío.',
    entries.reverse().map(sentenceOf),
  )
}

interface Entry {
  kind: string
  changes: unknown
  actor: { name: string } | null
}

function sentenceOf({ kind, changes, actor }: Entry): string {
  const said = spokenKind(kind)
  const details = spokenChanges(changes as Changes | null, new Map())
    .map(({ field, before, after }) => `${field}: ${before} → ${after}`)
    .join('; ')
  return [`${actor?.name ?? 'El sistema'}: ${said}`, details && `(${details})`].filter(Boolean).join(' ')
}
