import { createHash, randomBytes } from 'node:crypto'
import type { AccountLinkPurpose } from '../generated/prisma/enums.ts'
import type { Transaction } from '../platform/db.ts'

/** 256 bits. */
const BYTES = 32
const LIFETIME_HOURS: Record<AccountLinkPurpose, number> = { INVITACION: 72, RESTABLECIMIENTO: 2 }

/** Whom a link is for; his mail is part of it, for the link dies when the mail changes. */
interface Addressee {
  id: number
  email: string
}

/**
 * Makes links that let people set their passwords, and so takes back earlier ones of the same people.
 * @returns the tokens, in the order of the people: the only time that they are known
 */
export async function issueAccountLinks(
  tx: Transaction,
  purpose: AccountLinkPurpose,
  people: readonly Addressee[],
  now: Date,
): Promise<string[]> {
  await tx.accountLink.deleteMany({ where: { userId: { in: people.map(({ id }) => id) }, usedAt: null } })
  const tokens = people.map(() => randomBytes(BYTES).toString('base64url'))
  const expiresAt = new Date(now.getTime() + LIFETIME_HOURS[purpose] * 3600_000)
  await tx.accountLink.createMany({
    data: people.map(({ id, email }, index) => ({
      tokenHash: hashOf(tokens[index] ?? ''),
      userId: id,
      purpose,
      email,
      createdAt: now,
      expiresAt,
    })),
  })
  return tokens
}

/** @returns the link's person while it works: unused, in time, the mail unchanged, the person active; else null */
export async function findAccountLink(tx: Pick<Transaction, 'accountLink'>, token: string, now: Date) {
  const link = await tx.accountLink.findFirst({
    where: { tokenHash: hashOf(token), usedAt: null, expiresAt: { gt: now }, user: { active: true } },
    select: {
      tokenHash: true,
      purpose: true,
      email: true,
      user: { select: { id: true, name: true, email: true, organization: { select: { name: true } } } },
    },
  })
  return link && link.email === link.user.email ? link : null
}

/** Uses a link up, once. @returns whether it was this call that did */
export async function useAccountLink(tx: Transaction, tokenHash: string, now: Date): Promise<boolean> {
  const { count } = await tx.accountLink.updateMany({ where: { tokenHash, usedAt: null }, data: { usedAt: now } })
  return count === 1
}

// As many random bits as a hash can hide need no slow one.
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
