import { expect, it } from 'vitest'
import { useApplication } from '../tests/support/application.ts'
import type { Person } from '../tests/support/cast.ts'
import { fillOrganization, fillSurvey } from './survey-load.ts'

// The answers of the pages of results over HTTP, one after the other: SURVEY_RESPONSES of each mode, 200,000 unless said otherwise.

const responses = Number(process.env.SURVEY_RESPONSES ?? 200_000)
const LIMIT_IN_MS = 200
const ROUNDS = 15

const application = await useApplication()
const { as, db, clock, cast } = application
const started = performance.now()
// Four of five answer.
await fillOrganization(application, 2.5 * responses)
const surveys = {
  nominal: await fillSurvey(application, 'NOMINAL', { responses, half: 0 }),
  anónima: await fillSurvey(application, 'ANONIMA', { responses, half: 1 }),
}
await db.pool.query('VACUUM ANALYZE')
const { rows: sizes } = await db.pool.query(
  `SELECT (SELECT count(*)::int FROM survey_responses) AS responses, (SELECT count(*)::int FROM survey_answers) AS answers,
     (SELECT count(*)::int FROM survey_tallies) AS tallies, (SELECT count(*)::int FROM survey_invitation_tallies) AS invited`,
)
const { rows: areas } = await db.pool.query<{ id: number }>(
  "SELECT id FROM areas WHERE name LIKE 'Área %' ORDER BY id LIMIT 2",
)
for (const { id } of areas) {
  await db.prisma.areaMember.create({ data: { areaId: id, userId: cast.ids.sara } })
}
clock.advance({ days: 5 })
console.info(`Filled in ${Math.round((performance.now() - started) / 1000)} s:`, sizes[0])

const [area] = areas
const page = (survey: keyof typeof surveys) => `/encuestas/resultados/${surveys[survey].surveyId}`
const texts = (survey: keyof typeof surveys) => `${page(survey)}/textos/${surveys[survey].questions[6]?.id}`

const cases: [string, Person, string][] = [
  ['nominal, everything', 'ana', page('nominal')],
  ['nominal, one year', 'ana', `${page('nominal')}?desde=2025-01&hasta=2025-12`],
  ['nominal, one area', 'ana', `${page('nominal')}?area=${area?.id}&tipo=problema`],
  ['nominal, of a Supervisor', 'sara', page('nominal')],
  ['anonymous, everything', 'ana', page('anónima')],
  ['anonymous, of a Supervisor', 'sara', page('anónima')],
  ['texts, nominal', 'ana', texts('nominal')],
  ['texts, nominal, one area', 'ana', `${texts('nominal')}?area=${area?.id}`],
  ['texts, anonymous', 'ana', texts('anónima')],
  ['texts, anonymous, one area', 'ana', `${texts('anónima')}?area=${area?.id}`],
  ['low scores', 'ana', `${page('nominal')}/puntuaciones-bajas`],
  ['low scores of a Supervisor', 'sara', `${page('nominal')}/puntuaciones-bajas`],
  ['list', 'ana', '/encuestas/resultados'],
]

it.each(cases)('%s', async (name, person, path) => {
  const client = await as(person)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const { status } = await client.get(path)
    times.push(performance.now() - start)
    expect(status).toBe(200)
  }
  const sorted = times.sort((one, other) => one - other).map(Math.round)
  const median = sorted[Math.floor(ROUNDS / 2)] ?? 0
  console.info(`${name}: median ${median} ms, fastest ${sorted[0]} ms, slowest ${sorted.at(-1)} ms`)
  expect(median).toBeLessThan(LIMIT_IN_MS)
})
