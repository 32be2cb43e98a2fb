import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { answer, keepAnswer, placesIn, publishVersion } from '../support/survey-answers.ts'

const application = await useApplication()
const { as, db } = application
const { red, techo } = placesIn(application)
const questions = [
  { kind: 'ESCALA' as const, text: '=1+1', mainScore: true },
  { kind: 'VARIAS' as const, text: '¿Qué le gustó?', options: ['El trato', '@La rapidez'] },
  { kind: 'SI_NO' as const, text: '¿Quedó resuelto?' },
  { kind: 'TEXTO' as const, text: '¿Algo más?' },
]
const answeredAt = new Date('2026-03-02T15:30:00Z')

const download = async (person: 'ana' | 'sara', path: string) => {
  const { body, headers } = await (await as(person)).get(path)
  return { headers, body, rows: parse(body, { bom: true, delimiter: ';' }) as string[][] }
}

it('holds every response that somebody sees, and nothing that a spreadsheet would run', async () => {
  const survey = await publishVersion(application, { mode: 'NOMINAL', questions })
  const said = [5, [0, 1], true, '=HYPERLINK("http://ejemplo.test";"x")']
  const { ticketNumber } = await answer(application, survey, { place: red, month: '2026-03', answeredAt, said })
  await answer(application, survey, { place: techo, month: '2026-03', answeredAt, said: [1, null, null, '; "\n'] })
  const path = `/encuestas/resultados/${survey.surveyId}/csv`
  const { headers, body, rows } = await download('sara', path)
  expect(headers['content-disposition']).toBe(`attachment; filename=encuesta-${survey.surveyId}-version-1.csv`)
  expect(body.startsWith('\ufeff')).toBe(true)
  const about = ['Contestada', 'Ticket', 'Área', 'Categoría', 'Tipo', 'Responsable', 'Solicitante']
  expect(rows).toEqual([
    [...about, "'=1+1", '¿Qué le gustó?', '¿Quedó resuelto?', '¿Algo más?'],
    [
      ...['2026-03-02 09:30:00', String(ticketNumber), 'Sistemas', 'Sin red', 'Problema', 'Luis Ibáñez', 'Elena Prado'],
      ...['5', 'El trato | @La rapidez', 'Sí', '\'=HYPERLINK("http://ejemplo.test";"x")'],
    ],
  ])
  expect((await download('ana', path)).rows).toHaveLength(3)
  expect((await download('ana', `${path}?tipo=requerimiento`)).rows).toHaveLength(1)
})

it('goes on beyond what is read at a time', async () => {
  const survey = await publishVersion(application, { mode: 'NOMINAL', questions })
  const { id } = await db.prisma.user.findFirstOrThrow({ where: { role: 'USUARIO' } })
  await db.pool.query(
    `WITH ticket AS (INSERT INTO tickets (area_id, category_id, priority, subject, description, requester_id, creator_id,
         created_at, last_activity_at)
       SELECT $1, $2, 'BAJA', 'A', 'A', $3, $3, now(), now() FROM generate_series(1, 2500) RETURNING number),
     invitation AS (INSERT INTO survey_invitations
         (version_id, ticket_number, person_id, area_id, category_id, kind, status, created_at, expires_at)
       SELECT $4, number, $3, $1, $2, 'PROBLEMA', 'CONTESTADA', now(), now() FROM ticket RETURNING id)
     INSERT INTO survey_responses (version_id, mode, area_id, category_id, kind, month, invitation_id, answered_at)
       SELECT $4, 'NOMINAL', $1, $2, 'PROBLEMA', '2026-03-01', id, $5 FROM invitation`,
    [red.areaId, red.categoryId, id, survey.versionId, answeredAt],
  )
  const { rows } = await download('ana', `/encuestas/resultados/${survey.surveyId}/csv`)
  expect(new Set(rows.map(([, ticket]) => ticket)).size).toBe(2501)
})

it('holds of anonymous answers what the page shows, and the texts without anything else', async () => {
  const survey = await publishVersion(application, { mode: 'ANONIMA', questions })
  for (const score of [1, 2, 3, 4, 5]) {
    await keepAnswer(application, survey, { place: red, month: '2026-02', said: [score, [0], false, `Texto ${score}`] })
  }
  const { rows } = await download('ana', `/encuestas/resultados/${survey.surveyId}/csv`)
  const texts = rows.filter(([question]) => question === '¿Algo más?')
  expect(rows.slice(0, 2)).toEqual([
    ['Pregunta', 'Respuesta', 'Cantidad'],
    ["'=1+1", '5', '1'],
  ])
  expect(rows).toContainEqual(['¿Qué le gustó?', 'El trato', '5'])
  expect(texts.map(([, text]) => text).sort()).toEqual([1, 2, 3, 4, 5].map(score => `Texto ${score}`))
})
