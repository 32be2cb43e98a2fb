import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'

/** A copy of the project as git would hand it out, with the dependencies that are installed here. */
export interface Copy {
  folder: string
  remove(): void
}

/** What the set-up makes, and last the stamp that tells whether it is up to date. */
const results = ['src/generated', 'dist/src', 'dist/scripts', 'dist/.stamp']

/** @param options.built with what the set-up has made here, as far as there is any: the first start is quicker */
export function copyProject({ built = false } = {}): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-copia-'))
  // As root, PostgreSQL runs as another account, which has to pass.
  chmodSync(folder, 0o711)
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectRoot,
  })
  for (const path of listed.toString().split('\0')) {
    // Linked dependencies are no folder, which .gitignore speaks of.
    if (!path || path === 'node_modules') continue
    if (existsSync(join(projectRoot, path))) cpSync(join(projectRoot, path), join(folder, path))
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
  if (built)
    for (const path of results.filter(path => existsSync(join(projectRoot, path))))
      cpSync(join(projectRoot, path), join(folder, path), { recursive: true })
  return { folder, remove: () => rmSync(folder, { recursive: true, maxRetries: 5 }) }
}

/** A started application and what it has said so far. */
export interface Started {
  process: ChildProcess
  output(): string
  complaints(): string
  /** Waits until it listens. @returns its address */
  origin(): Promise<string>
  /** Waits for its end. @returns the exit code */
  ended(): Promise<number | null>
  /** Ends it and everything below it at once, as a power cut would. */
  kill(): Promise<void>
}

/** @param command how to start it; by `npm start` unless said otherwise */
export function start(folder: string, environment: Record<string, string>, command = ['npm', 'start']): Started {
  const [program = '', ...options] = command
  const { PATH = '', HOME = '' } = process.env
  // Nothing else of our environment: a DATABASE_URL of the developer's is none of this test's business.
  const child = spawn(program, options, {
    cwd: folder,
    env: { PATH, HOME, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const closed = once(child, 'close')
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => {
    written.stdout += chunk
  })
  child.stderr.on('data', chunk => {
    written.stderr += chunk
  })
  return {
    process: child,
    output: () => written.stdout,
    complaints: () => written.stderr,
    async origin() {
      for (;;) {
        const [, origin] = /está en (http:\S+)/.exec(written.stdout) ?? []
        if (origin) return origin
        const ended = await Promise.race([once(child.stdout, 'data').then(() => false), closed.then(() => true)])
        if (ended) throw new Error(`The application ended: ${written.stderr}`)
      }
    },
    ended: async () => (await closed)[0],
    async kill() {
      if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
      await closed
    },
  }
}

/** The pid of the PostgreSQL that runs in a data folder. */
export function postgresPid(dataDirectory: string): number | undefined {
  const home = join(dataDirectory, 'postgres')
  const elsewhere = existsSync(`${home}.location`) ? readFileSync(`${home}.location`, 'utf8') : home
  const file = join(elsewhere, 'cluster', 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

/** Ends whatever PostgreSQL a failed test has left in a data folder. */
export function killPostgres(dataDirectory: string): void {
  const pid = postgresPid(dataDirectory)
  if (pid && existsSync(dirname(dataDirectory))) process.kill(pid, 'SIGKILL')
}
