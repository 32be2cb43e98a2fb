import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, it } from 'vitest'
import { importRequests, type Progress } from '../../src/import/import.ts'
import { parseMapping } from '../../src/import/mapping.ts'
import { useDatabase } from '../support/database.ts'
import { headerOfCases, importCases, importTime, line, mappingOfCases, stoppedClock, useFolder } from './cases.ts'

const { db } = await useDatabase()
const folder = useFolder()

async function select<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await db.pool.query<T>(sql, values)).rows
}

async function count(table: 'tickets' | 'log_entries' | 'users' | 'areas' | 'categories' | 'groups'): Promise<number> {
  const [row] = await select<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
  return row?.count ?? -1
}

/** Origin references are unique by system, so each test brings a system of its own. */
let tests = 0
let origin = ''
beforeEach(() => {
  origin = `Mesa ${++tests}`
})

function write(...lines: string[]): string {
  return folder.write(`casos-${tests}.csv`, [headerOfCases, ...lines])
}

function rejectsOf(file: string): string[][] {
  return parse(readFileSync(`${file}.rechazos.csv`), { bom: true, relax_column_count: true })
}

describe('an import', () => {
  it('makes tickets with everything that belongs to them', async () => {
    const file = write(
      line(1),
      line(2, { estado: 'asignado', persona: '' }),
      line(3, { estado: 'cerrado', persona: 'P1' }),
      line(4, { estado: 'anulado' }),
    )
    const area = { default: 'Archivo y registro' }
    const summary = await importCases(db, file, { origin, area })
    expect(summary).toMatchObject({
      loaded: 4,
      alreadyThere: 0,
      rejected: 0,
      created: { areas: 1, categories: 1, groups: 1, requesters: 3 },
      rejectsFile: null,
      interrupted: false,
    })
    const created = new Date('2026-01-05T10:00:00Z')
    expect(
      await select(
        `SELECT a.name AS area, c.name AS category, c.kind, t.priority, t.status, t.subject, t.description, u.name AS requester,
           t.requester_id = t.creator_id AS "sameCreator", g.name AS "group", t.assignee_id AS assignee, t.created_at AS "createdAt",
           t.last_activity_at AS "lastActivityAt", t.closed_at AS "closedAt", t.version
         FROM tickets t JOIN areas a ON a.id = t.area_id JOIN categories c ON c.id = t.category_id
           JOIN users u ON u.id = t.requester_id LEFT JOIN groups g ON g.id = t.assignee_group_id
         WHERE origin_system = $1 ORDER BY number`,
        [origin],
      ),
    ).toEqual(
      [
        { status: 'REGISTRADO', requester: 'Solicitante P1', group: null, closedAt: null },
        { status: 'ASIGNADO', requester: 'Solicitante no identificado', group: 'Recepción', closedAt: null },
        { status: 'FINALIZADO', requester: 'Solicitante P1', group: 'Recepción', closedAt: created },
        { status: 'CANCELADO', requester: 'Solicitante P4', group: null, closedAt: created },
      ].map((expected, at) => ({
        area: 'Archivo y registro',
        category: 'Red',
        kind: 'PROBLEMA',
        priority: 'MEDIA',
        subject: `Asunto ${at + 1}`,
        description: `Texto ${at + 1}`,
        sameCreator: true,
        assignee: null,
        createdAt: created,
        lastActivityAt: created,
        version: 1,
        ...expected,
      })),
    )
  })

  it('makes requesters who cannot sign in', async () => {
    await importCases(db, write(line('a', { persona: 'X9' }), line('b', { persona: '' })), { origin })
    expect(
      await select(
        `SELECT name, external_reference, email, password_hash, role, kind, active FROM users
         WHERE external_reference LIKE $1 || ':%' ORDER BY id`,
        [origin],
      ),
    ).toEqual(
      [
        { name: 'Solicitante X9', external_reference: `${origin}:X9` },
        { name: 'Solicitante no identificado', external_reference: `${origin}:` },
      ].map(person => ({
        ...person,
        email: null,
        password_hash: null,
        role: 'USUARIO',
        kind: 'CLIENTE',
        active: true,
      })),
    )
  })

  it('writes one bitácora entry per ticket that says where it comes from', async () => {
    await importCases(db, write(line('A-7', { estado: 'asignado' })), { origin })
    const [entry] = await select(
      `SELECT e.kind, e.visibility, e.author_id, e.text, e.changes, e.ticket_version, e.created_at, t.assignee_group_id AS group
       FROM log_entries e JOIN tickets t ON t.number = e.ticket_number WHERE t.origin_system = $1`,
      [origin],
    )
    const { group, ...rest } = entry as { group: number }
    expect(rest).toEqual({
      kind: 'IMPORTACION',
      visibility: 'PUBLICA',
      author_id: null,
      text: `Importado de ${origin}, referencia A-7.`,
      changes: {
        status: [null, 'ASIGNADO'],
        assigneeGroupId: [null, group],
        originSystem: [null, origin],
        originReference: [null, 'A-7'],
      },
      ticket_version: 1,
      created_at: importTime,
    })
    expect(await count('log_entries')).toBe(await count('tickets'))
  })

  it('can be found by where it comes from, as if that entry had been written by somebody', async () => {
    const documents = await select(
      `SELECT d.everything = search_append(search_vector(t.subject, 'A') || search_vector('de ' || t.description, 'B')
          || search_vector('de ' || u.name, 'C'), e.text, 'D') AS "asWritten", d.published
       FROM tickets t JOIN ticket_documents d ON d.ticket_number = t.number JOIN users u ON u.id = t.requester_id
         JOIN log_entries e ON e.ticket_number = t.number`,
    )
    expect(documents).toHaveLength(await count('tickets'))
    for (const document of documents) expect(document).toEqual({ asWritten: true, published: null })
  })

  it('uses what is there under the same name, whatever its case, accents and spacing', async () => {
    await db.pool.query(
      `WITH area AS (INSERT INTO areas (name) VALUES ('Jardinería') RETURNING id)
       INSERT INTO groups (area_id, name) SELECT id, 'Poda y Riego' FROM area`,
    )
    const file = write(
      line(1, { tema: 'Poda de árbol', estado: 'asignado' }),
      line(2, { tema: 'PODA  DE ARBOL' }),
      line(3, { tema: 'poda de arbol' }),
    )
    const names = { area: { default: ' JARDINERIA ' }, ownerGroups: { default: 'poda  y  riego' } }
    const summary = await importCases(db, file, { origin, ...names })
    expect(summary.created).toMatchObject({ areas: 0, groups: 0, categories: 1 })
    expect(
      await select(
        `SELECT DISTINCT a.name AS area, c.name AS category FROM tickets t JOIN categories c ON c.id = t.category_id
           JOIN areas a ON a.id = t.area_id WHERE origin_system = $1`,
        [origin],
      ),
    ).toEqual([{ area: 'Jardinería', category: 'Poda de árbol' }])
  })

  it('keeps problems and requirements of one name apart', async () => {
    const kind = { column: 'estado', values: { nuevo: 'PROBLEMA', cerrado: 'REQUERIMIENTO' } }
    const file = write(line(1, { tema: 'Impresora' }), line(2, { tema: 'Impresora', estado: 'cerrado' }))
    expect((await importCases(db, file, { origin, kind })).created.categories).toBe(2)
    const kinds = await select(
      `SELECT c.kind FROM tickets t JOIN categories c ON c.id = t.category_id WHERE origin_system = $1 ORDER BY number`,
      [origin],
    )
    expect(kinds).toEqual([{ kind: 'PROBLEMA' }, { kind: 'REQUERIMIENTO' }])
  })
})

describe('importing again', () => {
  it('loads only what is new, and spends no numbers on the rest', async () => {
    await importCases(db, write(line(1), line(2)), { origin })
    const file = write(line(1), line(2), line(3), line(4))
    const summary = await importCases(db, file, { origin })
    expect(summary).toMatchObject({ loaded: 2, alreadyThere: 2, rejected: 0, created: { requesters: 2 } })
    const numbers = await select<{ number: number }>('SELECT number FROM tickets WHERE origin_system = $1 ORDER BY 1', [
      origin,
    ])
    const first = numbers[0]?.number ?? 0
    expect(numbers.map(row => row.number - first)).toEqual([0, 1, 2, 3])
  })

  it('goes on after an interruption', async () => {
    const file = write(...Array.from({ length: 3500 }, (_, at) => line(at)))
    const controller = new AbortController()
    const first = await importCases(
      db,
      file,
      { origin },
      { signal: controller.signal, onProgress: () => controller.abort() },
    )
    expect(first).toMatchObject({ loaded: 1000, interrupted: true })
    const second = await importCases(db, file, { origin })
    expect(second).toMatchObject({ loaded: 2500, alreadyThere: 1000, interrupted: false })
    expect(await count('log_entries')).toBe(await count('tickets'))
  })

  it('keeps what it had loaded when the file turns out to be cut off', async () => {
    const packed = gzipSync([headerOfCases, ...Array.from({ length: 5000 }, (_, at) => line(at))].join('\n'))
    const file = folder.write('cortado.csv.gz', packed.subarray(0, packed.length / 2))
    await expect(importCases(db, file, { origin })).rejects.toThrow('está incompleto o dañado (gzip)')
    const [there] = await select<{ count: number }>(
      'SELECT count(*)::int AS count FROM tickets WHERE origin_system = $1',
      [origin],
    )
    expect(there?.count).toBeGreaterThan(0)
    folder.write('cortado.csv.gz', packed)
    const { loaded, alreadyThere } = await importCases(db, file, { origin })
    expect([loaded, alreadyThere]).toEqual([5000 - (there?.count ?? 0), there?.count])
  })

  it('twice at the same time loads everything once', async () => {
    const file = write(
      ...Array.from({ length: 2500 }, (_, at) => line(at, { persona: `P${at % 300}`, tema: `Tema ${at % 40}` })),
    )
    const area = { default: `Área ${origin}` }
    const both = await Promise.all(
      ['uno', 'dos'].map(name => importCases(db, file, { origin, area }, { rejects: folder.path(`${name}.csv`) })),
    )
    const sum = (pick: (summary: (typeof both)[number]) => number) =>
      both.reduce((total, summary) => total + pick(summary), 0)
    expect(sum(summary => summary.loaded)).toBe(2500)
    expect(sum(summary => summary.alreadyThere)).toBe(2500)
    expect(sum(summary => summary.rejected)).toBe(0)
    expect(sum(summary => summary.created.areas)).toBe(1)
    expect(sum(summary => summary.created.categories)).toBe(40)
    expect(sum(summary => summary.created.requesters)).toBe(300)
    // Taking turns, neither spends a number on what the other has just loaded.
    expect(
      await select('SELECT max(number) - min(number) + 1 AS span FROM tickets WHERE origin_system = $1', [origin]),
    ).toEqual([{ span: 2500 }])
    expect(await count('log_entries')).toBe(await count('tickets'))
  })
})

describe('rows that cannot be loaded', () => {
  it('go into the rejects file with line, reason and columns; the others are loaded', async () => {
    const file = folder.write(`mezcla-${tests}.csv`, [
      headerOfCases,
      line(1),
      line(1),
      '2,2026-01-05,P2,Red,nuevo,"dos\nlíneas","una\n\ntres"',
      line(3, { fecha: 'ayer' }),
      '4,2026-01-05,P4,Red,nuevo,=1+1,',
      '5,2026-01-05',
      '6,2026-01-05,P6,Red,nuevo,"A,B',
      line(7),
      line(3),
    ])
    const summary = await importCases(db, file, { origin })
    expect(summary).toMatchObject({ loaded: 4, rejected: 5, rejectsFile: `${file}.rechazos.csv` })
    expect(rejectsOf(file)).toEqual([
      ['linea', 'motivo', ...headerOfCases.split(',')],
      ['3', 'la referencia «1» está repetida en el archivo', ...line(1).split(',')],
      [
        '8',
        'la fecha «ayer» no existe o no tiene el formato del mapa',
        ...['3', 'ayer', 'P3', 'Red', 'nuevo', 'Asunto 3', 'Texto 3'],
      ],
      ['9', 'falta la descripción', '4', '2026-01-05', 'P4', 'Red', 'nuevo', "'=1+1", ''],
      ['10', 'tiene 2 columnas y el encabezado 7', '5', '2026-01-05'],
      ['11', 'comillas sin cerrar', '6,2026-01-05,P6,Red,nuevo,"A,B'],
    ])
  })

  it('can be mended and imported from the rejects file', async () => {
    const file = write(line(1, { fecha: 'ayer' }), line(2))
    await importCases(db, file, { origin })
    const mended = folder.write(
      'corregido.csv',
      readFileSync(`${file}.rechazos.csv`, 'utf8').replace(',ayer,', ',2026-01-05,'),
    )
    expect(await importCases(db, mended, { origin })).toMatchObject({ loaded: 1, rejected: 0 })
  })

  it('leave no file behind once none is left', async () => {
    const file = write(line(1, { fecha: 'ayer' }))
    await importCases(db, file, { origin })
    expect(existsSync(`${file}.rechazos.csv`)).toBe(true)
    write(line(1))
    await importCases(db, file, { origin })
    expect(existsSync(`${file}.rechazos.csv`)).toBe(false)
  })

  it('are found one by one when it is the database that refuses them', async () => {
    const area = { default: `Área ${origin}` }
    await importCases(db, write(line('otro', { estado: 'asignado' })), { origin, area })
    await db.pool.query(
      `UPDATE tickets SET status = 'FINALIZADO', closed_at = created_at, version = 2 WHERE origin_system = $1`,
      [origin],
    )
    await db.pool.query(`UPDATE groups SET active = false WHERE area_id = (SELECT id FROM areas WHERE name = $1)`, [
      area.default,
    ])
    const lines = Array.from({ length: 1200 }, (_, at) =>
      line(at, at === 3 || at === 700 ? { estado: 'asignado' } : {}),
    )
    const file = write(...lines)
    expect(await importCases(db, file, { origin, area })).toMatchObject({ loaded: 1198, rejected: 2 })
    expect(rejectsOf(file).map(([at, reason]) => [at, reason])).toEqual([
      ['linea', 'motivo'],
      ['5', 'el grupo responsable no está activo'],
      ['702', 'el grupo responsable no está activo'],
    ])
  })

  it('of a reference that comes again batches later are told from an import of before', async () => {
    const lines = Array.from({ length: 1500 }, (_, at) => line(at))
    const file = write(...lines, line(5))
    expect(await importCases(db, file, { origin })).toMatchObject({ loaded: 1500, rejected: 1 })
    expect(rejectsOf(file)[1]?.slice(0, 2)).toEqual(['1502', 'la referencia «5» está repetida en el archivo'])
    expect(await importCases(db, file, { origin })).toMatchObject({ loaded: 0, alreadyThere: 1501, rejected: 0 })
  })
})

describe('what an import reports', () => {
  it('grows to the end of the file, in bytes as they lie on the disk', async () => {
    const packed = gzipSync([headerOfCases, ...Array.from({ length: 2500 }, (_, at) => line(at))].join('\n'))
    const seen: Progress[] = []
    await importCases(
      db,
      folder.write('grande.csv.gz', packed),
      { origin },
      { onProgress: (at: Progress) => seen.push(at) },
    )
    expect(seen.map(progress => progress.loaded)).toEqual([1000, 2000, 2500])
    expect(seen.at(-1)).toMatchObject({ bytesRead: packed.length, bytesTotal: packed.length })
  })

  it('is refused when the rejects would overwrite the file itself', async () => {
    const mapping = parseMapping({ ...mappingOfCases, origin }, 'mapa.json')
    const file = write(line(1))
    await expect(importRequests({ db, file, mapping, rejects: file, clock: stoppedClock })).rejects.toThrow(
      'no puede ser el importado',
    )
    expect(readFileSync(file, 'utf8')).toContain(headerOfCases)
  })
})
