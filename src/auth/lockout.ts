import { createHash } from 'node:crypto'
import type { Database } from '../platform/db.ts'

// Failed sign-ins are counted in PostgreSQL before the password is looked at, so that many processes and parallel
// guesses share one count. Written here because rate-limiter-flexible has no growing penalty and keeps its own clock.

interface Limit {
  /** Failures that cost nothing. */
  free: number
}

// An address may stand for a whole office behind one router, so it has more room than an account.
const ACCOUNT: Limit = { free: 5 }
const ADDRESS: Limit = { free: 30 }
/** A first lock lasts a minute, each further failure doubles it, up to an hour. */
const FIRST_LOCK_SECONDS = 60
const LONGEST_LOCK_SECONDS = 3600
/** After this long without a failure the count starts anew. */
const FORGET_HOURS = 24

export interface Attempt {
  email: string
  address: string
}

/**
 * Counts an attempt against its account and its address, as failed until {@link forgive} says otherwise.
 * @returns the seconds to wait when either is locked, else 0
 */
export async function countAttempt(db: Pick<Database, 'pool'>, attempt: Attempt, now: Date): Promise<number> {
  const byAddress = await countAddress(db, attempt.address, now)
  if (byAddress > 0) return byAddress
  return count(db, accountKey(attempt), ACCOUNT, now)
}

/**
 * Counts an attempt of which only the address is known, as failed until {@link forgiveAddress} says otherwise.
 * @returns the seconds to wait when it is locked, else 0
 */
export const countAddress = (db: Pick<Database, 'pool'>, address: string, now: Date): Promise<number> =>
  count(db, addressKey(address), ADDRESS, now)

/** The attempt succeeded: the account starts anew, the address gets this one attempt back. */
export async function forgive(db: Pick<Database, 'pool'>, attempt: Attempt): Promise<void> {
  await db.pool.query('DELETE FROM sign_in_attempts WHERE key = $1', [accountKey(attempt)])
  await forgiveAddress(db, attempt.address)
}

/** Gives an address one attempt back. */
export async function forgiveAddress(db: Pick<Database, 'pool'>, address: string): Promise<void> {
  await db.pool.query(
    'UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), locked_until = NULL WHERE key = $1',
    [addressKey(address)],
  )
}

async function count(db: Pick<Database, 'pool'>, key: string, { free }: Limit, now: Date): Promise<number> {
  const counted = await db.pool.query(
    `INSERT INTO sign_in_attempts AS a (key, failures, last_failure_at) VALUES ($1, 1, $2)
     ON CONFLICT (key) DO UPDATE SET
       failures = CASE WHEN a.last_failure_at < $2::timestamptz - make_interval(hours => $3) THEN 1 ELSE a.failures + 1 END,
       last_failure_at = $2,
       locked_until = CASE WHEN a.last_failure_at >= $2::timestamptz - make_interval(hours => $3) AND a.failures + 1 >= $4
         THEN $2::timestamptz + make_interval(secs => least($5 * 2 ^ least(a.failures + 1 - $4, 20), $6)) END
     WHERE a.locked_until IS NULL OR a.locked_until <= $2
     RETURNING key`,
    [key, now, FORGET_HOURS, free, FIRST_LOCK_SECONDS, LONGEST_LOCK_SECONDS],
  )
  if (counted.rowCount === 1) return 0
  const { rows } = await db.pool.query<{ seconds: number }>(
    `SELECT greatest(1, ceil(extract(epoch FROM locked_until - $2::timestamptz)))::int AS seconds
     FROM sign_in_attempts WHERE key = $1`,
    [key, now],
  )
  return rows[0]?.seconds ?? 1
}

// Hashed, so that the table is no list of addresses and of mails that were tried.
const keyOf = (kind: string, value: string) => `${kind}:${createHash('sha256').update(value).digest('base64url')}`
const accountKey = ({ email }: Attempt) => keyOf('account', email)
const addressKey = (address: string) => keyOf('address', address)
