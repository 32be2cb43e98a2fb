import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import { exportLines } from '../../src/tickets/export.ts'
import { listRequest, lists } from '../../src/tickets/lists.ts'
import { sendCsv } from '../../src/web/csv.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// Lists as files: what they hold, in which order, and what it costs to send them.

const { as, cast, clock, db, viewer } = await useApplication()
const { areas, categories, groups, ids } = cast
const start = new Date('2026-02-11T05:30:00Z').getTime()

const ticket = (index: number, given: Partial<Prisma.TicketCreateManyInput> = {}): Prisma.TicketCreateManyInput => ({
  areaId: areas.sistemas,
  categoryId: categories.red,
  priority: (['BAJA', 'URGENTE', 'MEDIA'] as const)[index % 3] ?? 'BAJA',
  subject: `Ticket ${index}`,
  description: 'Texto',
  requesterId: ids.clara,
  creatorId: ids.clara,
  createdAt: new Date(start + Math.floor(index / 4) * 60_000),
  lastActivityAt: new Date(start + ((index * 7) % 50) * 60_000),
  originSystem: 'prueba',
  originReference: String(index),
  ...given,
})
const HOSTILE = '=HYPERLINK("http://ejemplo.test";"a")'
await db.prisma.user.update({ where: { id: ids.elena }, data: { name: '"Elena"; la de\nPrado' } })
await db.prisma.ticket.createMany({
  data: [
    ...Array.from({ length: 1200 }, (_, index) => ticket(index)),
    ticket(2000, {
      ...{ subject: HOSTILE, requesterId: ids.elena, status: 'FINALIZADO', assigneeId: ids.luis },
      ...{ assigneeGroupId: groups.redes, closedAt: new Date('2026-02-12T16:05:09Z') },
    }),
    ticket(2001, { areaId: areas.mantenimiento, categoryId: categories.techo, subject: '@SUMA(1)' }),
    ticket(2002, { subject: '+52 1 55', requesterId: ids.elena, creatorId: ids.elena }),
  ],
})

async function download(person: Person, path: string, form: Record<string, string> = {}) {
  const answer = await (await as(person)).post(`${path}/exportacion`, form)
  expect(answer.status).toBe(200)
  return { ...answer, rows: parse(answer.body, { bom: true, delimiter: ';' }) as string[][] }
}

/** The numbers of the tickets on every page of a list, as its links lead from one to the next. */
async function numbersOnPages(person: Person, path: string): Promise<string[]> {
  const client = await as(person)
  const found: string[] = []
  let next: string | undefined = path
  while (next) {
    const { body } = await client.get(next)
    found.push(...[...body.matchAll(/class="ticket-number">#(\d+)</g)].map(([, number]) => String(number)))
    next = /href="([^"]*[?&](?:amp;)?siguiente=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  return found
}

describe('the file of a list', () => {
  it.each([
    ['sara', '/tickets', {}],
    ['sara', '/tickets', { estado: 'registrados', orden: 'prioridad' }],
    ['ana', '/tickets', { orden: 'actividad', prioridad: 'urgente', desde: '2026-02-10' }],
    ['marta', '/tickets', {}],
    ['clara', '/mis-tickets', { orden: 'antiguos', prioridad: 'media' }],
    ['elena', '/mis-tickets', {}],
    ['luis', '/asignados', {}],
  ] as const)('of %s, %s %j, holds what its pages show, in their order', async (person, path, chosen) => {
    const { rows } = await download(person, path, chosen)
    const shown = await numbersOnPages(person, `${path}?${new URLSearchParams(chosen)}`)
    expect(rows.slice(1).map(([number]) => number)).toEqual(shown)
  })

  it('says of a ticket what it is, in the zone of the organisation, and nothing that a spreadsheet would run', async () => {
    const { rows, body, headers } = await download('sara', '/tickets', { estado: 'finalizados' })
    expect(headers['content-disposition']).toBe('attachment; filename=tickets-2026-03-02.csv')
    expect(headers['cache-control']).toBe('private, no-store')
    expect(body.startsWith('\ufeffNúmero;Asunto;')).toBe(true)
    const { number } = await db.prisma.ticket.findFirstOrThrow({ where: { originReference: '2000' } })
    expect(rows).toEqual([
      [
        ...['Número', 'Asunto', 'Estado', 'Tipo', 'Categoría', 'Área', 'Prioridad', 'Solicitante'],
        ...['Responsable', 'Grupo', 'Registrado', 'Última actividad', 'Cerrado'],
      ],
      [
        ...[String(number), `'${HOSTILE}`, 'Finalizado', 'Problema', 'Sin red', 'Sistemas', 'Media'],
        ...['"Elena"; la de\nPrado', 'Luis Ibáñez', 'Redes'],
        ...['2026-02-11 07:50:00', '2026-02-10 23:30:00', '2026-02-12 10:05:09'],
      ],
    ])
    const others = [...(await download('ana', '/tickets')).rows, ...(await download('elena', '/mis-tickets')).rows]
    const subjects = others.map(([, subject]) => subject)
    expect(subjects).toEqual(expect.arrayContaining(["'@SUMA(1)", "'+52 1 55"]))
  })

  it('is written into the audit, with what narrowed it', async () => {
    await download('sara', '/tickets', { estado: 'asignados', area: String(areas.sistemas), orden: 'prioridad' })
    const entry = await db.prisma.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(entry).toMatchObject({
      ...{ kind: 'exportacion.descargada', actorId: ids.sara, subjectName: 'tickets-2026-03-02.csv' },
      changes: { filters: [null, ['Asignados', 'Área: Sistemas', 'Orden: Prioridad']] },
    })
  })
})

describe('while somebody takes it, a batch after the other', () => {
  /** The file of what Sara supervises, by its last activity; `meanwhile` happens once the first line is read. */
  async function numbersWhile(meanwhile: (numbers: number[]) => Promise<unknown>): Promise<number[]> {
    const request = listRequest(
      lists.supervised,
      await viewer('sara'),
      { status: 'REGISTRADO', filters: {}, order: 'actividad' },
      { zone: 'UTC', now: clock.now() },
    )
    const all = await db.prisma.ticket.findMany({
      where: { areaId: areas.sistemas, status: 'REGISTRADO' },
      orderBy: [{ lastActivityAt: 'desc' }, { number: 'desc' }],
    })
    const found: number[] = []
    for await (const [number] of exportLines(db, request, 'UTC')) {
      if (number === 'Número') continue
      if (found.length === 0) await meanwhile(all.map(ticket => ticket.number))
      found.push(Number(number))
    }
    expect(all.length).toBeGreaterThan(1100)
    return found
  }

  it('what moves to the front or to the end is in it, once, where it was', async () => {
    let before: number[] = []
    const found = await numbersWhile(async numbers => {
      before = numbers
      const sql = 'UPDATE tickets SET last_activity_at = $2 WHERE number = $1'
      await db.pool.query(sql, [numbers.at(-1), new Date(start + 90_000_000)])
      await db.pool.query(sql, [numbers.at(700), new Date(start - 90_000_000)])
    })
    expect(found).toEqual(before)
  })

  it('what leaves the state that was listed is in it, and what leaves the area is not', async () => {
    let [before, gone]: [number[], number | undefined] = [[], undefined]
    const found = await numbersWhile(async numbers => {
      before = numbers
      gone = numbers.at(800)
      await db.pool.query(
        `UPDATE tickets SET status = 'ASIGNADO', assignee_id = $2, version = version + 1 WHERE number = $1`,
        [numbers.at(900), ids.luis],
      )
      await db.pool.query(
        'UPDATE tickets SET area_id = $2, category_id = $3, version = version + 1 WHERE number = $1',
        [gone, areas.mantenimiento, categories.techo],
      )
    })
    expect(found).toEqual(before.filter(number => number !== gone))
  })
})

it('is sent at a memory that does not grow with it, however slowly it is taken', { timeout: 120_000 }, async () => {
  await db.pool.query(
    `INSERT INTO tickets (area_id, category_id, priority, subject, description, requester_id, creator_id, created_at,
       last_activity_at, origin_system, origin_reference)
     SELECT $1, $2, 'BAJA', repeat('Asunto ', 20), 'Texto', $3, $3, $4::timestamptz + n * interval '1 second', $4, 'muchos', n
       FROM generate_series(1, 100000) n`,
    [areas.sistemas, categories.red, ids.clara, new Date(start)],
  )
  const request = listRequest(
    lists.supervised,
    await viewer('sara'),
    { status: 'REGISTRADO', filters: {}, order: 'recientes' },
    { zone: 'UTC', now: clock.now() },
  )
  const server = createServer(
    (_req, res) => void sendCsv(Object.assign(res, { attachment() {} }) as never, 'a', exportLines(db, request, 'UTC')),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { lines, most, looks } = await readSlowly((server.address() as AddressInfo).port)
  server.close()
  expect(lines).toBe(101_201)
  expect(looks).toBeGreaterThan(2)
  expect(most).toBeLessThan(20 * 1024 * 1024)
})

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/**
 * Reads an answer a piece at a time.
 * @returns its lines, by how many bytes the heap grew at most meanwhile (what tests before have left may go, so perhaps less than
 *   none), and how often that was looked at
 */
async function readSlowly(port: number): Promise<{ lines: number; most: number; looks: number }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get({ port, agent: false }, resolve).on('error', reject),
  )
  const held = () => {
    // What the first collection finalizes only the second one frees.
    for (const _ of [1, 2]) collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const before = held()
  let [lines, most, pieces, looks] = [0, Number.NEGATIVE_INFINITY, 0, 0]
  for await (const piece of response) {
    for (const byte of piece as Buffer) if (byte === LINE_FEED) lines++
    // The writer has every chance to be faster than the reader.
    for (let waited = 0; waited < 5; waited++) await turn()
    if (++pieces % 50 !== 0) continue
    most = Math.max(most, held() - before)
    looks++
  }
  return { lines, most, looks }
}

const LINE_FEED = 10
