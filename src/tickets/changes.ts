import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { ImpedimentReason, LogEntryKind } from '../generated/prisma/enums.ts'
import type { Transaction } from '../platform/db.ts'
import { entryVerbs, impedimentReasonLabels } from './labels.ts'

/** Before and after of what an entry changed, by id. */
export interface Changes {
  status?: [string | null, string]
  assigneeId?: [number | null, number | null]
  assigneeGroupId?: [number | null, number | null]
  /** The reason of the impediment that began or ended. */
  impediment?: [ImpedimentReason | null, ImpedimentReason | null]
}

/** Who wrote an entry, to whom it gave the ticket and what impedes it, for `log_entries e`. */
export const entryNames = Prisma.sql`a.name AS author,
  (SELECT name FROM users WHERE id = (e.changes -> 'assigneeId' ->> 1)::int) AS assignee,
  (SELECT name FROM groups WHERE id = (e.changes -> 'assigneeGroupId' ->> 1)::int) AS "assigneeGroup", e.changes -> 'impediment' ->> 1 AS impediment`

export const entryNamesRow = z.object({
  kind: z.enum(LogEntryKind),
  author: z.string().nullable(),
  assignee: z.string().nullable(),
  assigneeGroup: z.string().nullable(),
  impediment: z.enum(ImpedimentReason).nullable(),
})

export type EntryNames = z.infer<typeof entryNamesRow>

/** What an entry says was done: "Ana Ruiz asignó el ticket a Redes". The author is told apart so that pages can set him off. */
export function deedOf(entry: EntryNames): string {
  if (entry.kind === 'INCIDENCIA' && entry.impediment) {
    return `${entryVerbs.INCIDENCIA}: ${impedimentReasonLabels[entry.impediment].toLowerCase()}`
  }
  if (entry.kind !== 'ASIGNACION') return entryVerbs[entry.kind]
  const owner = entry.assignee === entry.author ? 'sí' : (entry.assignee ?? entry.assigneeGroup)
  return owner === 'sí' ? 'se asignó el ticket' : `asignó el ticket a ${owner}`
}

/** Sentences for what changed in a ticket after the version that somebody saw, oldest first. */
export async function changesSince(tx: Transaction, number: number, version: number): Promise<string[]> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT e.kind, ${entryNames}
    FROM log_entries e LEFT JOIN users a ON a.id = e.author_id
    WHERE e.ticket_number = ${number} AND e.ticket_version > ${version} AND e.kind <> 'COMENTARIO'
    ORDER BY e.seq LIMIT 20`
  return z
    .array(entryNamesRow)
    .parse(rows)
    .map(entry => [entry.author, deedOf(entry)].filter(Boolean).join(' '))
}
