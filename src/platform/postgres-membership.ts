import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Cluster } from './postgres-place.ts'
import { clearStalePidFile, findRunning, hasPidFile, isAlive, lastComplaint, spawnServer } from './postgres-process.ts'
import { errorCode, StartFailure } from './start-failure.ts'

/**
 * One process's part in a server that several may share. Each holds a shared advisory lock; who leaves gives his back
 * and stops the server if he then gets it exclusively, that is, if nobody else is there. A crash gives the lock back too.
 */
export interface Membership {
  port: number
  leave(): Promise<void>
}

interface Hold {
  pid: number
  port: number
  client: pg.Client
  /** False once the connection, and with it the lock, is gone. */
  open: boolean
}

const lockKey = 1_952_803_955
const startLimit = 300_000
const stopLimit = 60_000
const attempts = 8

/** Starts the server, or joins the running one; one that dies while we are in it is started again on its port. */
export async function joinServer(cluster: Cluster, settings: Record<string, string>): Promise<Membership> {
  let hold = await takeHold(cluster, settings, freePort)
  let leaving = false
  const rejoin = async () => {
    while (!leaving && !hold.open) {
      hold = await takeHold(cluster, settings, () => hold.port).catch(() => wait(1000, hold))
    }
  }
  let rejoining = Promise.resolve()
  const watch = setInterval(() => {
    if (!hold.open) rejoining = rejoining.then(rejoin)
  }, 1000).unref()
  return {
    port: hold.port,
    async leave() {
      leaving = true
      clearInterval(watch)
      await rejoining
      await giveUpHold(cluster, hold)
    },
  }
}

/** @returns the connection URL of one database of the cluster */
export function urlOf(cluster: Cluster, port: number, user: string, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${database}`
}

async function takeHold(
  cluster: Cluster,
  settings: Record<string, string>,
  choosePort: () => number | Promise<number>,
): Promise<Hold> {
  const deadline = performance.now() + startLimit
  let child: ChildProcess | undefined
  for (let failures = 0; performance.now() < deadline; await wait(20)) {
    const hold = await tryHold(cluster)
    if (hold) return hold
    if (findRunning(cluster) || (child && !hasEnded(child))) continue
    if (child && ++failures === attempts) {
      throw new StartFailure(`PostgreSQL no pudo arrancar en ${cluster.home}: ${lastComplaint(cluster)}`)
    }
    // After a failure: another process's server may be on its way, or the remains of a killed one may still be ending.
    if (child) await wait(250)
    clearStalePidFile(cluster)
    child = spawnServer(cluster, await choosePort(), settings)
  }
  throw new StartFailure(`PostgreSQL no contestó en ${startLimit / 60_000} minutos; vea ${cluster.files}/log.`)
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

async function tryHold(cluster: Cluster): Promise<Hold | undefined> {
  const server = findRunning(cluster)
  if (!server?.port) return undefined
  const client = new pg.Client({
    connectionString: urlOf(cluster, server.port, 'postgres', 'postgres'),
    connectionTimeoutMillis: 5000,
  })
  const hold = { pid: server.pid, port: server.port, client, open: true }
  client
    .on('error', () => {})
    .on('end', () => {
      hold.open = false
    })
  try {
    await client.connect()
    const { rows } = await client.query('SELECT pg_try_advisory_lock_shared($1) AS held', [lockKey])
    if (rows[0].held) return hold
  } catch (error) {
    if (errorCode(error) === '28P01') {
      throw new StartFailure(`La contraseña guardada en ${cluster.home} no es la de su base de datos.`)
    }
  }
  // Not up yet, or being stopped by the process that left last.
  await client.end().catch(() => {})
  return undefined
}

async function giveUpHold(cluster: Cluster, hold: Hold): Promise<void> {
  try {
    await hold.client.query('SELECT pg_advisory_unlock_shared($1)', [lockKey])
    const { rows } = await hold.client.query('SELECT pg_try_advisory_lock($1) AS last', [lockKey])
    if (rows[0].last) await stopServer(cluster, hold.pid)
  } catch {
    // The connection is gone and with it the server, or at least our part in it.
  } finally {
    await hold.client.end().catch(() => {})
  }
}

/** The exclusive lock is held meanwhile, so that nobody joins a server that is about to go. */
async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  // PostgreSQL's "fast" shutdown: ends every session and writes everything to disk.
  process.kill(pid, 'SIGINT')
  const deadline = performance.now() + stopLimit
  while (hasPidFile(cluster) && isAlive(pid) && performance.now() < deadline) await wait(10)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
