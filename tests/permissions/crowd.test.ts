import { expect, it } from 'vitest'
import { consequencesOf } from '../../src/permissions/consequences.ts'
import { sentencesOf } from '../../src/permissions/pages/consequence-texts.ts'
import { withOverrides } from '../../src/users/viewer.ts'
import { useApplication } from '../support/application.ts'

const { cast, clock, db, viewer } = await useApplication()
const { ids, areas, categories } = cast

// An area with more tickets than anybody counts, three of which wait for its supervisor.
await db.pool.query(
  `INSERT INTO tickets (area_id, category_id, status, assignee_id, requester_id, creator_id, priority, subject, description,
      created_at, last_activity_at, origin_system, origin_reference)
    SELECT $1, $2, 'ASIGNADO', CASE WHEN n <= 3 THEN $3::int ELSE $4::int END, $5, $5, 'MEDIA', 'A', 'B',
      now() - n * interval '1 minute', now(), 'prueba', n FROM generate_series(1, 1200) n`,
  [areas.sistemas, categories.red, ids.sara, ids.luis, ids.clara],
)

it('follows no count to its end, says so, and still counts to the last one what is the person’s own', async () => {
  const sara = await viewer('sara')
  const denied = ['tickets.ver_area', 'tickets.iniciar'].map(permission => ({
    permission,
    effect: 'DENEGAR' as const,
  }))
  const foresight = { db, sectionsFor: () => [], now: clock.now() }
  const texts = async (overrides: typeof denied) =>
    sentencesOf(await consequencesOf(foresight, sara, withOverrides(sara, overrides))).map(({ text }) => text)
  const all = await texts(denied)
  expect(all).toContain('Dejará de ver 1000+ tickets.')
  expect(all.find(text => text.includes('cancelar'))).toMatch(/^Ya no podrá cancelar \d{3}\+ tickets\.$/)
  expect(all).toContain('Ya no podrá iniciar 3 tickets.')
  expect(await texts(denied.slice(1))).toContain('Ya no podrá iniciar 3 tickets.')
})
