import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { projectRoot } from '../../src/platform/root.ts'
import type { Bar } from './bars.ts'
import type { Measured } from './measure.ts'

const HEADINGS = [
  'page',
  'tickets',
  'req/s',
  'of floor',
  'p50',
  'p95',
  'p99',
  'p50 of 1',
  'CPU app',
  'CPU db',
  'queries',
  'KB',
  'KB br',
  'MB',
]

/** One line for each case and size, as Markdown; times in milliseconds, at 16 connections unless said otherwise. */
export function table(results: Measured[]): string {
  const rows = results.flatMap(({ case: { name }, figures, floor }) =>
    figures.map(({ tickets, at, processor, statements, bytes, memory }) => {
      const { perSecond, p50, p95, p99, wrong } = at[16]
      const speed = wrong > 0 ? 'wrong' : String(Math.round(perSecond))
      const share = floor ? (perSecond / floor).toFixed(2) : ''
      const times = [p50, p95, p99, at[1].p50, processor.app, processor.postgres].map(value => value.toFixed(1))
      const sizes = [bytes.raw, bytes.compressed].map(value => (value / 1024).toFixed(1))
      return [name, String(tickets), speed, share, ...times, statements.toFixed(1), ...sizes, String(memory)]
    }),
  )
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(HEADINGS), line(HEADINGS.map((_, place) => (place < 1 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

export const verdicts = (bars: Bar[]): string =>
  bars
    .map(({ what, measured, limit, sense, holds }) => {
      return `${holds ? 'holds ' : 'MISSED'} ${what}: ${measured.toFixed(2)} (at ${sense} ${limit})`
    })
    .join('\n')

/** With what and on what it was measured. */
export async function surroundings(pool: pg.Pool) {
  const { rows } = await pool.query("SELECT current_setting('server_version') AS version")
  const versions = Object.fromEntries(
    ['express', 'ejs', 'pg', '@prisma/client', 'autocannon'].map(name => [name, versionOf(name)]),
  )
  const [processor] = cpus()
  return {
    measuredAt: new Date().toISOString(),
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: projectRoot, encoding: 'utf8' }).trim(),
    machine: {
      processor: processor?.model,
      cores: cpus().length,
      gigabytes: Math.round(totalmem() / 1024 ** 3),
      system: `${process.platform} ${process.arch}`,
    },
    versions: { node: process.versions.node, postgresql: rows[0].version, ...versions },
  }
}

function versionOf(name: string): string {
  const file = join(projectRoot, 'node_modules', name, 'package.json')
  return JSON.parse(readFileSync(file, 'utf8')).version
}

/** @returns the file that it was written to */
export function keep(results: object): string {
  const folder = join(projectRoot, 'bench', 'results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`)
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
  return file
}
