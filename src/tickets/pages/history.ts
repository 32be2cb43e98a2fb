import { type AttachmentModel, attachmentsByEntry } from '../../attachments/models.ts'
import { listAttachments } from '../../attachments/queries.ts'
import { listEntries } from '../detail.ts'
import type { Present } from '../models.ts'
import { type Timeline, timeline } from '../timeline.ts'
import type { TicketDependencies } from './dependencies.ts'

/** The bitácora, and what hangs on the ticket: on the entry with which it began. */
export async function history(
  { db }: TicketDependencies,
  number: number,
  audience: { internal: boolean },
  present: Present,
): Promise<{ timeline: Timeline; attachments: AttachmentModel[] }> {
  const [entries, rows] = await Promise.all([listEntries(db, number, audience), listAttachments(db, number, audience)])
  const hanging = attachmentsByEntry(rows, present.locale)
  const beginning = entries.find(({ kind }) => kind === 'CREACION')?.id ?? 0
  const attachments = hanging.get(beginning) ?? []
  hanging.delete(beginning)
  return { attachments, timeline: timeline(entries, hanging, present) }
}
