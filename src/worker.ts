import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { loadConfig } from './config.ts'
import { connect } from './platform/db.ts'
import { createLog } from './platform/log.ts'
import type { Metrics } from './platform/metrics.ts'
import { StartFailure } from './platform/start-failure.ts'
import { handedConnections } from './start/handed.ts'
import { type Closers, live } from './start/life.ts'
import { openMetrics } from './start/metrics.ts'
import { openPages } from './start/pages.ts'
import type { FromWorker, ToWorker } from './start/worker-messages.ts'

// One of several processes that serve pages. The one that started it listens, hands it connections and tells it when to
// stop. When that one is gone, what is under way is finished, and that is all.

const stop = new AbortController()
process.once('disconnect', () => stop.abort())
// A terminal tells everybody below it; here only the process that listens knows what comes first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

process.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') stop.abort()
  if (message.kind !== 'begin') return
  const log = createLog('error', { pid: process.pid })
  live(stop.signal, { start: (closers, stop) => begin(message, closers, stop), complain, log })
})

type Begin = Extract<ToWorker, { kind: 'begin' }>

async function begin({ number, databaseUrl: url }: Begin, closers: Closers, stop: AbortSignal): Promise<void> {
  stop.addEventListener('abort', () => tell({ kind: 'ending' }))
  const config = loadConfig()
  const db = connect(url)
  closers.push(() => db.close())
  const log = createLog(config.logLevel, { pid: process.pid })
  const metrics = await openMetrics(config, db, number)
  const server = await openPages({ config, db, url, log, stop, metrics: metrics?.requests }, closers)
  obey(server, metrics)
  tell({ kind: 'ready' })
}

function obey(server: Server, metrics: Metrics | undefined): void {
  const welcome = handedConnections(server)
  process.on('message', async (message: ToWorker, connection?: Socket) => {
    if (message.kind === 'connection') {
      tell({ kind: 'taken' })
      // Whoever came may have gone on the way.
      if (connection) welcome(connection)
    }
    if (message.kind === 'measure' && metrics) {
      tell({ kind: 'measured', question: message.question, measurements: await metrics.measurements() })
    }
  })
}

function complain(error: unknown): void {
  const unforeseen = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell({ kind: 'failed', complaint: error instanceof StartFailure ? error.message : unforeseen })
}

function tell(message: FromWorker): void {
  // Nobody is there to be told when the process that listens is gone.
  if (process.connected) process.send?.(message)
}
