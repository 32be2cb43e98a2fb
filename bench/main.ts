import { parseArgs } from 'node:util'
import { keptDatabase } from './database/kept.ts'
import { type Bar, bars, memoryBar } from './load/bars.ts'
import { cases } from './load/cases.ts'
import { type Measured, measure } from './load/measure.ts'
import { memoryOf, startFloor } from './load/processes.ts'
import { keep, surroundings, table, verdicts } from './load/report.ts'
import { fire } from './load/shot.ts'
import { openStand, type Stand } from './load/stand.ts'

const { values: options } = parseArgs({
  options: {
    /** How many tickets, separated by commas; the last one is what the bars are about. */
    sizes: { type: 'string', default: '10000,1000000' },
    /** Only builds the databases. */
    build: { type: 'boolean', default: false },
    /** Only the cases whose name has this. */
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    /** How many requests come before the memory is looked at; none: it is not. */
    memory: { type: 'string', default: '0' },
    /** Where node writes what the application spent its time on. */
    profile: { type: 'string' },
  },
})

const sizes = options.sizes.split(',').map(Number)
if (options.build) for (const size of sizes) await keptDatabase(size)
else process.exitCode = await run()

async function run(): Promise<number> {
  const closers: (() => Promise<void>)[] = []
  try {
    const stands = await openAll(closers)
    const largest = stands.at(-1)
    if (!largest) throw new Error('No size was given')
    const floor = await startFloor(largest.postgres.url, largest.directory)
    closers.push(floor.stop)
    const results = await measureAll(stands, floor)
    const requests = Number(options.memory)
    const verdict = [...bars(results), ...(requests > 0 ? [await memoryAfter(largest, requests)] : [])]
    const report = { ...(await surroundings(largest.pool)), sizes, results, bars: verdict }
    console.log(`\n${table(results)}\n\n${verdicts(verdict)}\n\nIn full: ${keep(report)}`)
    return verdict.every(({ holds }) => holds) ? 0 : 1
  } finally {
    for (const close of closers.reverse()) await close()
  }
}

async function openAll(closers: (() => Promise<void>)[]): Promise<Stand[]> {
  const profiling = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []
  const stands: Stand[] = []
  for (const size of sizes) {
    const stand = await openStand(size, profiling)
    closers.push(stand.close)
    stands.push(stand)
  }
  return stands
}

async function measureAll(stands: Stand[], floor: Awaited<ReturnType<typeof startFloor>>): Promise<Measured[]> {
  const effort = { seconds: Number(options.seconds), rounds: Number(options.rounds) }
  const results: Measured[] = []
  for (const each of cases.filter(({ name }) => name.includes(options.only))) {
    const result = await measure(each, stands, floor, effort)
    if (!result) continue
    results.push(result)
    console.log(table([result]).split('\n').slice(2).join('\n'))
  }
  return results
}

/** What one process holds once it has answered so many requests of every kind of page; a tenth of them tells what grows. */
async function memoryAfter(stand: Stand, requests: number): Promise<Bar> {
  await readPages(stand, requests / 10)
  const early = memoryOf(stand.app.pid)
  await readPages(stand, requests - requests / 10)
  const late = memoryOf(stand.app.pid)
  console.log(
    `\nMegabytes: ${stand.memoryAtStart} at the start, ${early} after a tenth, ${late} after ${requests} requests`,
  )
  return memoryBar(late, requests)
}

async function readPages(stand: Stand, requests: number): Promise<void> {
  const reads = cases.filter(({ kind, person }) => kind !== 'write' && person)
  const times = Math.ceil(requests / reads.length)
  for (const each of reads) {
    const target = await each.ask(stand)
    const cookie = each.person ? stand.cookies[each.person] : ''
    if (target) await fire(stand.app.origin, { ...target, method: 'GET', headers: { cookie } }, 16, { times })
  }
}
