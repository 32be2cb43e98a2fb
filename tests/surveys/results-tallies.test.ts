import { expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { answer, invite, keepAnswer, placesIn, publishVersion } from '../support/survey-answers.ts'

// What triggers count is what there is.

const application = await useApplication()
const { db, clock } = application
const { red, equipo, techo } = placesIn(application)

const questions = [
  { kind: 'ESCALA' as const, text: '¿Qué tal?', mainScore: true },
  { kind: 'VARIAS' as const, text: '¿Qué le gustó?', options: ['El trato', 'La rapidez', 'El resultado'] },
  { kind: 'SI_NO' as const, text: '¿Quedó resuelto?' },
  { kind: 'TEXTO' as const, text: '¿Algo más?' },
]

const COUNTED = `
  SELECT version_id, whose.agent_id, question_id, answer, month, area_id, category_id, kind, count(DISTINCT id)::int AS count
  FROM (
    SELECT r.*, NULL::int AS question_id, NULL::int AS answer FROM survey_responses r
    UNION ALL SELECT r.*, a.question_id, NULL FROM survey_responses r JOIN survey_answers a ON a.response_id = r.id
    UNION ALL SELECT r.*, a.question_id, coalesce(a.option_id, a.scale, a.yes::int)
      FROM survey_responses r JOIN survey_answers a ON a.response_id = r.id WHERE a.text IS NULL
  ) given CROSS JOIN LATERAL (SELECT NULL::int UNION SELECT given.agent_id) whose (agent_id)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`
const TALLIED = `SELECT * FROM survey_tallies UNION ALL
  SELECT version_id, NULL, nullif(split_part(key, ':', 1), '0')::int, nullif(split_part(key, ':', 2), '')::int,
    month, area_id, category_id, kind, value::int FROM survey_anonymous_tallies CROSS JOIN jsonb_each_text(counts)`
const INVITED = `
  SELECT version_id, agent_id, survey_slot(created_at) AS slot, area_id, category_id, i.kind,
    count(*) FILTER (WHERE status <> 'CANCELADA')::int AS invited,
    count(*) FILTER (WHERE status = 'CONTESTADA' AND mode <> 'ANONIMA')::int AS answered
  FROM survey_invitations i JOIN survey_versions v ON v.id = version_id GROUP BY 1, 2, 3, 4, 5, 6`

/** Rows that are in one of the two only. */
const differences = async (one: string, other: string) =>
  (await db.pool.query(`((${one}) EXCEPT (${other})) UNION ALL ((${other}) EXCEPT (${one}))`)).rows

const nominal = await publishVersion(application, { mode: 'NOMINAL', questions })
const anonymous = await publishVersion(application, { mode: 'ANONIMA', questions })

it('counts responses, answers and invitations as they are', async () => {
  const at = (day: string) => new Date(`2026-${day}T12:00:00Z`)
  await answer(application, nominal, {
    place: red,
    month: '2026-03',
    answeredAt: at('03-02'),
    said: [5, [0, 2], true, 'Sí.'],
  })
  await answer(application, nominal, {
    place: red,
    month: '2026-03',
    answeredAt: at('03-02'),
    said: [5, [0], null, null],
  })
  await answer(application, nominal, {
    ...{ place: techo, agent: 'mario', month: '2026-04', answeredAt: at('04-01'), said: [1, null, false, null] },
  })
  await answer(application, nominal, {
    place: equipo,
    agent: null,
    month: '2026-04',
    answeredAt: at('04-01'),
    said: [],
  })
  await keepAnswer(application, anonymous, { place: equipo, month: '2026-04', said: [3, [1], null, 'Bien.'] })
  const { id } = await invite(application, anonymous.versionId, { place: techo })
  const { id: cancelled } = await invite(application, nominal.versionId, { place: red })
  await db.prisma.surveyInvitation.update({ where: { id }, data: { status: 'CONTESTADA' } })
  await db.prisma.surveyInvitation.update({ where: { id: cancelled }, data: { status: 'CANCELADA' } })
  expect(await differences(COUNTED, TALLIED)).toEqual([])
  expect(await differences(INVITED, 'SELECT * FROM survey_invitation_tallies')).toEqual([])
  expect((await db.pool.query(COUNTED)).rowCount).toBeGreaterThan(30)
})

it('counts a question once when its choices come one by one', async () => {
  await keepAnswer(application, anonymous, { place: techo, month: '2026-05', said: [] })
  const [response] = await db.prisma.surveyResponse.findMany({ where: { month: new Date('2026-05-01') } })
  const { id: questionId = 0, options = [] } = anonymous.questions[1] ?? {}
  for (const optionId of options) {
    const data = { responseId: response?.id ?? '', questionId, versionId: anonymous.versionId, optionId }
    await db.prisma.surveyAnswer.create({ data })
  }
  expect(await differences(COUNTED, TALLIED)).toEqual([])
})

it('loses nothing when many answer at once', async () => {
  const answers = Array.from({ length: 20 }, (_, index) =>
    keepAnswer(application, anonymous, {
      place: red,
      month: '2026-06',
      said: [1 + (index % 5), [index % 3], true, null],
    }),
  )
  await Promise.all(answers)
  expect(await differences(COUNTED, TALLIED)).toEqual([])
})

it('leaves no mark of whoever answers an anonymous survey', async () => {
  const { id } = await invite(application, anonymous.versionId, { place: red, invitedAt: clock.now() })
  const marks = () =>
    db.pool.query(
      'SELECT xmin::text, * FROM survey_invitation_tallies ORDER BY version_id, agent_id, slot, category_id',
    )
  const { rows: before } = await marks()
  await db.prisma.surveyInvitation.update({ where: { id }, data: { status: 'CONTESTADA' } })
  expect((await marks()).rows).toEqual(before)
})

it.each(['America/Mexico_City', 'Asia/Kolkata', 'Pacific/Chatham', 'Pacific/Kiritimati', 'UTC'])(
  'keeps the month in which somebody was asked, in %s',
  async zone => {
    const { rows } = await db.pool.query(
      `SELECT moment FROM generate_series('2026-01-30'::timestamptz, '2026-05-02', '7 minutes') moment
       WHERE date_trunc('month', moment AT TIME ZONE $1) <> date_trunc('month', survey_slot(moment) AT TIME ZONE $1)`,
      [zone],
    )
    expect(rows).toEqual([])
  },
)
