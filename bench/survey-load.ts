import type { SurveyMode } from '../src/generated/prisma/enums.ts'
import type { TestApplication } from '../tests/support/application.ts'
import { type Asked, type Published, publishVersion } from '../tests/support/survey-answers.ts'

// A large organisation: 8 areas with 12 categories and 25 agents each, two years.

const AREAS = 8
const CATEGORIES = 12
const AGENTS = 25
const FIRST = '2024-03-01'

/** Makes areas, categories, agents and finished tickets. Whatever reacts to tickets sleeps meanwhile. */
export async function fillOrganization({ db }: TestApplication, tickets: number): Promise<void> {
  const run = (text: string, values: unknown[] = []) => db.pool.query(text, values)
  await run('ALTER TABLE tickets DISABLE TRIGGER USER')
  await run("INSERT INTO areas (name) SELECT 'Área ' || n FROM generate_series(1, $1::int) n", [AREAS])
  await run(
    `INSERT INTO categories (name, kind, area_id)
     SELECT 'Categoría ' || n || ' de ' || a.name, (ARRAY['PROBLEMA', 'REQUERIMIENTO'])[1 + n % 2]::category_kind, a.id
     FROM areas a CROSS JOIN generate_series(1, $1::int) n WHERE a.name LIKE 'Área %'`,
    [CATEGORIES],
  )
  await run(
    `INSERT INTO users (name, email, role, password_hash)
     SELECT 'Agente ' || n, 'agente' || n || '@ejemplo.test', 'AGENTE', 'x' FROM generate_series(1, $1::int) n`,
    [AREAS * AGENTS],
  )
  await run(
    `INSERT INTO tickets (area_id, category_id, priority, status, subject, description, requester_id, creator_id, assignee_id,
       created_at, last_activity_at, closed_at)
     SELECT c.area_id, c.id, 'MEDIA', 'FINALIZADO', 'Asunto ' || n, 'Texto', person.id, person.id, agent.id, t, t, t
     FROM (SELECT n, (random() * $2 - 0.5)::int AS category, (random() * $3 - 0.5)::int AS agent FROM generate_series(1, $1::int) n) s
     JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM categories WHERE name LIKE 'Categoría %') c
       ON c.place = s.category
     JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM users WHERE name LIKE 'Agente %') agent
       ON agent.place = c.place / $4::int * $3::int + s.agent
     CROSS JOIN LATERAL (SELECT $5::timestamptz + (n::float / $1) * interval '720 days' AS t) moment
     CROSS JOIN (SELECT min(id) AS id FROM users WHERE role = 'USUARIO') person`,
    [tickets, AREAS * CATEGORIES, AGENTS, CATEGORIES, FIRST],
  )
  await run('ALTER TABLE tickets ENABLE TRIGGER USER')
}

const QUESTIONS: Asked[] = [
  { kind: 'ESCALA', text: '¿Cómo fue la atención?', mainScore: true },
  { kind: 'ESCALA', text: '¿Qué tan rápida fue?' },
  { kind: 'ESCALA', text: '¿Qué tan clara fue?' },
  { kind: 'OPCION', text: '¿Por dónde nos buscó?', options: ['Página', 'Correo', 'Teléfono', 'En persona'] },
  { kind: 'VARIAS', text: '¿Qué le gustó?', options: ['El trato', 'La rapidez', 'La solución', 'El seguimiento'] },
  { kind: 'SI_NO', text: '¿Quedó resuelto?' },
  { kind: 'TEXTO', text: '¿Algo más?' },
]

/** A survey about one half of the tickets. */
export async function fillSurvey(
  application: TestApplication,
  mode: SurveyMode,
  { responses, half }: { responses: number; half: 0 | 1 },
): Promise<Published> {
  const { pool } = application.db
  const survey = await publishVersion(application, { mode, questions: QUESTIONS, title: `Encuesta ${mode}` })
  const { versionId } = survey
  await pool.query(
    `INSERT INTO survey_invitations
       (version_id, ticket_number, person_id, agent_id, area_id, category_id, kind, status, created_at, expires_at)
     SELECT $1, t.number, t.creator_id, t.assignee_id, t.area_id, t.category_id, c.kind,
       CASE WHEN row_number() OVER (ORDER BY random()) <= $2 THEN 'CONTESTADA' ELSE 'ABIERTA' END::invitation_status, t.closed_at, t.closed_at + interval '14 days'
     FROM tickets t JOIN categories c ON c.id = t.category_id
     WHERE t.number % 2 = $3`,
    [versionId, responses, half],
  )
  await pool.query(
    `INSERT INTO survey_responses (version_id, mode, area_id, category_id, kind, month, invitation_id, agent_id, answered_at)
     SELECT version_id, $2::survey_mode, area_id, category_id, kind, date_trunc('month', created_at, 'UTC')::date,
       CASE WHEN named THEN id END, CASE WHEN named THEN agent_id END, CASE WHEN named THEN created_at END
     FROM survey_invitations CROSS JOIN (SELECT $2 <> 'ANONIMA' AS named) mode
     WHERE version_id = $1 AND status = 'CONTESTADA'`,
    [versionId, mode],
  )
  // What is new has no statistics yet: without the index the tally would look through all answers for each.
  const client = await pool.connect()
  await client.query('SET enable_seqscan = off')
  await client.query(
    `INSERT INTO survey_answers (response_id, question_id, version_id, option_id, scale, yes, text)
     SELECT r.id, q.id, r.version_id, o.id,
       CASE WHEN q.kind = 'ESCALA' THEN 1 + floor(5 * sqrt(random())) END, CASE WHEN q.kind = 'SI_NO' THEN random() < 0.8 END,
       CASE WHEN q.kind = 'TEXTO' THEN 'Muchas gracias por la atención ' || left(r.id::text, 8) END
     FROM survey_responses r JOIN survey_questions q ON q.version_id = r.version_id
     LEFT JOIN LATERAL (SELECT id FROM survey_options o WHERE o.question_id = q.id
       AND (q.kind = 'VARIAS' OR o.position = ascii(right(r.id::text, 1)) % 4)
       AND (q.kind = 'OPCION' OR (ascii(right(r.id::text, 2)) + o.position) % 3 > 0)) o ON true
     WHERE r.version_id = $1 AND (q.kind NOT IN ('OPCION', 'VARIAS') OR o.id IS NOT NULL)
       AND (q.kind <> 'TEXTO' OR right(r.id::text, 1) < '5')`,
    [versionId],
  )
  client.release(true)
  return survey
}
