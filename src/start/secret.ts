import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { errorCode, StartFailure } from '../platform/start-failure.ts'
import { writeOnce } from '../platform/write-once.ts'

/** What signs the sessions: the configured secret, or a random one that the data folder keeps for its owner's eyes. */
export function sessionSecret({
  sessionSecret,
  dataDirectory,
}: Pick<Config, 'sessionSecret' | 'dataDirectory'>): string {
  if (sessionSecret) return sessionSecret
  try {
    mkdirSync(dataDirectory, { recursive: true })
    return writeOnce(join(dataDirectory, 'session-secret'), randomBytes(32).toString('base64url'), 0o600)
  } catch (error) {
    throw new StartFailure(
      `No se puede guardar el secreto de las sesiones en ${dataDirectory} (${errorCode(error) ?? error}); ` +
        'dé permiso de escritura o indique SESSION_SECRET.',
    )
  }
}
