import pg from 'pg'
import { SharedConnections } from './shared-connections.ts'

/** How many connections the quick reads of a process share, besides those of its pool. */
export const SHARED_CONNECTIONS = 3

/** A connection for each statement or transaction; quick reads share some more, which are opened when the first one is asked. */
export class Pool extends pg.Pool {
  readonly shared: SharedConnections

  constructor(options: pg.PoolConfig, shared: SharedConnections) {
    super(options)
    this.shared = shared
  }
}

/**
 * @param url PostgreSQL connection URL
 * @param connections most of them at the same time
 * @param patience milliseconds after which who waits for one is turned away
 */
export function connectionPool(url: string, connections: number, patience = 10_000): Pool {
  const settings = { connectionString: url, connectionTimeoutMillis: patience }
  const shared = new SharedConnections({ ...settings, query_timeout: patience }, SHARED_CONNECTIONS)
  const pool = new Pool({ ...settings, max: connections }, shared)
  // A connection that the server closes is replaced at the next query, and who was using it hears of it from what he asked;
  // without listeners it would end the process.
  pool.on('error', () => {}).on('connect', client => client.on('error', () => {}))
  return pool
}
