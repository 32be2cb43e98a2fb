import { createHash } from 'node:crypto'
import type { Database } from '../platform/db.ts'
import { TooManyAttempts } from '../web/errors.ts'

// Failed sign-ins, and requests for links by mail, are counted in PostgreSQL before anything is
// looked at, so that many processes and parallel guesses share one count. Written here because rate-limiter-flexible has
// no growing penalty and keeps its own clock.

/** What is counted, each by itself: whoever asks for too many links can still sign in. */
type Door = 'sign-in' | 'link' | 'sign-up'

/** Attempts that cost nothing. An address may stand for a whole office, so it has more room than an account. */
const FREE: Record<Door, { account: number; address: number }> = {
  'sign-in': { account: 5, address: 30 },
  link: { account: 3, address: 20 },
  'sign-up': { account: 3, address: 20 },
}
/** A first lock lasts a minute, each further failure doubles it, up to an hour. */
const FIRST_LOCK_SECONDS = 60
const LONGEST_LOCK_SECONDS = 3600
/** After this long without a failure the count starts anew. */
const FORGET_HOURS = 24

export interface Attempt {
  email: string
  address: string
}

interface Counted {
  /** Seconds to wait while the account or the address is locked, else 0. */
  wait: number
  /** This attempt may be made; unless it is forgiven, the next one may not. */
  locks: boolean
}

/** Counts an attempt against its account and its address, as failed until {@link forgive} says otherwise. */
export async function countAttempt(
  db: Pick<Database, 'pool'>,
  attempt: Attempt,
  now: Date,
  door: Door = 'sign-in',
): Promise<Counted> {
  const byAddress = await count(db, addressKey(attempt.address, door), FREE[door].address, now)
  if (byAddress.wait > 0) return byAddress
  const byAccount = await count(db, accountKey(attempt, door), FREE[door].account, now)
  return { wait: byAccount.wait, locks: byAccount.locks || byAddress.locks }
}

/**
 * Counts an attempt of which only the address is known, as failed until {@link forgiveAddress} says otherwise.
 * @returns the seconds to wait when it is locked, else 0
 */
export const countAddress = async (db: Pick<Database, 'pool'>, address: string, now: Date): Promise<number> =>
  (await count(db, addressKey(address), FREE['sign-in'].address, now)).wait

/** The attempt succeeded: the account starts anew, the address gets this one attempt back. */
export async function forgive(db: Pick<Database, 'pool'>, attempt: Attempt): Promise<void> {
  await forgiveAccount(db, attempt)
  await forgiveAddress(db, attempt.address)
}

/** The account starts anew, locked or not: its person has proved who he is in another way. */
export async function forgiveAccount(db: Pick<Database, 'pool'>, { email }: Pick<Attempt, 'email'>): Promise<void> {
  await db.pool.query('DELETE FROM sign_in_attempts WHERE key = $1', [accountKey({ email })])
}

/** Gives an address one attempt back. */
export async function forgiveAddress(db: Pick<Database, 'pool'>, address: string): Promise<void> {
  await db.pool.query(
    'UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), locked_until = NULL WHERE key = $1',
    [addressKey(address)],
  )
}

/** @param seconds how long the lock lasts */
export function tooManyAttempts(seconds: number): TooManyAttempts {
  const minutes = Math.ceil(seconds / 60)
  const wait = minutes === 1 ? 'un minuto' : `${minutes} minutos`
  return new TooManyAttempts(`Espere ${wait} y vuelva a intentar.`, seconds)
}

async function count(db: Pick<Database, 'pool'>, key: string, free: number, now: Date): Promise<Counted> {
  const counted = await db.pool.query<{ locks: boolean }>(
    `INSERT INTO sign_in_attempts AS a (key, failures, last_failure_at) VALUES ($1, 1, $2)
     ON CONFLICT (key) DO UPDATE SET
       failures = CASE WHEN a.last_failure_at < $2::timestamptz - make_interval(hours => $3) THEN 1 ELSE a.failures + 1 END,
       last_failure_at = $2,
       locked_until = CASE WHEN a.last_failure_at >= $2::timestamptz - make_interval(hours => $3) AND a.failures + 1 >= $4
         THEN $2::timestamptz + make_interval(secs => least($5 * 2 ^ least(a.failures + 1 - $4, 20), $6)) END
     WHERE a.locked_until IS NULL OR a.locked_until <= $2
     RETURNING locked_until IS NOT NULL AS locks`,
    [key, now, FORGET_HOURS, free, FIRST_LOCK_SECONDS, LONGEST_LOCK_SECONDS],
  )
  if (counted.rows[0]) return { wait: 0, locks: counted.rows[0].locks }
  const { rows } = await db.pool.query<{ seconds: number }>(
    `SELECT greatest(1, ceil(extract(epoch FROM locked_until - $2::timestamptz)))::int AS seconds
     FROM sign_in_attempts WHERE key = $1`,
    [key, now],
  )
  return { wait: rows[0]?.seconds ?? 1, locks: false }
}

// Hashed, so that the table is no list of addresses and of mails that were tried.
const keyOf = (kind: string, value: string, door: Door) =>
  `${door === 'sign-in' ? '' : `${door} `}${kind}:${createHash('sha256').update(value).digest('base64url')}`
const accountKey = ({ email }: Pick<Attempt, 'email'>, door: Door = 'sign-in') => keyOf('account', email, door)
const addressKey = (address: string, door: Door = 'sign-in') => keyOf('address', address, door)
