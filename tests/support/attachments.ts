import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { inspectFiles, keepFiles } from '../../src/attachments/keep.ts'
import type { LogVisibility } from '../../src/generated/prisma/enums.ts'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import type { ReceivedFile } from '../../src/web/uploads.ts'
import type { TestApplication } from './application.ts'
import type { Person } from './cast.ts'

type Context = Pick<TestApplication, 'db' | 'clock' | 'files' | 'incoming' | 'viewer'>

/** A picture of one colour. */
export const picture = (width = 40, height = 30, format: 'png' | 'jpeg' | 'gif' | 'webp' = 'png'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#0b5cb8' } })
    .toFormat(format)
    .toBuffer()

/** A file as if a form had just brought it. */
export async function received(
  { incoming }: Pick<Context, 'incoming'>,
  name: string,
  bytes: Buffer,
): Promise<ReceivedFile> {
  const path = join(incoming, randomUUID())
  await writeFile(path, bytes)
  return { name, path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), over: null }
}

/** Hangs a picture on a new entry of a ticket. @returns the id of the attachment */
export async function attachmentOf(
  context: Context,
  person: Person,
  number: number,
  {
    visibility = 'PUBLICA',
    name = 'foto.png',
    bytes,
  }: { visibility?: LogVisibility; name?: string; bytes?: Buffer } = {},
): Promise<number> {
  const file = await received(context, name, bytes ?? (await picture()))
  const { accepted } = await inspectFiles(context.db, [file])
  const files = await keepFiles(context, accepted)
  const entry = await addEntry(context, await context.viewer(person), number, { text: 'Va la foto', visibility, files })
  const { id } = await context.db.prisma.attachment.findFirstOrThrow({ where: { logEntryId: entry } })
  return id
}
