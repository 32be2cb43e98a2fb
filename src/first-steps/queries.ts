import { z } from 'zod'
import type { Database } from '../platform/db.ts'

const progressRow = z.object({
  /** The name of an area that takes tickets: active, with a category to choose; null while there is none. */
  area: z.string().nullable(),
  /** The name of somebody who attends the tickets of an area; null while there is nobody. */
  attendant: z.string().nullable(),
  dismissed: z.boolean(),
})

/** How far an installation is. Nothing of it is noted: it is told from what is there. */
export type Progress = z.infer<typeof progressRow>

export async function readProgress({ pool }: Pick<Database, 'pool'>): Promise<Progress> {
  const { rows } = await pool.query(`SELECT first_steps_dismissed_at IS NOT NULL AS dismissed,
      (SELECT name FROM areas a WHERE active AND EXISTS (SELECT FROM categories c WHERE c.area_id = a.id AND c.active)
        ORDER BY id LIMIT 1) AS area,
      (SELECT u.name FROM users u WHERE u.active AND u.role IN ('SUPERVISOR', 'AGENTE') AND EXISTS
        (SELECT FROM area_members m JOIN areas a ON a.id = m.area_id WHERE m.user_id = u.id AND a.active)
        ORDER BY u.id LIMIT 1) AS attendant
    FROM settings`)
  return progressRow.parse(rows[0])
}
