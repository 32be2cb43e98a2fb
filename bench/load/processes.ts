import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot } from '../../src/platform/root.ts'

/** A process that listens. */
export interface Listening {
  pid: number
  origin: string
  /** Ends it as a person would, and waits. */
  stop(): Promise<void>
}

/**
 * Starts the application in production mode on the data folder of a kept database.
 * @param options of node itself, such as --cpu-prof
 */
export function startApp(directory: string, options: string[] = []): Promise<Listening> {
  const environment = {
    NODE_ENV: 'production',
    PORT: '0',
    DATA_DIR: directory,
    UPLOADS_DIR: join(directory, 'uploads'),
  }
  const log = join(directory, 'app.log')
  return startListening([...options, ...startOptions()], environment, log, output => {
    return /está en (http:\S+)/.exec(output)?.[1]
  })
}

/** What `npm start` gives node, which npm itself would only stand in front of. */
function startOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  return scripts.start.replace('exec node ', '').split(' ')
}

/** @param url of the database that it reads */
export function startFloor(url: string, directory: string): Promise<Listening> {
  const program = join(projectRoot, 'dist', 'bench', 'load', 'floor.js')
  const environment = { NODE_ENV: 'production', DATABASE_URL: url }
  return startListening([program], environment, join(directory, 'floor.log'), output => {
    const port = /^floor (\d+)$/m.exec(output)?.[1]
    return port && `http://127.0.0.1:${port}`
  })
}

/** What it writes goes to a file, so that reading it costs nobody's time. @param find its address in that */
async function startListening(
  command: string[],
  environment: Record<string, string>,
  log: string,
  find: (output: string) => string | undefined,
): Promise<Listening> {
  const { PATH = '', HOME = '' } = process.env
  const output = openSync(log, 'w')
  const child = spawn(process.execPath, command, {
    cwd: projectRoot,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  while (child.exitCode === null && child.signalCode === null) {
    const origin = find(readFileSync(log, 'utf8'))
    if (origin) return { pid: child.pid ?? 0, origin, stop: () => end(child) }
    await wait(50)
  }
  throw new Error(`It did not start: ${readFileSync(log, 'utf8')}`)
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}

/** Clock ticks of a second, as Linux counts them in /proc. */
const TICKS = 100

/** Seconds of processor that a process has used. */
export function processorOf(pid: number): number {
  const { user, system } = statOf(pid)
  return (user + system) / TICKS
}

/** The same of a process with everything below it, also of what has ended there. */
export function processorBelow(parent: number): number {
  const { user, system, ended } = statOf(parent)
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => statOf(Number(name)))
    .filter(stat => stat.parent === parent)
  return children.reduce((sum, stat) => sum + stat.user + stat.system, user + system + ended) / TICKS
}

/** Megabytes that a process holds in memory. */
export function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

/** /proc/<pid>/stat, in ticks; zeros for a process that is gone. */
function statOf(pid: number) {
  let stat = ''
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // It has ended in between.
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map(place =>
    Number(fields[place] ?? 0),
  )
  return { parent, user, system, ended: endedUser + endedSystem }
}
