import type pg from 'pg'
import { AggregatorRegistry, collectDefaultMetrics, Gauge, Histogram, type MetricObject, Registry } from 'prom-client'

/** What is measured of requests. */
export interface RequestMetrics {
  /** Seconds, by method, route (its pattern, never the address that was asked for) and status. */
  duration: Histogram<'method' | 'route' | 'status'>
  inFlight: Gauge
}

/** What has been measured in one process, to be told to another. */
export type Measurements = MetricObject[]

/** All of it in the text format, with its media type. */
export interface MetricsText {
  type: string
  text: string
}

/** Everything that Prometheus may ask this process for. */
export interface Metrics {
  requests: RequestMetrics
  read(): Promise<MetricsText>
  measurements(): Promise<Measurements>
}

/** Pages are meant to take less than 25 ms, so the buckets are finest there. */
const SECONDS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Starts to measure this process: Node itself, its requests and its connections to the database.
 * @param process its number among those that are read together
 */
export function createMetrics(pool: pg.Pool, process?: number): Metrics {
  const registry = new Registry()
  if (process !== undefined) registry.setDefaultLabels({ process: String(process) })
  collectDefaultMetrics({ register: registry })
  measurePool(registry, pool)
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [registry],
  })
  const inFlight = new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that wait for their answer',
    registers: [registry],
  })
  return {
    requests: { duration, inFlight },
    read: () => textOf(registry),
    measurements: async () => (await registry.getMetricsAsJSON()) as unknown as Measurements,
  }
}

/**
 * Puts together what several processes have measured. Nothing is summed up: a counter of all would fall whenever one
 * process is replaced, and Prometheus would take everything for counted anew.
 */
export function readTogether(processes: Measurements[]): Promise<MetricsText> {
  const apart = processes.map(metrics => metrics.map(metric => ({ ...metric, aggregator: 'sum' as const })))
  return textOf(AggregatorRegistry.aggregate(apart))
}

async function textOf(registry: Registry): Promise<MetricsText> {
  return { type: registry.contentType, text: await registry.metrics() }
}

function measurePool(registry: Registry, pool: pg.Pool): void {
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections to the database, by what they do',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
    },
  })
  const waiting = new Gauge({
    name: 'database_pool_waiting',
    help: 'Callers that wait for a connection to the database',
    registers: [registry],
    collect() {
      this.set(pool.waitingCount)
    },
  })
  const most = new Gauge({
    name: 'database_pool_size',
    help: 'Most connections of this process',
    registers: [registry],
  })
  most.set(pool.options.max)
  connections.set({ state: 'idle' }, 0)
  waiting.set(0)
}
