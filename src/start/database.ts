import { join } from 'node:path'
import type pg from 'pg'
import type { Config } from '../config.ts'
import { BACKGROUND_CONNECTIONS, CONNECTIONS, connect, type Database } from '../platform/db.ts'
import { migrate } from '../platform/migrate.ts'
import { SHARED_CONNECTIONS } from '../platform/pool.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/postgres.ts'
import { errorCode, StartFailure } from '../platform/start-failure.ts'

/** The configured database, migrated. */
export interface OpenDatabase {
  db: Database
  /** How other processes of this application connect to it. */
  url: string
  /** Spanish sentences for the operator. */
  notices: string[]
  /** Closes the connections, then leaves the embedded server, which its last user stops. */
  close(): Promise<void>
}

/** Opens the database of DATABASE_URL, or else the embedded one, and brings its tables up to date. */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDirectory'>): Promise<OpenDatabase> {
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDirectory)
  const url = config.databaseUrl ?? embedded?.url ?? ''
  const db = connect(url)
  const close = async () => {
    await db.close()
    await embedded?.stop()
  }
  try {
    await checkServer(db.pool)
    await migrate(db.pool)
    return { db, url, notices: embedded?.notice ? [embedded.notice] : [], close }
  } catch (error) {
    await close()
    throw error instanceof StartFailure ? error : new StartFailure(complaint(new URL(url), error), { cause: error })
  }
}

const OF_A_PROCESS = CONNECTIONS + SHARED_CONNECTIONS + BACKGROUND_CONNECTIONS
/** Of the first process itself, besides its pool: its part in the agreement and in the embedded server. */
const OF_THE_FIRST = 2

/** @throws StartFailure when the server lets in fewer connections than so many processes may want, beside this one */
export async function checkConnections({ pool }: Pick<Database, 'pool'>, processes: number): Promise<void> {
  const { rows } = await pool.query<{ most: number }>(
    "SELECT sum(setting::int * CASE name WHEN 'max_connections' THEN 1 ELSE -1 END)::int AS most FROM pg_settings " +
      "WHERE name IN ('max_connections', 'superuser_reserved_connections')",
  )
  const needed = processes * OF_A_PROCESS + CONNECTIONS + SHARED_CONNECTIONS + OF_THE_FIRST
  const most = rows[0]?.most ?? 0
  if (most >= needed) return
  throw new StartFailure(
    `WEB_CONCURRENCY=${processes} necesita ${needed} conexiones con la base de datos, que admite ${most}; indique ` +
      'menos procesos o aumente max_connections en PostgreSQL.',
  )
}

function startEmbedded(dataDirectory: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres') })
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; encoding: string }>(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding",
  )
  const [server] = rows
  if (server && server.version < 150_000) {
    throw new StartFailure('La base de datos de DATABASE_URL debe ser de PostgreSQL 15 o posterior.')
  }
  if (server && server.encoding !== 'UTF8') {
    throw new StartFailure(`La base de datos de DATABASE_URL debe tener la codificación UTF8, no ${server.encoding}.`)
  }
}

/** @param url of which the password is never shown */
function complaint(url: URL, error: unknown): string {
  const place = `${url.hostname}:${url.port || 5432}`
  const database = decodeURIComponent(url.pathname.slice(1))
  switch (errorCode(error)) {
    case '28P01':
    case '28000':
      return `La base de datos de ${place} no acepta el usuario o la contraseña de DATABASE_URL (usuario ${url.username}).`
    case '3D000':
      return `En ${place} no existe la base de datos ${database}; créela o corrija DATABASE_URL.`
    case '42501':
      return `El usuario ${url.username} no puede crear las tablas en la base de datos ${database}; hágalo su dueño.`
    default: {
      const reason = errorCode(error) ?? (error instanceof Error ? error.message : error)
      return `No se puede usar la base de datos de DATABASE_URL en ${place} (${reason}); compruebe que está en marcha.`
    }
  }
}
