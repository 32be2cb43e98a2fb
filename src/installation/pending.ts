import type { Database } from '../platform/db.ts'

/** Tells whether the first visit is still to come. */
export interface FirstVisit {
  isPending(): Promise<boolean>
}

/** Real, without any Administrador who could let others in, and never installed before. */
const PENDING = {
  name: 'installation_pending',
  text: `SELECT FROM settings WHERE installed_at IS NULL AND NOT demonstration
    AND NOT EXISTS (SELECT FROM users WHERE role = 'ADMINISTRADOR' AND active)`,
}

/** Asked on every request until the installation is done, and then never again. */
export function firstVisit(db: Pick<Database, 'pool'>, { demonstration }: { demonstration: boolean }): FirstVisit {
  let over = demonstration
  return {
    async isPending() {
      if (over) return false
      over = (await db.pool.query(PENDING)).rowCount === 0
      return !over
    },
  }
}
