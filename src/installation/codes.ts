import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../platform/db.ts'

/** 128 bits. */
const BYTES = 16
const LIFETIME_MS = 24 * 3600 * 1000

/**
 * Makes a code that opens the first visit, besides those of other processes; they stay valid, for nobody can tell whose
 * console the administrator looks at. Only its hash is kept.
 * @returns as it is to be shown, in groups: "1f3a-…"
 */
export async function issueCode(tx: Pick<Transaction, 'installationCode'>, now: Date): Promise<string> {
  const code = randomBytes(BYTES).toString('hex')
  await tx.installationCode.deleteMany({ where: { expiresAt: { lte: now } } })
  await tx.installationCode.create({
    data: { hash: hashOf(code), expiresAt: new Date(now.getTime() + LIFETIME_MS) },
  })
  return code.match(/.{4}/g)?.join('-') ?? code
}

/** @param typed with or without the hyphens, in any case */
export async function isValidCode(
  tx: Pick<Transaction, 'installationCode'>,
  typed: string,
  now: Date,
): Promise<boolean> {
  const where = { hash: hashOf(typed.toLowerCase().replace(/[^0-9a-z]/g, '')), expiresAt: { gt: now } }
  return (await tx.installationCode.count({ where })) === 1
}

// As many random bits as a hash can hide need no slow one.
const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url')
