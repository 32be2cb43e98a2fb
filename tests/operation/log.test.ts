import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'

// Lines are written together, and none of them is lost but to a kill -9.

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const module = JSON.stringify(join(projectRoot, 'dist', 'src', 'platform', 'log.js'))

/** Options of a node that logs. @param body of a function of `log` */
const logging = (body: string): string[] => [
  '--eval',
  `import(${module}).then(({ createLog }) => { const log = createLog('info'); ${body} })`,
]

/** A node and what it has written. */
function start(options: string[]) {
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const chunks: string[] = []
  child.stdout.on('data', chunk => chunks.push(String(chunk)))
  const lines = () => chunks.join('').trim().split('\n').filter(Boolean)
  return { child, chunks, messages: () => lines().map(line => JSON.parse(line).msg) }
}

const FOR_EVER = 'setInterval(() => {}, 1000)'

it('comes together, in order, and whole when the process ends', async () => {
  const body = "for (let n = 0; n < 500; n++) log.info('line ' + n); process.exit(0)"
  const { child, chunks, messages } = start(logging(body))
  await once(child, 'close')
  expect(messages()).toEqual(Array.from({ length: 500 }, (_, n) => `line ${n}`))
  expect(chunks.length).toBeLessThan(100)
})

it('has no line that another process breaks', async () => {
  const body = "for (let n = 0; n < 3000; n++) log.info({ who: process.pid, n }, 'x'.repeat(n % 200)); process.exit(0)"
  // Both write into the pipe of the one that begins them.
  const both = `const { spawn } = require('node:child_process')
    for (const _ of [1, 2]) spawn(process.execPath, ${JSON.stringify(logging(body))}, { stdio: 'inherit' })`
  const { child, messages } = start(['--eval', both])
  await once(child, 'close')
  expect(messages()).toHaveLength(6000)
})

it('does not wait for more lines', async () => {
  const { child, messages } = start(logging(`log.info('alone'); ${FOR_EVER}`))
  await once(child.stdout, 'data')
  expect(messages()).toEqual(['alone'])
})

it('is written at once up to an error, whatever happens to the process then', async () => {
  const body = "log.info('before'); log.error('wrong'); process.kill(process.pid, 'SIGKILL')"
  const { child, messages } = start(logging(body))
  await once(child, 'close')
  expect(messages()).toEqual(['before', 'wrong'])
})
