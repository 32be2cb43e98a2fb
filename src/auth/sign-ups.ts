import { createHash, randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'

/** 256 bits. */
const BYTES = 32
const LIFETIME_HOURS = 24

/** @throws NotFound where clients cannot ask for an account by themselves */
export async function insistOnSignUp({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  const { signUp } = await prisma.settings.findUniqueOrThrow({ where: { id: 1 }, select: { signUp: true } })
  if (!signUp) throw new NotFound()
}

/**
 * Notes that somebody asks for an account, and forgets those who never came back.
 * @returns the token of his link: the only time that it is known
 */
export async function noteSignUp(
  tx: Transaction,
  { name, email }: { name: string; email: string },
  now: Date,
): Promise<string> {
  await tx.signUp.deleteMany({ where: { OR: [{ email }, { expiresAt: { lte: now } }] } })
  const token = randomBytes(BYTES).toString('base64url')
  const expiresAt = new Date(now.getTime() + LIFETIME_HOURS * 3600_000)
  await tx.signUp.create({ data: { tokenHash: hashOf(token), name, email, createdAt: now, expiresAt } })
  return token
}

/** @returns who asked, while the link works; else null */
export function findSignUp(tx: Pick<Transaction, 'signUp'>, token: string, now: Date) {
  return tx.signUp.findFirst({ where: { tokenHash: hashOf(token), expiresAt: { gt: now } } })
}

// As many random bits as a hash can hide need no slow one.
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
