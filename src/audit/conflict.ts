import type { Transaction } from '../platform/db.ts'
import { Conflict } from '../web/errors.ts'
import { type AuditSubject, auditKinds } from './kinds.ts'

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
  const said = auditKinds[kind as keyof typeof auditKinds] ?? kind
  const details = Object.entries((changes ?? {}) as Record<string, [unknown, unknown]>)
    .map(([field, [before, after]]) => `${fieldLabels[field] ?? field}: ${spoken(before)} → ${spoken(after)}`)
    .join('; ')
  return [`${actor?.name ?? 'El sistema'}: ${said}`, details && `(${details})`].filter(Boolean).join(' ')
}

/** Spanish names of the fields of areas, categories and groups. */
const fieldLabels: Record<string, string> = {
  name: 'Nombre',
  area: 'Área',
  members: 'Personas',
  defaultPriority: 'Prioridad',
  defaultGroup: 'Grupo',
  audience: 'Visible para',
}

function spoken(value: unknown): string {
  if (value === null) return '—'
  return Array.isArray(value) ? value.join(', ') || '—' : String(value)
}
