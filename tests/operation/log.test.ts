import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'

// Lines are written together, and none of them is lost but to a kill -9.

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A process that logs. @param body of a function of `log` */
function logging(body: string, stdout: number | 'pipe' = 'pipe') {
  const module = join(projectRoot, 'dist', 'src', 'platform', 'log.js')
  const program = `import(${JSON.stringify(module)}).then(({ createLog }) => { const log = createLog('info'); ${body} })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', stdout, 'inherit'],
  })
  children.push(child)
  const written: string[] = []
  child.stdout?.on('data', chunk => written.push(String(chunk)))
  const lines = () => written.join('').trim().split('\n').filter(Boolean)
  return { child, chunks: written, messages: () => lines().map(line => JSON.parse(line).msg) }
}

const FOR_EVER = 'setInterval(() => {}, 1000)'

it('comes together, in order, and whole when the process ends', async () => {
  const { child, chunks, messages } = logging("for (let n = 0; n < 500; n++) log.info('line ' + n); process.exit(0)")
  await once(child, 'close')
  expect(messages()).toEqual(Array.from({ length: 500 }, (_, n) => `line ${n}`))
  expect(chunks.length).toBeLessThan(100)
})

it('has no line that another process breaks', async () => {
  const writing =
    "for (let n = 0; n < 3000; n++) log.info({ who: process.pid, n }, 'x'.repeat(n % 200)); process.exit(0)"
  const folder = mkdtempSync(join(tmpdir(), 'registro-'))
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const read = readFile(pipe, 'utf8')
  const fd = openSync(pipe, 'w')
  const both = [1, 2].map(() => once(logging(writing, fd).child, 'close'))
  await Promise.all(both)
  closeSync(fd)
  const lines = (await read)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines).toHaveLength(6000)
  rmSync(folder, { recursive: true })
})

it('does not wait for more lines', async () => {
  const { child, messages } = logging(`log.info('alone'); ${FOR_EVER}`)
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  expect(messages()).toEqual(['alone'])
})

it('is written at once up to an error, whatever happens to the process then', async () => {
  const { child, messages } = logging("log.info('before'); log.error('wrong'); process.kill(process.pid, 'SIGKILL')")
  await once(child, 'close')
  expect(messages()).toEqual(['before', 'wrong'])
})
