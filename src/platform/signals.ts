import type { PoolClient } from 'pg'
import type { Logger } from 'pino'
import type { Database } from './db.ts'

const RETRY_MS = 5000

/**
 * Listens to what processes tell each other through PostgreSQL (NOTIFY), on a connection of its own.
 * @param heard called for each signal, and whenever listening begins (anew), for signals may have been missed before
 * @returns ends it
 */
export function listenTo(
  { pool }: Pick<Database, 'pool'>,
  log: Logger,
  channel: string,
  heard: () => void,
): () => void {
  let client: PoolClient | undefined
  let timer: NodeJS.Timeout | undefined
  let ended = false

  // Of a connection that breaks while it is being asked one hears twice.
  const lose = (lost: PoolClient | undefined, error: unknown) => {
    if (ended || client !== lost) return
    client = undefined
    lost?.release(true)
    log.warn({ err: error, channel }, 'not listening')
    timer = setTimeout(begin, RETRY_MS)
  }
  const begin = async () => {
    let connection: PoolClient | undefined
    try {
      connection = await pool.connect()
      if (ended) return connection.release(true)
      client = connection
      connection.on('notification', heard)
      connection.once('error', error => lose(connection, error))
      await connection.query(`LISTEN ${connection.escapeIdentifier(channel)}`)
      heard()
    } catch (error) {
      lose(connection, error)
    }
  }
  begin()
  return () => {
    ended = true
    clearTimeout(timer)
    client?.release(true)
    client = undefined
  }
}
