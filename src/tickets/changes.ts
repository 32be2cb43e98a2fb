import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { ImpedimentReason, LogEntryKind, Priority } from '../generated/prisma/enums.ts'
import type { Transaction } from '../platform/db.ts'
import { entryVerbs, impedimentReasonLabels, priorityLabels } from './labels.ts'

/** Before and after of what an entry changed, by id. */
export interface Changes {
  status?: [string | null, string]
  assigneeId?: [number | null, number | null]
  assigneeGroupId?: [number | null, number | null]
  /** The SHA-256 of each file that was attached. */
  files?: string[]
  /** Of a ticket that somebody registered for somebody else. */
  requesterId?: [null, number]
  areaId?: [number, number]
  categoryId?: [number, number]
  priority?: [Priority, Priority]
  subject?: [string, string]
  /** The reason of the impediment that began or ended. */
  impediment?: [ImpedimentReason | null, ImpedimentReason | null]
}

const nameIn = (table: Prisma.Sql, field: string, place: 0 | 1) =>
  Prisma.sql`(SELECT name FROM ${table} WHERE id = (e.changes -> ${field}::text ->> ${place}::int)::int)`

const [areas, categories] = [Prisma.sql`areas`, Prisma.sql`categories`]

/** Who wrote an entry, to whom it gave the ticket, for whom it was registered, what impedes it, what was reclassified, for `log_entries e`. */
export const entryNames = Prisma.sql`a.name AS author,
  (SELECT name FROM users WHERE id = (e.changes -> 'assigneeId' ->> 1)::int) AS assignee,
  (SELECT name FROM groups WHERE id = (e.changes -> 'assigneeGroupId' ->> 1)::int) AS "assigneeGroup",
  (SELECT name FROM users WHERE id = (e.changes -> 'requesterId' ->> 1)::int) AS "onBehalfOf",
  e.changes -> 'impediment' ->> 1 AS impediment,
  CASE WHEN e.kind = 'RECLASIFICACION' THEN e.changes || jsonb_build_object(
    'area', jsonb_build_array(${nameIn(areas, 'areaId', 0)}, ${nameIn(areas, 'areaId', 1)}),
    'category', jsonb_build_array(${nameIn(categories, 'categoryId', 0)}, ${nameIn(categories, 'categoryId', 1)})
  ) END AS reclassified`

const beforeAfter = z.tuple([z.string(), z.string()])
/** Both null where nothing changed. */
const names = z.tuple([z.string().nullable(), z.string().nullable()])

/** What {@link entryNames} selects. */
export const entryNamesRow = z.object({
  kind: z.enum(LogEntryKind),
  author: z.string().nullable(),
  assignee: z.string().nullable(),
  assigneeGroup: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  impediment: z.enum(ImpedimentReason).nullable(),
  reclassified: z
    .object({
      area: names,
      category: names,
      priority: z.tuple([z.enum(Priority), z.enum(Priority)]).optional(),
      subject: beforeAfter.optional(),
    })
    .nullable(),
})

export type EntryNames = z.infer<typeof entryNamesRow>

/** What an entry says was done: "Ana Ruiz asignó el ticket a Redes". The author is told apart so that pages can set him off. */
export function deedOf(entry: EntryNames): string {
  if (entry.onBehalfOf !== null) return `${entryVerbs[entry.kind]} en nombre de ${entry.onBehalfOf}`
  if (entry.kind === 'INCIDENCIA' && entry.impediment) {
    return `${entryVerbs.INCIDENCIA}: ${impedimentReasonLabels[entry.impediment].toLowerCase()}`
  }
  if (entry.kind !== 'ASIGNACION') return entryVerbs[entry.kind]
  const owner = entry.assignee === entry.author ? 'sí' : (entry.assignee ?? entry.assigneeGroup)
  return owner === 'sí' ? 'se asignó el ticket' : `asignó el ticket a ${owner}`
}

/** "Área: Sistemas → Compras", for each thing that an entry reclassified. */
export function changedOf({ reclassified }: Pick<EntryNames, 'reclassified'>): string[] {
  if (!reclassified) return []
  const { area, category, priority, subject } = reclassified
  const changed: [string, (string | null)[] | undefined][] = [
    ['Área', area],
    ['Categoría', category],
    ['Prioridad', priority?.map(code => priorityLabels[code])],
    ['Asunto', subject],
  ]
  return changed.flatMap(([label, values]) => (values?.[0] ? [`${label}: ${values.join(' → ')}`] : []))
}

/** Sentences for what changed in a ticket after the version that somebody saw, oldest first. */
export async function changesSince(tx: Transaction, number: number, version: number): Promise<string[]> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT e.kind, ${entryNames}
    FROM log_entries e LEFT JOIN users a ON a.id = e.author_id
    WHERE e.ticket_number = ${number} AND e.ticket_version > ${version} AND e.kind <> 'COMENTARIO'
    ORDER BY e.seq LIMIT 20`
  return z.array(entryNamesRow).parse(rows).map(sentenceOf)
}

function sentenceOf(entry: EntryNames): string {
  const changed = changedOf(entry)
  const more = changed.length > 0 ? `(${changed.join('; ')})` : ''
  return [entry.author, deedOf(entry), more].filter(Boolean).join(' ')
}
