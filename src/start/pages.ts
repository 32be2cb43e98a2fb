import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { BACKGROUND_CONNECTIONS, type Database } from '../platform/db.ts'
import type { RequestMetrics } from '../platform/metrics.ts'
import { connectionPool } from '../platform/pool.ts'
import { httpServer } from '../web/http-server.ts'
import { drainable } from './draining.ts'
import { startBackgroundWork } from './jobs.ts'
import type { Closers } from './life.ts'
import { sessionSecret } from './secret.ts'
import { openStorage } from './storage.ts'

interface Surroundings {
  config: Config
  db: Database
  /** Of the same database. */
  url: string
  log: Logger
  stop: AbortSignal
  metrics: RequestMetrics | undefined
}

/** All that one process does for people, and the work that nobody waits for. @returns a server that has no connections yet */
export async function openPages({ config, url, ...rest }: Surroundings, closers: Closers): Promise<Server> {
  const secret = sessionSecret(config)
  const { files, incoming } = await openStorage(config)
  const context = { ...rest, clock: systemClock, files, incoming }
  const server = httpServer(createApp({ ...context, config, secret }))
  const pool = connectionPool(url, BACKGROUND_CONNECTIONS)
  closers.push(() => pool.end())
  closers.push(await startBackgroundWork({ ...context, db: { pool } }, { ...config, secret }, rest.log))
  closers.push(drainable(server))
  return server
}
