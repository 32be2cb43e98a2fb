import { describe, expect, it } from 'vitest'
import { sqlStateOf } from '../../src/web/sql-state.ts'
import { useApplication } from '../support/application.ts'
import { useScene } from './scene.ts'

const application = await useApplication()
const { as, cast, db } = application
const { finishedTicket, formFor, invitationOf, makeSurvey, aim, deactivate } = useScene(application)

const survey = await makeSurvey()
const ticket = await finishedTicket()
const invitation = await invitationOf(ticket)
await (await as('clara')).post(`/encuestas/${invitation.id}`, await formFor(invitation.versionId))
const draft = await makeSurvey({ until: 'borrador', scope: `categoria:${cast.categories.techo}` })

/** The SQLSTATE of a statement, or 'done'. */
const outcome = (sql: string, values: unknown[] = []) =>
  db.pool.query(sql, values).then(
    () => 'done',
    error => sqlStateOf(error),
  )
const { versionId } = invitation
const draftVersion = await db.prisma.surveyVersion.findFirstOrThrow({ where: { surveyId: draft } })
const [question] = await db.prisma.surveyQuestion.findMany({ where: { versionId }, take: 1 })
const choice = await db.prisma.surveyOption.findFirstOrThrow({ where: { question: { versionId } } })

describe('a published version', () => {
  it.each([
    ['its title', 'UPDATE survey_versions SET title = title WHERE id = $1'],
    ['its mode', "UPDATE survey_versions SET mode = 'ANONIMA' WHERE id = $1"],
    ['that it is published', 'UPDATE survey_versions SET published_at = NULL WHERE id = $1'],
    ['its existence', 'DELETE FROM survey_versions WHERE id = $1'],
    ['the text of a question', "UPDATE survey_questions SET text = 'Otra' WHERE version_id = $1"],
    ['the order', 'UPDATE survey_questions SET position = position + 1 WHERE version_id = $1'],
    ['its questions', 'DELETE FROM survey_questions WHERE version_id = $1'],
    ['a new question', "INSERT INTO survey_questions (version_id, position, kind, text) VALUES ($1, 99, 'TEXTO', 'x')"],
    ['a question moved elsewhere', `UPDATE survey_questions SET version_id = ${draftVersion.id} WHERE version_id = $1`],
  ])('refuses to lose or change %s', async (_what, sql) => {
    expect(await outcome(sql, [versionId])).toBe('TS006')
  })

  it.each([
    ['changed', "UPDATE survey_options SET text = 'Otra' WHERE id = $1"],
    ['removed', 'DELETE FROM survey_options WHERE id = $1'],
    [
      'added',
      'INSERT INTO survey_options (question_id, position, text) SELECT question_id, 99, text FROM survey_options WHERE id = $1',
    ],
  ])('refuses that an option is %s', async (_what, sql) => {
    expect(await outcome(sql, [choice.id])).toBe('TS006')
  })

  it('takes no question of a draft', async () => {
    const sql = 'UPDATE survey_questions SET version_id = $1 WHERE version_id = $2'
    expect(await outcome(sql, [versionId, draftVersion.id])).toBe('TS006')
  })
})

describe('what was answered', () => {
  it.each([
    "UPDATE survey_responses SET month = '2026-01-01'",
    'DELETE FROM survey_responses',
    'TRUNCATE survey_responses CASCADE',
    'UPDATE survey_answers SET scale = 5 WHERE scale IS NOT NULL',
    'DELETE FROM survey_answers',
    'TRUNCATE survey_answers',
  ])('refuses %s', async sql => {
    expect(await outcome(sql)).toBe('TS008')
  })

  it('is of the version that was asked, and says one thing at a time', async () => {
    const [response] = await db.prisma.surveyResponse.findMany()
    const insert = `INSERT INTO survey_answers (response_id, version_id, question_id, scale, yes) VALUES ($1, $2, $3, $4, $5)`
    expect(await outcome(insert, [response?.id, versionId, question?.id, 3, true])).toBe('23514')
    expect(await outcome(insert, [response?.id, versionId, question?.id, 6, null])).toBe('23514')
    const [other] = await db.prisma.surveyQuestion.findMany({ where: { versionId: draftVersion.id }, take: 1 })
    expect(await outcome(insert, [response?.id, versionId, other?.id, 3, null])).toBe('23503')
    expect(await outcome(insert, [response?.id, draftVersion.id, other?.id, 3, null])).toBe('23503')
  })

  it('is one response for each invitation', async () => {
    const again = `INSERT INTO survey_responses (version_id, mode, area_id, category_id, kind, month, invitation_id, answered_at)
      SELECT version_id, mode, area_id, category_id, kind, month, invitation_id, answered_at FROM survey_responses`
    expect(await outcome(again)).toBe('23505')
  })
})

describe('a draft', () => {
  it('is one at most', async () => {
    const insert = `INSERT INTO survey_versions (survey_id, number, title) VALUES ($1, 9, 'Otra')`
    expect(await outcome(insert, [draft])).toBe('23505')
  })

  it('has one main score at most, and only on a scale', async () => {
    expect(
      await outcome('UPDATE survey_questions SET main_score = true WHERE version_id = $1', [draftVersion.id]),
    ).toBe('23514')
    const scale = `INSERT INTO survey_questions (version_id, position, kind, text, main_score)
      VALUES ($1, 99, 'ESCALA', '¿Y esto?', true)`
    expect(await outcome(scale, [draftVersion.id])).toBe('23505')
  })
})

describe('surveys', () => {
  it('are active once for the same, and their scope is whole', async () => {
    const active = 'INSERT INTO surveys (scope, active, created_at) VALUES ($1, true, now())'
    expect(await outcome(active, ['TODO'])).toBe('23505')
    for (const scope of ['TIPO', 'AREA', 'CATEGORIA']) expect(await outcome(active, [scope])).toBe('23514')
    expect(await aim(survey)).toMatchObject({ id: survey })
    await deactivate(survey)
  })
})
