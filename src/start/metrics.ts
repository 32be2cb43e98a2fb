import type { RequestListener } from 'node:http'
import type { Config } from '../config.ts'
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

/** @throws StartFailure when the address cannot be listened on */
export async function serveMetrics(
  metrics: Metrics,
  address: NonNullable<ReturnType<typeof metricsAddress>>,
): Promise<MetricsServer> {
  const server = await listen(answerWith(metrics), address)
  return {
    url: `${addressOf(server)}/metrics`,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answerWith(metrics: Metrics): RequestListener {
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
