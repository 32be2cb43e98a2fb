import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { useScene } from './scene.ts'

const application = await useApplication()
const { as, db, log } = application
const { finishedTicket, formFor, invitationOf, makeSurvey } = useScene(application)

/** What an anonymous answer must never lead to. */
const PERSONAL = ['users', 'tickets', 'survey_invitations', 'log_entries', 'submissions', 'session', 'audit_entries']

const rowsOf = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await db.pool.query<Row>(sql, values)).rows

const tables = async () =>
  (
    await rowsOf<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    )
  ).map(({ name }) => name)

async function contents() {
  const digests = (await tables()).map(async name => {
    const [row] = await rowsOf<{ md5: string }>(
      `SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM "${name}" t`,
    )
    return [name, row?.md5] as const
  })
  return new Map(await Promise.all(digests))
}

async function asked(person: 'clara' | 'carlos' = 'clara') {
  const ticket = await finishedTicket(person)
  const invitation = await invitationOf(ticket)
  return { ticket, invitation, path: `/encuestas/${invitation.id}`, form: await formFor(invitation.versionId) }
}

const answer = async (person: 'clara' | 'carlos' = 'clara') => {
  const { path, form, ...rest } = await asked(person)
  expect((await (await as(person)).post(path, form)).status).toBe(303)
  return { path, form, ...rest }
}

beforeAll(() => makeSurvey({ mode: 'ANONIMA' }))

describe('an anonymous answer', () => {
  it('is kept without ticket, person, agent and time', async () => {
    await answer()
    const [response] = await db.prisma.surveyResponse.findMany({ include: { answers: true } })
    expect(response).toMatchObject({
      mode: 'ANONIMA',
      invitationId: null,
      agentId: null,
      groupId: null,
      answeredAt: null,
    })
    expect(response?.month).toEqual(new Date('2026-03-01T00:00:00Z'))
    expect(response?.answers).toHaveLength(6)
    // Random, not in order of time.
    for (const id of [response?.id, ...(response?.answers ?? []).map(each => each.id)]) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    }
  })

  it('has no chain of foreign keys that ends at a person or a ticket', async () => {
    const keys = await rowsOf<{ table: string; columns: string[]; target: string }>(
      `SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS target,
        ARRAY(SELECT attname::text FROM unnest(conkey) k JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k) AS columns
       FROM pg_constraint WHERE contype = 'f'`,
    )
    const filled = await rowsOf<{ column: string }>(
      `SELECT DISTINCT key AS column FROM survey_responses r, jsonb_each(to_jsonb(r)) WHERE value <> 'null'`,
    )
    const has = filled.map(({ column }) => column)
    const reached = new Set(['survey_responses', 'survey_answers'])
    for (const name of reached) {
      for (const { table, columns, target } of keys) {
        const empty = table === 'survey_responses' && !columns.every(column => has.includes(column))
        if (table === name && !empty) reached.add(target)
      }
    }
    expect([...reached].filter(name => PERSONAL.includes(name))).toEqual([])
    expect(reached).toContain('survey_versions')
  })

  it('bears no time but its month', async () => {
    const columns = await rowsOf<{ table: string; name: string }>(
      `SELECT table_name AS table, column_name AS name FROM information_schema.columns
       WHERE table_name IN ('survey_responses', 'survey_answers') AND data_type ~ 'time|date'`,
    )
    expect(columns.map(({ name }) => name).sort()).toEqual(['answered_at', 'month'])
    expect(await rowsOf('SELECT FROM survey_responses WHERE answered_at IS NOT NULL')).toEqual([])
  })

  it('changes nothing else but that its invitation is answered', async () => {
    const { path, form } = await asked()
    const clara = await as('clara')
    const before = await contents()
    await clara.post(path, form)
    const after = await contents()
    const changed = [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)
    // How many were answered is counted, too, but not whose.
    expect(changed.filter(name => !/_tallies$|^session$/.test(name))).toEqual([
      'survey_answers',
      'survey_invitations',
      'survey_responses',
    ])
  })

  it('leaves no key and no digest of what was sent', async () => {
    const { path, form } = await asked()
    const envio = randomUUID()
    const clara = await as('clara')
    expect(await clara.post(path, { ...form, envio })).toMatchObject({ status: 303, location: path })
    expect(await db.prisma.submission.count({ where: { key: envio } })).toBe(0)
    const again = await clara.post(path, { ...form, envio })
    expect(again).toMatchObject({ status: 303, location: path })
    expect((await clara.get(path)).body).toContain('no se repitió nada')
  })

  it('shares the mark of its transaction with all invitations that were answered, and with no other row', async () => {
    await answer('carlos')
    await answer()
    const marks = await rowsOf<{ mark: string }>('SELECT DISTINCT xmin::text AS mark FROM survey_responses')
    const lasting = await rowsOf<{ mark: string; count: string }>(
      `SELECT xmin::text AS mark, count(*) FROM survey_invitations WHERE status = 'CONTESTADA' GROUP BY 1`,
    )
    const all = await db.prisma.surveyInvitation.count({ where: { status: 'CONTESTADA' } })
    expect(lasting.map(({ count }) => Number(count))).toEqual([all])
    expect(all).toBeGreaterThan(3)
    for (const name of [
      'users',
      'tickets',
      'log_entries',
      'submissions',
      'session',
      'log_chains',
      'ticket_attendants',
    ]) {
      const rows = await rowsOf(`SELECT FROM "${name}" WHERE xmin::text = ANY($1) OR xmax::text = ANY($1)`, [
        marks.map(({ mark }) => mark),
      ])
      expect(rows, name).toEqual([])
    }
  })

  it('is not in the bitácora, and not in the log under a name', async () => {
    const { ticket, path, form } = await asked()
    const clara = await as('clara')
    const entries = () => db.prisma.logEntry.count({ where: { ticketNumber: ticket } })
    const before = await entries()
    const lines = log.length
    await clara.get('/encuestas')
    await clara.get(path)
    await clara.post(path, form)
    await clara.get(path)
    expect(await entries()).toBe(before)
    const written = log.slice(lines).map(({ route, userId }) => [route, userId])
    expect(written).toEqual([
      ['/encuestas', null],
      ['/encuestas/:id', null],
      ['/encuestas/:id', null],
      ['/encuestas/:id', null],
    ])
    expect(JSON.stringify(log.slice(lines))).not.toContain('Todo bien.')
  })

  it('is one of 50 at the same time, and all lead to the same page', async () => {
    const { path, form } = await asked()
    const before = await db.prisma.surveyResponse.count()
    const clara = await as('clara')
    const answers = await Promise.all(Array.from({ length: 50 }, () => clara.post(path, form)))
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`))).toEqual(new Set([`303 ${path}`]))
    expect(await db.prisma.surveyResponse.count()).toBe(before + 1)
  })

  it('is shown to nobody again, not even to whoever gave it', async () => {
    const { path } = await answer()
    const page = (await (await as('clara')).get(path)).body
    expect(page).toContain('Mil gracias.')
    expect(page).toContain('no se guardaron junto a su nombre')
    expect(page).not.toContain('Todo bien.')
    const list = (await (await as('clara')).get('/encuestas?ver=contestadas')).body
    expect(list).toContain('Contestada de forma anónima')
    expect(list).not.toContain(`href="${path}"`)
  })

  it('cannot be kept with anything that leads to somebody', async () => {
    const { invitation } = await asked()
    const { versionId, areaId, categoryId, kind } = invitation
    const plain = { versionId, areaId, categoryId, kind, mode: 'ANONIMA' as const, month: new Date('2026-03-01') }
    const leading = [
      { invitationId: invitation.id },
      { agentId: invitation.agentId },
      { answeredAt: new Date() },
      { month: new Date('2026-03-02') },
      // The mode is the version's.
      { mode: 'NOMINAL' as const, invitationId: invitation.id, answeredAt: new Date() },
    ]
    for (const each of leading) {
      await expect(db.prisma.surveyResponse.create({ data: { ...plain, ...each } })).rejects.toThrow(/constraint/i)
    }
  })
})
