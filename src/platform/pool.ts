import pg from 'pg'

/**
 * @param url PostgreSQL connection URL
 * @param connections most of them at the same time
 * @param patience milliseconds after which who waits for one is turned away
 */
export function connectionPool(url: string, connections: number, patience = 10_000): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: patience })
  // A connection that the server closes is replaced at the next query, and who was using it hears of it from what he asked;
  // without listeners it would end the process.
  pool.on('error', () => {}).on('connect', client => client.on('error', () => {}))
  return pool
}
