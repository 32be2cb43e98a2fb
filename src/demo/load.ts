import type { Database } from '../platform/db.ts'
import { organizationName } from './content-people.ts'
import { createOrganization, endMemberships } from './organization.ts'
import { planEvents } from './plan.ts'
import { play } from './play.ts'
import { createSurveys } from './surveys.ts'

const DAY = 24 * 60 * 60 * 1000

/**
 * Fills a migrated database without any people with an organisation and the tickets of its last ninety days. Says so in
 * the settings as its very last step; a database in which that is missing was interrupted and has to be filled anew.
 * @param now the moment that everything leads up to; the same moment gives the same tickets
 */
export async function loadDemonstration(db: Database, now = new Date()): Promise<void> {
  const since = new Date(now.getTime() - 120 * DAY)
  const directory = await createOrganization(db, since)
  await createSurveys(db, directory, since)
  await play(db, directory, planEvents(now), now)
  await endMemberships(db)
  await db.prisma.settings.update({ where: { id: 1 }, data: { organizationName, demonstration: true } })
}
