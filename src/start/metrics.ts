import { createServer, type RequestListener } from 'node:http'
import type { Config } from '../config.ts'
import type { Database } from '../platform/db.ts'
import type { Metrics } from '../platform/metrics.ts'
import { addressOf, listen } from './listening.ts'

/** Metrics are served apart from the pages: other people may read them, and a busy application still answers. */
export interface MetricsServer {
  /** Where Prometheus reads them. */
  url: string
  close(): Promise<void>
}

/** The address of the metrics with the variables that set it, or null when nobody asked for any. */
export function metricsAddress({ metricsHost, metricsPort }: Pick<Config, 'metricsHost' | 'metricsPort'>) {
  if (metricsPort === undefined) return null
  return { host: metricsHost, port: metricsPort, variables: { host: 'METRICS_HOST', port: 'METRICS_PORT' } }
}

/**
 * Begins to measure this process, if anybody wants to know.
 * @param process its number, when several serve the same address
 */
export async function openMetrics(
  { metricsPort }: Pick<Config, 'metricsPort'>,
  { pool }: Pick<Database, 'pool'>,
  process?: number,
): Promise<Metrics | undefined> {
  if (metricsPort === undefined) return undefined
  // Loaded only where it is wanted, for the sake of a quick start.
  const { createMetrics } = await import('../platform/metrics.ts')
  return createMetrics(pool, process)
}

/** @throws StartFailure when the address cannot be listened on */
export async function serveMetrics(
  metrics: Pick<Metrics, 'read'>,
  address: NonNullable<ReturnType<typeof metricsAddress>>,
): Promise<MetricsServer> {
  const server = createServer(answerWith(metrics))
  await listen(server, address)
  return {
    url: `${addressOf(server)}/metrics`,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answerWith(metrics: Pick<Metrics, 'read'>): RequestListener {
  return async (req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') return void res.writeHead(404).end()
    try {
      const { type, text } = await metrics.read()
      res.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
    } catch {
      res.writeHead(500).end()
    }
  }
}
