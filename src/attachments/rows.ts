import type { Transaction } from '../platform/db.ts'
import type { KeptFile } from './keep.ts'

/** Hangs kept files on an entry that the same transaction has just written; the database refuses any other. */
export async function attachTo(tx: Transaction, logEntryId: number, files: readonly KeptFile[], createdAt: Date) {
  if (files.length === 0) return
  await tx.attachment.createMany({
    data: files.map(({ sha256: _, ...file }) => ({ ...file, logEntryId, createdAt })),
  })
}

/** What the entry itself says of its files, so that its hash vouches for them. */
export const filesChange = (files: readonly KeptFile[]): { files?: string[] } =>
  files.length > 0 ? { files: files.map(({ sha256 }) => sha256) } : {}
