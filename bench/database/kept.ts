import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from '../../src/platform/postgres.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { BUILDER_VERSION, buildDatabase } from './build.ts'

/** For building alone: what a crash leaves behind is thrown away. */
const fleeting = {
  fsync: 'off',
  full_page_writes: 'off',
  max_wal_size: '16GB',
  shared_buffers: '512MB',
  autovacuum: 'off',
}

const folder = resolve(projectRoot, process.env.BENCH_DIR ?? 'data/bench')

/**
 * The data folder of the application with so many tickets; made when there is none of this version of the builder.
 * @returns its absolute path, for DATA_DIR
 */
export async function keptDatabase(tickets: number): Promise<string> {
  const directory = join(folder, `${tickets}-v${BUILDER_VERSION}`)
  const mark = join(directory, 'built.json')
  if (existsSync(mark)) return directory
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  console.log(`Building ${tickets} tickets in ${directory}`)
  const start = performance.now()
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres'), settings: fleeting })
  try {
    const say = (what: string, seconds: number) => console.log(`  ${what}: ${seconds.toFixed(1)} s`)
    await buildDatabase(postgres.url, tickets, say)
  } finally {
    await postgres.stop()
  }
  const seconds = Math.round((performance.now() - start) / 1000)
  writeFileSync(mark, JSON.stringify({ tickets, seconds, builtAt: new Date() }))
  console.log(`  in all: ${seconds} s`)
  return directory
}
