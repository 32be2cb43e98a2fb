import { Client } from '../../tests/support/client.ts'
import type { Case } from './cases.ts'
import { type Listening, memoryOf, processorBelow, processorOf } from './processes.ts'
import { type Ask, type Extent, fire, type Hits, together } from './shot.ts'
import type { Stand } from './stand.ts'

/** How long each series lasts, and how many series of the same there are. */
export interface Effort {
  seconds: number
  rounds: number
}

/** What a case was measured to be on a database of one size. */
export interface Figures {
  tickets: number
  /** By the number of connections. */
  at: Record<1 | 16, ReturnType<typeof together>>
  /** Milliseconds of processor for one request, at 16 connections. */
  processor: { app: number; postgres: number }
  statements: number
  bytes: { raw: number; compressed: number }
  /** Megabytes of the application's process afterwards. */
  memory: number
}

export interface Measured {
  case: Case
  figures: Figures[]
  /** Requests a second of the bare page of the same size, in the same minute; null where nothing is held against it. */
  floor: number | null
}

const SAMPLED = 20
const WRITES = { 1: 40, 16: 320 } as const

/**
 * Measures a case on each stand in turn, and the floor between, so that a busy minute of the machine hits all alike.
 * @returns null when no database has anything to show
 */
export async function measure(each: Case, stands: Stand[], floor: Listening, effort: Effort): Promise<Measured | null> {
  const ready = await prepare(each, stands)
  const page = ready.at(-1)?.page ?? ''
  if (each.hot) await new Client(floor.origin).send('PUT', '/', page, {})
  const floorSeries: Hits[] = []
  for (let round = 0; round < effort.rounds; round++) {
    if (each.hot) floorSeries.push(await fire(floor.origin, bareAsk(page), 16, { seconds: effort.seconds }))
    for (const one of ready) await one.shoot(16, extentOf(each, 16, effort))
  }
  for (const one of ready) await one.shoot(1, extentOf(each, 1, effort))
  const figures = ready.map(one => one.figures())
  if (figures.length === 0) return null
  return { case: each, figures, floor: each.hot ? floorOf(floorSeries) : null }
}

function floorOf(series: Hits[]): number {
  const { perSecond, wrong } = together(series)
  if (wrong > 0) throw new Error('The floor did not send the page')
  return perSecond
}

function extentOf({ kind }: Case, connections: 1 | 16, { seconds, rounds }: Effort): Extent {
  return kind === 'write' ? { times: Math.ceil(WRITES[connections] / (connections === 1 ? 1 : rounds)) } : { seconds }
}

async function prepare(each: Case, stands: Stand[]) {
  const ready: Awaited<ReturnType<typeof aim>>[] = []
  for (const stand of stands) {
    const target = await each.ask(stand)
    if (target) ready.push(await aim(each, stand, target))
  }
  return ready
}

/** Warms up, looks at one answer closely, and is ready to be measured. */
async function aim(each: Case, stand: Stand, target: Pick<Ask, 'make' | 'accept'>) {
  const ask = withHeaders(each, stand, target)
  // By number: when the time is over, requests would still be on their way, and be counted with the next ones.
  await fire(stand.app.origin, ask, 16, { times: each.kind === 'write' ? 32 : 320 })
  const statements = await statementsOf(stand, ask)
  const { bytes, page } = await closeUp(stand, ask)
  const series: Record<1 | 16, Hits[]> = { 1: [], 16: [] }
  const spent = { app: 0, postgres: 0, requests: 0 }
  return {
    page,
    async shoot(connections: 1 | 16, extent: Extent) {
      const before = { app: processorOf(stand.app.pid), postgres: processorBelow(stand.postgres.pid) }
      const hits = await fire(stand.app.origin, ask, connections, extent)
      series[connections].push(hits)
      if (connections === 1) return
      spent.app += processorOf(stand.app.pid) - before.app
      spent.postgres += processorBelow(stand.postgres.pid) - before.postgres
      spent.requests += hits.latencies.length
    },
    figures: (): Figures => ({
      tickets: stand.tickets,
      at: { 1: together(series[1]), 16: together(series[16]) },
      processor: { app: (1000 * spent.app) / spent.requests, postgres: (1000 * spent.postgres) / spent.requests },
      statements,
      bytes,
      memory: memoryOf(stand.app.pid),
    }),
  }
}

function withHeaders({ person, kind }: Case, stand: Stand, target: Pick<Ask, 'make' | 'accept'>): Ask {
  const writes = { origin: stand.app.origin, 'content-type': 'application/x-www-form-urlencoded' }
  const headers = { ...(person && { cookie: stand.cookies[person] }), ...(kind === 'write' && writes) }
  return { ...target, method: kind === 'write' ? 'POST' : 'GET', headers }
}

const bareAsk = (page: string): Ask => ({
  method: 'GET',
  make: () => ({ path: '/' }),
  headers: {},
  accept: (status, body) => status === 200 && body.length === page.length,
})

/** Of one request, on average. */
async function statementsOf(stand: Stand, ask: Ask): Promise<number> {
  const before = await stand.countStatements()
  const { wrong } = await fire(stand.app.origin, ask, 1, { times: SAMPLED })
  if (wrong > 0) throw new Error('The answer is not the right one')
  return ((await stand.countStatements()) - before) / SAMPLED
}

/** One answer, and its size as it is and as a browser gets it. */
async function closeUp(stand: Stand, { method, make, headers }: Ask) {
  const { path, body } = make()
  const client = new Client(stand.app.origin)
  const plain = await client.send(method, path, body ?? null, headers)
  const asBrowser = { ...headers, 'accept-encoding': 'br, gzip' }
  const compressed = method === 'GET' ? await client.send(method, path, null, asBrowser) : plain
  return { page: plain.body, bytes: { raw: plain.bytes.length, compressed: compressed.bytes.length } }
}
