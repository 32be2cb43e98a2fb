import { hash, verify } from '@node-rs/argon2'

// Argon2id is the library's default algorithm; memory, passes and lanes as OWASP's Password Storage Cheat Sheet advises.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @returns the Argon2id hash in PHC format */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

let decoy: Promise<string> | undefined

/** Whether the password is the hash's. Without a hash it takes as long and says no, so that time tells nothing. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('ninguna cuenta tiene esta clave')
  const matches = await verify(passwordHash ?? (await decoy), password)
  return passwordHash !== null && matches
}
