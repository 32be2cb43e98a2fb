import type { RequestHandler } from 'express'
import type { RequestMetrics } from '../platform/metrics.ts'
import { routeOf } from './request-log.ts'

/** Measures every request, whatever becomes of it. */
export function measureRequests({ duration, inFlight }: RequestMetrics): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    inFlight.inc()
    res.once('close', () => {
      inFlight.dec()
      const labels = { method: req.method, route: routeOf(res) ?? 'none', status: res.statusCode }
      duration.observe(labels, (performance.now() - start) / 1000)
    })
    next()
  }
}
