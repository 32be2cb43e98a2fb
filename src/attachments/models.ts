import { formatSize, listOf, plural } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import type { FileLimits } from '../web/uploads.ts'
import { thumbnailSize } from './images.ts'
import type { RefusedFile } from './inspect.ts'
import { familiesOf, iconOf } from './kinds.ts'
import { paths } from './paths.ts'
import type { AttachmentRow } from './queries.ts'

/** An attachment in a list of them. */
export interface AttachmentModel {
  name: string
  href: string
  /** "1,5 MB" */
  size: string
  icon: string
  /** Of an image; its measures in CSS pixels, so that nothing moves when it arrives. */
  thumbnail: { src: string; width: number; height: number } | null
}

/** The attachments of a ticket by the id of the entry on which they hang. */
export function attachmentsByEntry(rows: readonly AttachmentRow[], locale: string): Map<number, AttachmentModel[]> {
  const entries = new Map<number, AttachmentModel[]>()
  for (const row of rows) {
    entries.set(row.logEntryId, [...(entries.get(row.logEntryId) ?? []), attachmentModel(row, locale)])
  }
  // Pictures first: between them a line of text would leave a hole.
  for (const each of entries.values()) each.sort((one, other) => Number(!one.thumbnail) - Number(!other.thumbnail))
  return entries
}

function attachmentModel(row: AttachmentRow, locale: string): AttachmentModel {
  const { id, name, size, width, height, hasThumbnail } = row
  const measured = hasThumbnail && width !== null && height !== null
  return {
    name,
    href: paths.attachment(id, name),
    size: formatSize(size, locale),
    icon: iconOf(name),
    thumbnail: measured ? { src: paths.thumbnail(id), ...thumbnailSize({ width, height }) } : null,
  }
}

/** The field of a form that takes files. */
export interface FileField {
  name: string
  /** What is accepted, in a sentence. */
  help: string
  /** For the browser's file chooser: ".png,.pdf". */
  accept: string
  maxBytes: number
  maxFiles: number
  /** Said when a form comes back that had files: browsers do not keep them. */
  notice: string
}

/** The name of the field in every form that takes attachments. */
export const FILE_FIELD = 'adjuntos'

/** @param lost how many files came with the form that is shown again */
export function fileField({ maxBytes, maxFiles, extensions }: FileLimits, locale: string, lost = 0): FileField {
  return {
    name: FILE_FIELD,
    help: `Hasta ${plural(maxFiles, 'archivo', 'archivos', locale)} de ${formatSize(maxBytes, locale)}: ${listOf(familiesOf(extensions))}.`,
    accept: extensions.map(extension => `.${extension}`).join(','),
    maxBytes,
    maxFiles,
    notice: lost > 0 ? 'No se guardó ningún archivo: elíjalos de nuevo.' : '',
  }
}

/** The refusals as errors of the field. */
export const fileErrors = (refused: readonly RefusedFile[]): FieldError[] =>
  refused.map(({ reason }) => ({ field: FILE_FIELD, message: reason }))

/** The status of a page that shows a form again. */
export const statusOf = (refused: readonly RefusedFile[]): 413 | 422 =>
  refused.some(({ tooLarge }) => tooLarge) ? 413 : 422
