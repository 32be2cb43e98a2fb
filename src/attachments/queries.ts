import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { type Database, glance, select } from '../platform/db.ts'
import { visibleSql, visibleTo, workOf } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import { NotFound } from '../web/errors.ts'

const fileRow = z.object({
  name: z.string(),
  /** pg gives a bigint as text. */
  size: z.coerce.number(),
  mediaType: z.string(),
  fileId: z.number(),
  sha256: z.string(),
  thumbnailId: z.number().nullable(),
  thumbnailSha256: z.string().nullable(),
})

/** An attachment as it is sent. */
export type AttachmentFile = z.infer<typeof fileRow>

/**
 * What hangs on an entry is as visible as the entry: its ticket has to be, and of an internal note only those who work on the
 * ticket know.
 * @throws NotFound when there is no such attachment for this person
 */
export async function getAttachment(db: Pick<Database, 'pool'>, viewer: Viewer, id: number): Promise<AttachmentFile> {
  const query = Prisma.sql`SELECT a.name, a.size, a.media_type AS "mediaType", f.id AS "fileId", f.sha256,
      m.id AS "thumbnailId", m.sha256 AS "thumbnailSha256"
    FROM attachments a
    JOIN log_entries e ON e.id = a.log_entry_id
    JOIN tickets t ON t.number = e.ticket_number
    JOIN stored_files f ON f.id = a.stored_file_id
    LEFT JOIN stored_files m ON m.id = a.thumbnail_file_id
    WHERE a.id = ${id} AND ${visibleSql(visibleTo(viewer))}
      AND (e.visibility = 'PUBLICA' OR ${visibleSql(workOf(viewer))})`
  const rows = await select(db, query)
  if (!rows[0]) throw new NotFound()
  return fileRow.parse(rows[0])
}

const attachmentRow = z.object({
  id: z.number(),
  logEntryId: z.number(),
  name: z.string(),
  size: z.coerce.number(),
  mediaType: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  hasThumbnail: z.boolean(),
})

/** An attachment as a page lists it. */
export type AttachmentRow = z.infer<typeof attachmentRow>

/**
 * Everything that hangs on the entries of a ticket, in the order in which it was sent. Whether the ticket is visible is decided
 * before.
 * @param internal whether what hangs on internal notes is included
 */
export async function listAttachments(
  db: Pick<Database, 'pool'>,
  number: number,
  { internal }: { internal: boolean },
): Promise<AttachmentRow[]> {
  const query = Prisma.sql`SELECT a.id, a.log_entry_id AS "logEntryId", a.name, a.size, a.media_type AS "mediaType",
      a.width, a.height, a.thumbnail_file_id IS NOT NULL AS "hasThumbnail"
    FROM log_entries e JOIN attachments a ON a.log_entry_id = e.id
    WHERE e.ticket_number = ${number} AND (${internal} OR e.visibility = 'PUBLICA')
    ORDER BY a.id`
  const rows = await glance(db, query)
  return z.array(attachmentRow).parse(rows)
}
