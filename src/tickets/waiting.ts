import { Prisma } from '../generated/prisma/client.ts'
import type { Database } from '../platform/db.ts'
import type { Viewer } from '../web/access.ts'
import { countEach } from './queries.ts'
import { assignedTo, inChargeOf, supervisedBy } from './visibility.ts'

const registered = Prisma.sql`t.status = 'REGISTRADO'`
const attended = Prisma.sql`t.status IN ('ASIGNADO', 'EN_PROCESO')`
const impeded = Prisma.sql`t.impeded_at IS NOT NULL`

/** How many tickets wait for a person, each count up to `limit` + 1; what he may not open counts 0. */
export function countWaiting(db: Pick<Database, 'pool'>, viewer: Viewer, limit: number) {
  const supervised = supervisedBy(viewer)
  const attends = viewer.permissions.has('tickets.ver_asignados')
  return countEach(
    db,
    {
      registered: { clauses: supervised, condition: registered },
      assigned: { clauses: attends ? assignedTo(viewer) : [], condition: attended },
      impeded: { clauses: attends ? inChargeOf(viewer) : [], condition: impeded },
    },
    limit,
  )
}
