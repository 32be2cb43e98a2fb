import { recordAudit } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import { hashPassword } from '../password.ts'
import { findSignUp } from '../sign-ups.ts'

interface NewClient {
  token: string
  password: string
  /** Of whoever followed the link. */
  address: string
}

/**
 * Makes the account that somebody asked for, once.
 * @returns the client's id, or null when the link does not work any more or the mail has an account by now
 */
export async function createClient(
  { db, clock }: { db: Database; clock: Clock },
  { token, password, address }: NewClient,
): Promise<number | null> {
  const passwordHash = await hashPassword(password)
  const now = clock.now()
  return transaction(db, async tx => {
    const signUp = await findSignUp(tx, token, now)
    if (!signUp) return null
    const { tokenHash, name, email } = signUp
    if ((await tx.signUp.deleteMany({ where: { tokenHash } })).count === 0) return null
    const data = { name, email, passwordHash, role: 'USUARIO', kind: 'CLIENTE', createdAt: now } as const
    const [client] = await tx.user.createManyAndReturn({ data: [data], select: { id: true }, skipDuplicates: true })
    if (!client) return null
    const subject = { type: 'usuario' as const, id: client.id, name }
    const changes = { name: [null, name] as [null, string], email: [null, email] as [null, string] }
    await recordAudit(tx, { id: client.id, address }, now, { kind: 'cliente.creado', subject, changes })
    return client.id
  })
}
