import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'
import { find } from '../../src/search/find.ts'
import { useApplication } from '../support/application.ts'
import { queries } from './queries.ts'

// A hundred searches over thousands of real requests, each with the one request that must be among the first ten.

const data = join(projectRoot, '..', 'shared', 'data')
const files = {
  madrid: join(data, 'madrid-avisos', 'avisos-dev.csv.gz'),
  synthetic: join(data, 'tickets-es-synthetic', 'tickets-dev.csv.gz'),
}
const there = Object.values(files).every(file => existsSync(file))
const application = await useApplication()
const { db, cast, clock, viewer } = application

type Row = Record<string, string>
type Request = { reference: string; subject: string; description: string }

/** Each eighth request of Madrid, which is what the queries were written for, and all Spanish ones of the other file. */
async function requests(): Promise<Request[]> {
  const madrid = (await rowsOf(files.madrid)).filter((_, index) => index % 8 === 0)
  const synthetic = (await rowsOf(files.synthetic)).filter(({ language, subject }) => language === 'es' && subject)
  return [
    ...madrid.map(({ numero, servicio, calle, descripcion }) => request(numero, `${servicio}: ${calle}`, descripcion)),
    ...synthetic.map(({ id, subject, body }) => request(id, subject, body)),
  ]
}

const request = (reference = '', subject = '', description = ''): Request => ({
  reference,
  subject: subject.slice(0, 150),
  description: description.slice(0, 20_000),
})

async function rowsOf(file: string): Promise<Row[]> {
  const rows: Row[] = []
  const parser = createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true, bom: true }))
  for await (const row of parser) rows.push(row)
  return rows
}

async function load(all: Request[]): Promise<void> {
  const at = clock.now()
  const rest = {
    areaId: cast.areas.mantenimiento,
    categoryId: cast.categories.techo,
    priority: 'MEDIA' as const,
    requesterId: cast.ids.clara,
    creatorId: cast.ids.clara,
    createdAt: at,
    lastActivityAt: at,
    originSystem: 'prueba',
  }
  await db.prisma.ticket.createMany({
    data: all.map(({ reference, subject, description }) => ({
      ...rest,
      originReference: reference,
      subject,
      description,
    })),
  })
  await db.pool.query('ANALYZE')
}

describe.skipIf(!there)(
  there ? 'over real requests' : 'over real requests (skipped: ../shared/data is missing)',
  () => {
    beforeAll(async () => load(await requests()), 120_000)

    const hundred = Object.entries(queries).flatMap(([kind, pairs]) => pairs.map(pair => [kind, ...pair] as const))

    /** The references of the first ten of a search, or of what it takes for meant. */
    async function firstTen(text: string): Promise<string[]> {
      const ana = await viewer('ana')
      const { rows, meant } = await find(db, ana, text)
      const shown = meant && !meant.shown ? [...rows, ...(await find(db, ana, meant.text)).rows] : rows
      const tickets = await db.prisma.ticket.findMany({ where: { number: { in: shown.map(({ number }) => number) } } })
      return tickets.map(({ originReference }) => originReference ?? '')
    }

    it('finds what was meant in at least 95 of 100', { timeout: 60_000 }, async () => {
      expect(hundred).toHaveLength(100)
      const missed: string[] = []
      for (const [kind, text, reference] of hundred) {
        if (!(await firstTen(text)).includes(reference)) missed.push(`${kind}: ${text}`)
      }
      expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(5)
    })
  },
)
