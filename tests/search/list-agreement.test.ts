import { beforeAll, describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { reclassifyTicket } from '../../src/tickets/actions/reclassify.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// Narrowed to a word that every ticket has, a list shows what it shows without: the index of words knows all that lists know.

const { as, viewer, db, clock, cast } = await useApplication()
const context = { db, clock }
const TICKETS = 140
const DAY = 24 * 60 * 60 * 1000

/** Two areas, some of each kind and priority, over seven weeks, two of them at the same moment each. */
async function register() {
  const { areas, categories, ids } = cast
  const places = [
    [areas.sistemas, categories.red],
    [areas.sistemas, categories.equipo],
    [areas.mantenimiento, categories.techo],
  ] as const
  await db.prisma.ticket.createMany({
    data: Array.from({ length: TICKETS }, (_, index) => {
      const createdAt = new Date(clock.now().getTime() - Math.floor(index / 2) * 0.7 * DAY)
      const requesterId = index % 3 === 0 ? ids.elena : ids.clara
      const [areaId = 0, categoryId = 0] = places[index % 3] ?? []
      const priority = (['BAJA', 'MEDIA', 'ALTA', 'URGENTE'] as const)[index % 4] ?? 'MEDIA'
      const said = { subject: `Pelícano ${index}`, description: 'Texto' }
      return {
        ...said,
        areaId,
        categoryId,
        priority,
        requesterId,
        creatorId: ids.clara,
        createdAt,
        lastActivityAt: createdAt,
      }
    }),
  })
}

beforeAll(async () => {
  await register()
  const ana = await viewer('ana')
  const luis = await viewer('luis')
  const tickets = await db.prisma.ticket.findMany({
    where: { areaId: cast.areas.sistemas },
    orderBy: { number: 'asc' },
  })
  for (const [place, { number }] of tickets.slice(0, 40).entries()) {
    const owner =
      place % 4 === 3
        ? { assigneeId: null, assigneeGroupId: cast.groups.redes }
        : { assigneeId: cast.ids.luis, assigneeGroupId: null }
    await assignTicket(context, ana, number, { version: 1, owner, note: '' })
    if (place % 4 < 3 && place % 2 === 0) await startTicket(context, luis, number, 2)
    else clock.advance({ minutes: 1 })
    if (place % 8 === 2) await addEntry(context, luis, number, { text: 'Pelícano visto', visibility: 'PUBLICA' })
  }
  const [moved] = tickets.slice(-1)
  await reclassifyTicket(context, ana, moved?.number ?? 0, {
    areaId: cast.areas.mantenimiento,
    categoryId: cast.categories.techo,
    priority: 'URGENTE',
    subject: 'Pelícano que se mudó',
    version: 1,
    owner: null,
  })
  await db.pool.query('ANALYZE')
}, 120_000)

const rowsIn = (body: string) =>
  [...body.matchAll(/class="ticket-number">#(\d+)</g)].map(([, number]) => Number(number))

/** The tickets of all pages, and of the way back from the last. */
async function walk(person: Person, address: string) {
  const client = await as(person)
  const there: number[][] = []
  const back: number[][] = []
  const follow = async (pages: number[][], from: string, rel: string) => {
    for (let path: string | undefined = from; path && pages.length < 20; ) {
      const { status, body } = await client.get(path)
      expect(status).toBe(200)
      pages.push(rowsIn(body))
      last = path
      path = new RegExp(`href="([^"]*)" rel="${rel}"`).exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
  }
  let last = address
  await follow(there, address, 'next')
  await follow(back, last, 'prev')
  return { there: there.flat(), back: back.reverse().flat() }
}

const days = (first: number, last: number) => {
  const day = (ago: number) => new Date(Date.parse('2026-03-02') - ago * DAY).toISOString().slice(0, 10)
  return `desde=${day(first)}&hasta=${day(last)}`
}

const lists: [Person, string, string[]][] = [
  [
    'ana',
    '/tickets',
    [
      '',
      'orden=antiguos',
      'orden=prioridad',
      'orden=actividad',
      'estado=asignados',
      'estado=en-proceso&orden=antiguos',
      'estado=finalizados',
      `area=${cast.areas.sistemas}`,
      `area=${cast.areas.mantenimiento}&orden=antiguos`,
      `categoria=${cast.categories.techo}`,
      'tipo=problema',
      'tipo=requerimiento',
      'prioridad=urgente',
      'responsable=nadie',
      `estado=asignados&responsable=persona:${cast.ids.luis}`,
      `estado=asignados&responsable=grupo:${cast.groups.redes}`,
      days(40, 3),
      `${days(40, 3)}&orden=antiguos`,
      'desde=2026-02-01',
      'hasta=2026-02-01&prioridad=baja',
    ],
  ],
  ['sara', '/tickets', ['', 'orden=antiguos', 'estado=asignados', `area=${cast.areas.mantenimiento}`]],
  ['luis', '/asignados', ['', 'orden=antiguos', 'orden=prioridad', 'tipo=problema']],
  ['luis', '/atendidos', ['', 'orden=primera-atencion']],
  ['pedro', '/asignados', ['', 'orden=antiguos']],
  ['clara', '/mis-tickets', ['', 'orden=antiguos', 'orden=actividad', days(20, 10)]],
  ['elena', '/mis-tickets', ['', 'orden=antiguos']],
]

describe.each(lists)('%s at %s', (person, path, chosen) => {
  it.each(chosen)('?%s', async parameters => {
    const plain = await walk(person, `${path}?${parameters}`)
    expect(await walk(person, `${path}?${parameters}&buscar=pel%C3%ADcano`)).toEqual(plain)
    expect(plain.back).toEqual(plain.there)
    // As a phrase, which the index alone does not tell.
    expect((await walk(person, `${path}?${parameters}&buscar=%22pel%C3%ADcano%22+-gaviota`)).there).toEqual(plain.there)
  })
})

it('has something on most of them', async () => {
  expect((await walk('ana', '/tickets')).there.length).toBeGreaterThan(60)
  expect((await walk('luis', '/asignados')).there.length).toBeGreaterThan(25)
  expect((await walk('luis', '/atendidos')).there.length).toBeGreaterThan(10)
})

it('keeps the labels of tickets as the tickets are', async () => {
  const { rows } =
    await db.pool.query(`SELECT t.number FROM tickets t JOIN ticket_documents d ON d.ticket_number = t.number
    WHERE d.created_at <> t.created_at OR NOT (d.labels @> document_labels(t) AND document_labels(t) @> d.labels)`)
  expect(rows).toEqual([])
  await db.prisma.category.update({ where: { id: cast.categories.techo }, data: { kind: 'REQUERIMIENTO' } })
  const changed =
    await db.pool.query(`SELECT t.number FROM tickets t JOIN ticket_documents d ON d.ticket_number = t.number
    WHERE NOT d.labels @> document_labels(t)`)
  expect(changed.rows).toEqual([])
})
