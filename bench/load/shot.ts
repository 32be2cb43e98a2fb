import autocannon from 'autocannon'

/** What one request asks, and what its answer must be. */
export interface Ask {
  method: 'GET' | 'POST'
  /** For each request anew, so that no two writes are one. */
  make: () => { path: string; body?: string }
  headers: Record<string, string>
  /** Whether this is the right answer, not only a quick one. */
  accept: (status: number, body: string, headers: Record<string, string>) => boolean
}

/** For how long or how often. */
export type Extent = { seconds: number } | { times: number }

export interface Hits {
  /** Milliseconds of each answer. */
  latencies: number[]
  seconds: number
  wrong: number
}

/** Sends the same request again and again over so many connections. */
export async function fire(origin: string, ask: Ask, connections: number, extent: Extent): Promise<Hits> {
  const latencies: number[] = []
  let wrong = 0
  const onResponse = (status: number, body: string, _context: object, headers: object = {}) => {
    if (!ask.accept(status, body, headers as Record<string, string>)) wrong++
  }
  const setupRequest = (request: autocannon.Request) => ({ ...request, ...ask.make() })
  const { method, headers } = ask
  const running = autocannon({
    url: origin,
    connections,
    ...('times' in extent ? { amount: extent.times } : { duration: extent.seconds }),
    requests: [{ method, headers, setupRequest, onResponse }],
  } as autocannon.Options)
  const instance = running as unknown as autocannon.Instance
  instance.on('response', (_client, _status, _bytes, milliseconds) => latencies.push(milliseconds))
  const result = await running
  return { latencies, seconds: result.duration, wrong: wrong + result.errors + result.timeouts }
}

/** Several series of the same request as one; how many a second is the median of the series. */
export function together(series: Hits[]): { perSecond: number; p50: number; p95: number; p99: number; wrong: number } {
  const sorted = series.flatMap(({ latencies }) => latencies).sort((one, other) => one - other)
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return {
    perSecond: median(series.map(({ latencies, seconds }) => latencies.length / seconds)),
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    wrong: series.reduce((sum, { wrong }) => sum + wrong, 0),
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
