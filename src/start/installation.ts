import type { Config } from '../config.ts'
import { issueCode } from '../installation/codes.ts'
import { firstVisit } from '../installation/pending.ts'
import type { Database } from '../platform/db.ts'
import { StartFailure } from '../platform/start-failure.ts'
import { holdsDemonstration } from './demonstration.ts'

type Mode = Pick<Config, 'demonstration' | 'databaseUrl'>

/**
 * Makes sure that a real installation has an Administrador or will get one.
 * @returns the code that opens the first visit, or null when that is over, or this is a demonstration
 * @throws StartFailure when the database is full of accounts whose password is known to everybody
 */
export async function prepareFirstVisit(db: Database, mode: Mode, now: Date): Promise<string | null> {
  if (mode.demonstration) return null
  if (await holdsDemonstration(db)) throw new StartFailure(complaint(mode))
  await db.pool.query(
    `UPDATE settings SET installed_at = $1
     WHERE installed_at IS NULL AND EXISTS (SELECT FROM users WHERE role = 'ADMINISTRADOR' AND active)`,
    [now],
  )
  return (await firstVisit(db, mode).isPending()) ? issueCode(db.prisma, now) : null
}

function complaint({ databaseUrl }: Mode): string {
  const where = databaseUrl ? 'DATABASE_URL' : 'DATA_DIR'
  const what = databaseUrl ? 'otra base de datos, vacía' : 'otra carpeta, vacía, o una base de datos en DATABASE_URL'
  return (
    'La base de datos contiene la demostración, con contraseñas que cualquiera conoce, y no puede usarse en una ' +
    `instalación real; indique en ${where} ${what}.`
  )
}
