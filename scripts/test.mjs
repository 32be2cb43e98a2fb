// What `npm test` runs: set-up, the checks that read the code, then the tests. Arguments go to vitest.
// The last line on stdout is `N passed, N failed, N skipped`, from vitest's own report.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (/** @type {string} */ path) => [process.execPath, join(root, 'node_modules', path)]

// A log file is read without colours, whatever the environment says about the terminal that is not there.
if (!process.stdout.isTTY) {
  delete process.env.FORCE_COLOR
  process.env.NO_COLOR = '1'
}

/** @type {Record<string, string[]>} */
const checks = {
  tipos: [...bin('typescript/bin/tsc'), '-p', '.'],
  'tipos de scripts': [...bin('typescript/bin/tsc'), '-p', 'scripts'],
  estilo: [...bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '--error-on-warnings', '.'],
  arquitectura: [
    ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'scripts'],
  ],
  'código sin uso': [...bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints'],
}

try {
  await timed('preparación', () => setUp({ development: true }).then(() => 0))
  // At the same time: the compiler takes most of it, and only one of the cores.
  const checked = Object.entries(checks).map(async ([title, command]) =>
    (await timed(title, () => runQuietly(command))) === 0 ? [] : [title],
  )
  const failed = (await Promise.all(checked)).flat()
  const counts = await timed('pruebas', () => runTests(process.argv.slice(2)))
  if (counts.code !== 0 || counts.failed > 0) failed.push('pruebas')
  if (failed.length > 0) console.log(`\nFalló: ${failed.join(', ')}.`)
  // On a line of its own whatever the tests wrote last.
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  process.exitCode = failed.length > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/**
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 */
async function timed(title, work) {
  const start = performance.now()
  const result = await work()
  console.log(`${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}

/**
 * Runs a check; what it says is shown only if it fails.
 * @param {string[]} command
 */
async function runQuietly([program = '', ...options]) {
  const child = spawn(program, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  /** @type {Buffer[]} */
  const output = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => output.push(chunk))
  const code = await ended(child)
  if (code !== 0) process.stdout.write(Buffer.concat(output))
  return code
}

/** @param {string[]} options of vitest */
async function runTests(options) {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-informe-'))
  const report = join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const [program = '', ...vitest] = bin('vitest/vitest.mjs')
  const child = spawn(program, [...vitest, 'run', ...reporters, ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await ended(child)
  try {
    return { code, ...readCounts(report) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * @param {string} report
 * @throws {Error} when vitest wrote none or ran nothing
 */
function readCounts(report) {
  let counts
  try {
    counts = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    throw new Error('vitest no dejó ningún informe.')
  }
  if (!(counts.numTotalTests > 0)) throw new Error('vitest no ejecutó ninguna prueba.')
  const skipped = counts.numPendingTests + counts.numTodoTests
  return { passed: counts.numPassedTests, failed: counts.numFailedTests, skipped }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number | null>}
 */
function ended(child) {
  return new Promise((settle, fail) => child.once('error', fail).once('close', settle))
}
