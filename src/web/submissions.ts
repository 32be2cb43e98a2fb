/**
 * Twice is once. Every form that writes carries a random key, made when the page was (views/partials/_submission.ejs). What the
 * form asks for and the key become true in one transaction; sent again (a double click, the back button, a replay) it leads
 * to where the first one led. Of two at the same instant the second waits for the first one's commit.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { type Database, type Transaction, transaction } from '../platform/db.ts'
import type { Viewer } from './access.ts'
import { InvalidForm } from './errors.ts'

/** A form on its way: its key, and a digest of where it was sent and what it says. */
export interface Submission {
  key: string
  content: Uint8Array<ArrayBuffer>
}

/** The hidden field of the key. */
const FIELD = 'envio'

/** How long a key is remembered. */
const REMEMBERED_DAYS = 30

export const WITHOUT_KEY =
  'No pudimos comprobar que este envío no esté repetido. Revise lo que escribió y envíe otra vez.'

/**
 * Takes the key out of a body.
 * @param files what came with it, which belongs to what it says
 * @returns the other fields; null for a key that is missing or none of ours
 */
export function takeSubmission(
  path: string,
  body: unknown,
  files: readonly { name: string; sha256: string }[],
): { fields: Record<string, unknown>; submission: Submission | null } {
  const { [FIELD]: given, ...fields } = { ...(body as Record<string, unknown> | undefined) }
  const key = z.uuid().safeParse(given)
  if (!key.success) return { fields, submission: null }
  const content = createHash('sha256')
    .update(JSON.stringify([path, Object.entries(fields).sort(), files.map(({ name, sha256 }) => [name, sha256])]))
    .digest()
  return { fields, submission: { key: key.data, content: new Uint8Array(content) } }
}

interface Write {
  viewer: Viewer
  submission: Submission | null
}

/** Where a form led; `repeated` when nothing was done this time. */
export interface Outcome {
  path: string
  repeated: boolean
}

/**
 * Does what a form asks for, unless it was done already.
 * @param deps what the actions work with
 * @param write does it with the given dependencies, whose transaction the actions join, and tells where it leads
 * @throws InvalidForm when the form came without a key, or with the key of one that said something else
 */
export function once<D extends { db: Database; clock: Clock }>(
  deps: D,
  { viewer, submission }: Write,
  write: (deps: D) => Promise<string>,
): Promise<Outcome> {
  if (!submission) throw new InvalidForm('', WITHOUT_KEY)
  return transaction(deps.db, async tx => {
    const known = await claim(tx, viewer, submission, deps.clock.now())
    if (known !== null) return { path: known, repeated: true }
    const path = await write({ ...deps, db: { ...deps.db, joined: tx } })
    await tx.$executeRaw`UPDATE submissions SET result = ${path}
      WHERE user_id = ${viewer.id} AND key = ${submission.key}::uuid`
    return { path, repeated: false }
  })
}

/** Notes the key, which waits for whoever is noting the same. @returns where the form led before, or null if it is new */
async function claim(tx: Transaction, viewer: Viewer, { key, content }: Submission, now: Date): Promise<string | null> {
  const before = new Date(now.getTime() - REMEMBERED_DAYS * 24 * 60 * 60 * 1000)
  // Each new key takes a few forgotten ones away; those that somebody else is just taking are left to him.
  const noted = await tx.$executeRaw`WITH forgotten AS (DELETE FROM submissions WHERE (user_id, key) IN
      (SELECT user_id, key FROM submissions WHERE created_at < ${before} AND key <> ${key}::uuid
        ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO submissions (user_id, key, content, created_at) VALUES (${viewer.id}, ${key}::uuid, ${content}, ${now})
    ON CONFLICT DO NOTHING`
  if (noted === 1) return null
  const first = await tx.submission.findUniqueOrThrow({ where: { userId_key: { userId: viewer.id, key } } })
  if (!Buffer.from(first.content).equals(content)) throw new InvalidForm('', ALREADY_SENT)
  return first.result
}

const ALREADY_SENT =
  'Este formulario ya se había enviado con otro contenido, que quedó guardado. Si quiere guardar también esto, envíe otra vez.'
