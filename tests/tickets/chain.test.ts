import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'
import { verifyLog } from '../../src/tickets/chain/verify.ts'
import { type Cast, createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'
import { withDatabaseBefore } from '../support/upgrade.ts'
import { untilWaiting } from '../support/waiting.ts'

const { db, url } = await useDatabase()
const cast: Cast = await createCast(db)
const run = (sql: string, values: unknown[] = []) => db.pool.query(sql, values)

async function insertTicket(): Promise<number> {
  const { rows } = await run(
    `INSERT INTO tickets (area_id, category_id, priority, subject, description, requester_id, creator_id, created_at,
       last_activity_at) VALUES ($1, $2, 'MEDIA', 'Asunto', 'Texto', $3, $3, now(), now()) RETURNING number`,
    [cast.areas.sistemas, cast.categories.red, cast.ids.clara],
  )
  return rows[0].number
}

const write = (number: number, content: string, changes: unknown = null) =>
  run(
    `INSERT INTO log_entries (ticket_number, kind, author_id, text, changes, created_at)
     VALUES ($1, 'COMENTARIO', $2, $3, $4, clock_timestamp())`,
    [number, cast.ids.clara, content, changes === null ? null : JSON.stringify(changes)],
  )

/** A ticket with five entries. */
async function ticketWithLog(): Promise<number> {
  const number = await insertTicket()
  for (const content of ['Uno', 'Dos', 'Tres', 'Cuatro', 'Cinco']) await write(number, content, { status: [null, 'X'] })
  return number
}

const findings = async () => (await verifyLog({ pool: db.pool })).findings

describe('the chain of a bitácora', () => {
  it('is the same computed by the database and by us, whatever an entry holds', async () => {
    const number = await insertTicket()
    const printable = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .map(value => `x${value.replaceAll('\0', '')}`)
    const contents = fc.sample(fc.tuple(printable, fc.option(fc.jsonValue({ stringUnit: 'grapheme' }))), 150)
    for (const [content, changes] of contents) await write(number, content, changes)
    await write(number, 'v1\n1\nñ 🛠 \u202e e\u0301', { b: 1, a: [null, 'É', 1.5], longer: { z: true } })
    expect(await verifyLog({ pool: db.pool })).toMatchObject({ tickets: 1, entries: 151, faulty: 0, findings: [] })
  })

  it('gives each entry the next place, whatever the statement asks for', async () => {
    const number = await insertTicket()
    await run(
      `INSERT INTO log_entries (ticket_number, kind, author_id, text, created_at, seq, hash)
       SELECT $1, 'COMENTARIO', $2, 'Texto ' || n, now(), 7, sha256('') FROM generate_series(1, 5) n`,
      [number, cast.ids.clara],
    )
    await Promise.all(Array.from({ length: 20 }, (_, turn) => write(number, `A la vez ${turn}`)))
    const { rows } = await run('SELECT seq FROM log_entries WHERE ticket_number = $1 ORDER BY seq', [number])
    expect(rows.map(row => row.seq)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect(await findings()).toEqual([])
  })

  it('makes writers of one ticket wait in line, not in a circle', async () => {
    const number = await ticketWithLog()
    const client = await db.pool.connect()
    try {
      await client.query('BEGIN')
      // As every action does first.
      await client.query('SELECT FROM tickets WHERE number = $1 FOR UPDATE', [number])
      const second = write(number, 'Segundo')
      await untilWaiting(db)
      await client.query(
        `INSERT INTO log_entries (ticket_number, kind, author_id, text, created_at)
         VALUES ($1, 'COMENTARIO', $2, 'Primero', now())`,
        [number, cast.ids.clara],
      )
      await client.query('COMMIT')
      await second
    } finally {
      client.release(true)
    }
    expect(await findings()).toEqual([])
  })

  it.each([
    ["INSERT INTO log_chains VALUES (1, 1, sha256(''))"],
    ['UPDATE log_chains SET entries = 1 WHERE false'],
    ['DELETE FROM log_chains'],
    ['TRUNCATE log_chains'],
  ])('has its end written by nobody else: %s', async sql => {
    await expect(run(sql)).rejects.toMatchObject({ code: 'TS003' })
  })

  it('is made for what an installation already holds', async () => {
    await withDatabaseBefore('20261122171000', async (pool, upgrade) => {
      await pool.query(`INSERT INTO users (name, email, role, kind) VALUES ('Ana', 'ana@x.test', 'USUARIO', 'CLIENTE');
        INSERT INTO areas (name) VALUES ('Sistemas');
        INSERT INTO categories (area_id, kind, name) VALUES (1, 'PROBLEMA', 'Red');
        INSERT INTO tickets (area_id, category_id, priority, subject, description, requester_id, creator_id, created_at,
          last_activity_at) SELECT 1, 1, 'MEDIA', 'Asunto', 'Texto', 1, 1, now(), now() FROM generate_series(1, 30);
        INSERT INTO log_entries (ticket_number, kind, author_id, text, created_at)
          SELECT 1 + n % 30, 'COMENTARIO', 1, 'Texto ' || n, now() FROM generate_series(1, 100) n`)
      await upgrade()
      expect(await verifyLog({ pool })).toMatchObject({ tickets: 30, entries: 100, faulty: 0 })
      await expect(pool.query("UPDATE log_entries SET text = 'Otro'")).rejects.toMatchObject({ code: 'TS003' })
    })
  })
})

/** Changes rows as only a superuser can: past every trigger and foreign key. */
async function tamper(...statements: string[]): Promise<void> {
  const admin = new URL(inject('postgres').adminUrl)
  admin.pathname = new URL(url).pathname
  const client = new pg.Client(admin.href)
  await client.connect()
  try {
    await client.query(['BEGIN', 'SET LOCAL session_replication_role = replica', ...statements, 'COMMIT'].join(';'))
  } finally {
    await client.end()
  }
}

/** Takes away what a test has tampered with. */
const remove = (...numbers: number[]) =>
  tamper(
    ...['log_entries WHERE ticket_number', 'log_chains WHERE ticket_number', 'tickets WHERE number'].map(
      rows => `DELETE FROM ${rows} IN (${numbers})`,
    ),
  )

const of = (number: number, seq: number) => `ticket_number = ${number} AND seq = ${seq}`
const insertion = (number: number, seq: number, hash = "sha256('x')") =>
  `INSERT INTO log_entries (ticket_number, kind, author_id, text, created_at, seq, hash)
   VALUES (${number}, 'COMENTARIO', ${cast.ids.luis}, 'Nunca dicho', now(), ${seq}, ${hash})`
/** Seals entries anew from a place on, as somebody would who knows how. */
const reseal = (number: number, from: number) => `DO $$
  DECLARE entry log_entries; head bytea := (SELECT hash FROM log_entries WHERE ${of(number, from - 1)});
  BEGIN FOR entry IN SELECT * FROM log_entries WHERE ticket_number = ${number} AND seq >= ${from} ORDER BY seq LOOP
    head := log_chain_next(head, log_entry_line(entry));
    UPDATE log_entries SET hash = head WHERE id = entry.id;
  END LOOP; END $$`
/** Moves what comes from a place on; in two steps, for two entries never have one place. */
const shift = (number: number, from: number, by: number) => [
  `UPDATE log_entries SET seq = seq + 1000 WHERE ticket_number = ${number} AND seq >= ${from}`,
  `UPDATE log_entries SET seq = seq - 1000 + ${by} WHERE ticket_number = ${number} AND seq > 1000`,
]
const swap = (number: number, one: number, other: number) => [
  `UPDATE log_entries SET seq = 1000 WHERE ${of(number, one)}`,
  `UPDATE log_entries SET seq = ${one} WHERE ${of(number, other)}`,
  `UPDATE log_entries SET seq = ${other} WHERE ${of(number, 1000)}`,
]

type Case = [what: string, statements: (number: number) => string[], fault: string, place: number | null]

const alterations: Case[] = [
  "text = 'Otro'",
  "text = text || ' '",
  "visibility = 'INTERNA'",
  "kind = 'INICIO'",
  'author_id = author_id + 1',
  "created_at = created_at + interval '1 ms'",
  'ticket_version = 2',
  `changes = '{"status": [null, "Y"]}'`,
  'changes = NULL',
  'id = id + 100000',
  "hash = sha256('x')",
].map(assignment => [
  assignment,
  number => [`UPDATE log_entries SET ${assignment} WHERE ${of(number, 3)}`],
  'alterada',
  3,
])

const others: Case[] = [
  ['an entry removed', number => [`DELETE FROM log_entries WHERE ${of(number, 3)}`], 'borrada', 3],
  [
    'an entry removed and the gap closed',
    number => [`DELETE FROM log_entries WHERE ${of(number, 3)}`, ...shift(number, 4, -1)],
    'borrada',
    3,
  ],
  ['the last entry removed', number => [`DELETE FROM log_entries WHERE ${of(number, 5)}`], 'borrada', 5],
  ['all entries removed', number => [`DELETE FROM log_entries WHERE ticket_number = ${number}`], 'borrada', 1],
  [
    'all entries removed and the end too',
    number => ['log_entries', 'log_chains'].map(table => `DELETE FROM ${table} WHERE ticket_number = ${number}`),
    'borrada',
    1,
  ],
  ['two entries exchanged', number => swap(number, 2, 3), 'reordenada', 2],
  ['the first entry moved to the end', number => [...shift(number, 2, 5), ...swap(number, 1, 11)], 'reordenada', 1],
  ['an entry inserted', number => [...shift(number, 3, 1), insertion(number, 3)], 'insertada', 3],
  [
    'an entry inserted with a right seal',
    number => [...shift(number, 3, 1), insertion(number, 3), reseal(number, 3).replace('>= 3', '= 3')],
    'insertada',
    3,
  ],
  ['an entry added at the end with a right seal', number => [insertion(number, 6), reseal(number, 6)], 'insertada', 6],
  [
    'an entry altered and everything sealed anew',
    number => [`UPDATE log_entries SET text = 'Otro' WHERE ${of(number, 3)}`, reseal(number, 3)],
    'recalculada',
    5,
  ],
  ['the end removed', number => [`DELETE FROM log_chains WHERE ticket_number = ${number}`], 'sin final', null],
  ['the ticket removed', number => [`DELETE FROM tickets WHERE number = ${number}`], 'sin ticket', null],
]

describe('tampering is found', () => {
  it.each([...alterations, ...others])('%s', async (_what, statements, fault, place) => {
    const [before, number, after] = [await ticketWithLog(), await ticketWithLog(), await ticketWithLog()]
    await tamper(...statements(number))
    const { faulty, findings } = await verifyLog({ pool: db.pool })
    await remove(before, number, after)
    expect(findings).toMatchObject([{ ticketNumber: number, fault, place }])
    expect(faulty).toBe(1)
  })

  it('in two tickets, when an entry goes from one to the other', async () => {
    const [one, other] = [await ticketWithLog(), await ticketWithLog()]
    await tamper(...shift(other, 3, 1), `UPDATE log_entries SET ticket_number = ${other} WHERE ${of(one, 3)}`)
    const found = await findings()
    await remove(one, other)
    expect(found).toMatchObject([
      { ticketNumber: one, fault: 'borrada', place: 3 },
      { ticketNumber: other, fault: 'insertada', place: 3 },
    ])
  })

  it('in a ticket that was born without any entry', async () => {
    const number = await insertTicket()
    const found = await findings()
    await remove(number)
    expect(found).toEqual([{ ticketNumber: number, fault: 'borrada', place: 1, id: null }])
  })

  it('in many tickets: all are counted, the first are explained', async () => {
    const numbers: number[] = []
    for (let count = 0; count < 25; count++) numbers.push(await ticketWithLog())
    await tamper(`UPDATE log_entries SET text = 'Otro' WHERE seq = 2 AND ticket_number IN (${numbers})`)
    const { faulty, findings } = await verifyLog({ pool: db.pool })
    await remove(...numbers)
    expect(faulty).toBe(25)
    expect(findings.map(({ ticketNumber }) => ticketNumber)).toEqual(numbers.slice(0, 20))
  })

  it('past functions of the database that somebody replaced', async () => {
    const number = await ticketWithLog()
    const { rows } = await run("SELECT pg_get_functiondef('log_entry_line'::regproc) AS before")
    await tamper(
      `CREATE OR REPLACE FUNCTION log_entry_line(entry log_entries) RETURNS text LANGUAGE sql STABLE
         AS $$ SELECT 'v1' $$`,
      `UPDATE log_entries SET text = 'Otro' WHERE ${of(number, 2)}`,
      reseal(number, 2),
      `UPDATE log_chains SET head = (SELECT hash FROM log_entries WHERE ${of(number, 5)}) WHERE ticket_number = ${number}`,
    )
    const found = await findings()
    await tamper(rows[0].before)
    await remove(number)
    expect(found).toMatchObject([{ ticketNumber: number, fault: 'alterada', place: 2 }])
  })
})

describe('npm run verify-log', { timeout: 120_000 }, () => {
  async function verify() {
    const child = spawn(process.execPath, [join(projectRoot, 'scripts', 'run.mjs'), 'verify-log'], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [[code], out, complaint] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
    return { code, out, complaint }
  }

  it('says that all is well and exits with 0, or names what is not and exits with 1', async () => {
    const number = await ticketWithLog()
    const good = await verify()
    expect(good).toMatchObject({ code: 0, complaint: '' })
    expect(good.out).toMatch(/La bitácora está completa y sin alteraciones \(\d+ tickets, \d+ entradas, \d+ s\)\.\n$/)
    await tamper(`UPDATE log_entries SET text = 'Otro' WHERE ${of(number, 4)}`)
    const bad = await verify()
    const { rows } = await run(`SELECT id FROM log_entries WHERE ${of(number, 4)}`)
    await remove(number)
    expect(bad.code).toBe(1)
    expect(bad.complaint).toBe(
      `Ticket #${number}, entrada 4 (id ${rows[0].id}): fue alterada: su contenido no corresponde a su sello.\n`,
    )
    expect(bad.out).toContain('La bitácora no está como se escribió: 1 con problemas')
  })
})
