import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { AuditKind, AuditSubject } from '../../src/audit/kinds.ts'
import { type AuditChanges, recordAudit } from '../../src/audit/record.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const { as, cast, clock, db } = await useApplication()
const PATH = '/administracion/auditoria'

interface Written {
  kind: AuditKind
  by?: Person | null
  address?: string
  subject?: { type: AuditSubject; id: number | null; name: string }
  changes?: AuditChanges
}

async function write({ kind, by = 'ana', address = '192.0.2.7', ...rest }: Written): Promise<void> {
  clock.advance({ minutes: 1 })
  await recordAudit(db.prisma, { id: by && cast.ids[by], address }, clock.now(), { kind, ...rest })
}

// Signing in is written down too: once, before all that the tests list.
await as('ana')
const pedro = { type: 'usuario' as const, id: cast.ids.pedro, name: 'Pedro Gómez' }
const sistemas = { type: 'area' as const, id: cast.areas.sistemas, name: 'Sistemas' }
await write({ kind: 'area.modificada', subject: sistemas, changes: { name: ['Cómputo', 'Sistemas'] } })
await write({ kind: 'ingreso.fallido', by: null, address: '198.51.100.4', subject: pedro })
clock.advance({ days: 3 })
await write({
  kind: 'usuario.modificado',
  by: 'sara',
  subject: pedro,
  changes: { areaIds: [[cast.areas.sistemas], [cast.areas.sistemas, cast.areas.mantenimiento]], active: [true, false] },
})
await write({ kind: 'permisos.modificados', subject: pedro, changes: { 'tickets.cancelar': [null, 'CONCEDER'] } })

// Those who ask have signed in, which is written down too.
const titlesOf = (body: string) =>
  [...body.matchAll(/class="ticket-link" href="[^"]+">([^<]+)</g)]
    .map(([, title]) => title)
    .filter(title => title !== 'Ingreso')
const listed = async (query = '') => titlesOf((await (await as('ana')).get(PATH + query)).body)

describe('the list', () => {
  it('tells what was done, newest first, in Spanish', async () => {
    const { body } = await (await as('ana')).get(PATH)
    expect(titlesOf(body)).toEqual([
      'Permisos modificados',
      'Usuario modificado',
      'Ingreso fallido',
      'Área modificada',
      'Ingreso',
    ])
    expect(body).toContain('Cancelar tickets: Según el rol → Concedido')
    expect(body).toContain('Activa: Sí → No · Áreas: Sistemas → Sistemas, Mantenimiento')
  })

  it.each([
    ['what was done', '?tipo=ingreso.fallido', ['Ingreso fallido']],
    ['what it is about', '?objeto=area', ['Área modificada']],
    ['from where', '?direccion=198.51.100.4', ['Ingreso fallido']],
    ['who did it', '?persona=sara', ['Usuario modificado']],
    ['whom it is about', '?persona=PEDRO', ['Permisos modificados', 'Usuario modificado', 'Ingreso fallido']],
    ['several of them', '?persona=pedro&desde=2026-03-04', ['Permisos modificados', 'Usuario modificado']],
    ['the first days', '?hasta=2026-03-03', ['Ingreso fallido', 'Área modificada', 'Ingreso']],
    ['nobody', '?persona=xyz', []],
    [
      'a kind that there is not',
      '?tipo=constructor',
      ['Permisos modificados', 'Usuario modificado', 'Ingreso fallido', 'Área modificada', 'Ingreso'],
    ],
  ])('is narrowed to %s', async (_what, query, expected) => {
    expect(await listed(query)).toEqual(expected)
  })

  it('goes on page by page, and back', async () => {
    const ana = await as('ana')
    const rows = Array.from({ length: 60 }, (_, index) => ({
      at: new Date('2026-01-01T00:00:00Z'),
      kind: 'organizacion.creada',
      address: '192.0.2.9',
      subjectType: 'organizacion',
      subjectName: `Empresa ${index}`,
    }))
    await db.prisma.auditEntry.createMany({ data: rows })
    const names = (body: string) => [...body.matchAll(/Organización: (Empresa \d+)/g)].map(([, name]) => name)
    const link = (body: string, rel: string) =>
      new RegExp(`href="([^"]+)" rel="${rel}"`).exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const first = (await ana.get(`${PATH}?direccion=192.0.2.9`)).body
    const second = (await ana.get(link(first, 'next'))).body
    const third = (await ana.get(link(second, 'next'))).body
    const all = rows.map(({ subjectName }) => subjectName).reverse()
    expect([...names(first), ...names(second), ...names(third)]).toEqual(all)
    expect(link(third, 'next')).toBe('')
    expect(names((await ana.get(link(third, 'prev'))).body)).toEqual(names(second))
  })
})

it('shows one entry with everything that it changed, and nothing that is not there', async () => {
  const ana = await as('ana')
  const entry = await db.prisma.auditEntry.findFirstOrThrow({ where: { kind: 'usuario.modificado' } })
  const { body } = await ana.get(`${PATH}/${entry.id}`)
  for (const text of ['Sara Peña', '192.0.2.7', 'Persona: Pedro Gómez', 'Sistemas, Mantenimiento']) {
    expect(body).toContain(text)
  }
  expect((await ana.get(`${PATH}/999999`)).status).toBe(404)
})

describe('the export', () => {
  const download = async (filters: Record<string, string> = {}) =>
    (await as('ana')).post(`${PATH}/exportacion`, filters)
  const records = (body: string): Record<string, string>[] => parse(body, { bom: true, delimiter: ';', columns: true })

  it('is exactly the filtered list, as a Spanish Excel opens it', async () => {
    const answer = await download({ persona: 'pedro' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename=auditoria-2026-03-05\.csv$/)
    expect([...answer.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(answer.body).toContain('\r\n')
    const rows = records(answer.body)
    expect(rows.map(row => row.Qué)).toEqual(await listed('?persona=pedro'))
    expect(rows[0]).toEqual({
      'Fecha y hora': '2026-03-05 09:04:00',
      Qué: 'Permisos modificados',
      Quién: 'Ana Ruiz',
      Correo: 'ana@ejemplo.test',
      Dirección: '192.0.2.7',
      Sobre: 'Persona',
      Nombre: 'Pedro Gómez',
      Cambios: 'Cancelar tickets: Según el rol → Concedido',
    })
  })

  it('is written down with what it was narrowed to, and is none of what it lists', async () => {
    const before = await db.prisma.auditEntry.count({ where: { kind: 'exportacion.descargada' } })
    const rows = records((await download({ tipo: 'exportacion.descargada', desde: '2026-03-01' })).body)
    expect(rows).toHaveLength(before)
    const last = await db.prisma.auditEntry.findFirst({ orderBy: { id: 'desc' } })
    expect(last).toMatchObject({
      kind: 'exportacion.descargada',
      actorId: cast.ids.ana,
      subjectType: 'archivo',
      changes: { filters: [null, ['Qué: Exportación descargada', 'Desde 1 mar 2026']] },
    })
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('writes %j as text, not as a formula', async name => {
    await write({ kind: 'area.creada', address: '203.0.113.5', subject: { type: 'area', id: 1, name } })
    const [row] = records((await download({ direccion: '203.0.113.5' })).body)
    expect(row?.Nombre).toBe(`'${name}`)
  })

  it('is refused where it cannot be told whose entries are meant, and then writes nothing', async () => {
    const before = await db.prisma.auditEntry.count()
    expect((await download({ persona: 'xyz' })).status).toBe(422)
    expect(await db.prisma.auditEntry.count()).toBe(before)
  })

  it('has every one of many', async () => {
    await db.pool.query(`INSERT INTO audit_entries (at, kind, address)
      SELECT '2025-01-01', 'salida', '203.0.113.77' FROM generate_series(1, 1700)`)
    expect(records((await download({ direccion: '203.0.113.77' })).body)).toHaveLength(1700)
  })
})

it('is for those who may see it', async () => {
  const sara = await as('sara')
  for (const answer of [await sara.get(PATH), await sara.get(`${PATH}/1`), await sara.post(`${PATH}/exportacion`)]) {
    expect(answer.status).toBe(403)
  }
})
