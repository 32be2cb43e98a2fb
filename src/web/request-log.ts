import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { describeFailure } from './failure.ts'

declare global {
  namespace Express {
    interface Request {
      /** Of this request in the log; shown to whoever sees it fail. */
      id: string
    }
  }
}

/**
 * One line per request: id, method, route, status, milliseconds and who; with what failed, if something did. The route is
 * the pattern of the route table (null when there is none): what somebody wrote, even into an address, is never logged.
 */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    req.id = randomUUID()
    // Comes once for each request, also when the browser has gone away in between.
    res.once('close', () => {
      const ms = Math.round((performance.now() - start) * 10) / 10
      log[levelOf(res)](lineOf(req, res, ms), res.writableFinished ? 'request' : 'request aborted')
    })
    next()
  }
}

/** Says which route a request belongs to, as the route table spells it. */
export function nameRoute(res: Response, pattern: string): void {
  res.locals.route = pattern
}

/** Unless it goes wrong, this request is of no interest to whoever reads the log. */
export function keepQuiet(res: Response): void {
  res.locals.quiet = true
}

/** Of this request the log does not tell who made it: it could lead to what somebody was promised to say anonymously. */
export function nameNobody(res: Response): void {
  res.locals.nameless = true
}

/** @returns the pattern of the request's route, or null when no route has matched */
export const routeOf = (res: Response): string | null => res.locals.route ?? null

/** Keeps what made a request fail for its line in the log. */
export function noteFailure(res: Response, failure: unknown): void {
  res.locals.failure = failure
}

function lineOf(req: Request, res: Response, ms: number) {
  const { failure } = res.locals
  return {
    id: req.id,
    method: req.method,
    route: routeOf(res),
    status: res.statusCode,
    ms,
    userId: res.locals.nameless ? null : (req.user?.id ?? null),
    ...(failure !== undefined && { failure: describeFailure(failure) }),
  }
}

function levelOf(res: Response): 'error' | 'info' | 'debug' {
  if (res.locals.failure !== undefined || res.statusCode >= 500) return 'error'
  return res.locals.quiet && res.statusCode < 400 ? 'debug' : 'info'
}
