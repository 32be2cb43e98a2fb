import { expect } from 'vitest'
import type { Database } from '../../src/platform/db.ts'

/** Until so many connections to this database wait for what another one holds. */
export async function untilWaiting({ pool }: Pick<Database, 'pool'>, count = 1): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  await expect.poll(async () => (await pool.query(waiting)).rowCount).toBe(count)
}
