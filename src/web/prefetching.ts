import type { Request, RequestHandler, Response } from 'express'
import { keepQuiet, nameRoute } from './request-log.ts'

// A browser that knows speculation rules begins to fetch a page when the mouse button goes down on its link, some 80 ms
// before the click. It would use what it has fetched for five minutes, so every write has it forgotten, in all windows.

const RULES = '/estaticos/prelectura.json'
const DAY = 24 * 60 * 60

/**
 * Offers pages to be fetched ahead. Belongs before session and sign-in.
 * @param pages patterns of their paths; reading one must change nothing
 */
export function prefetching(pages: readonly string[]): RequestHandler {
  const rules = JSON.stringify({ prefetch: [{ where: { href_matches: pages }, eagerness: 'conservative' }] })
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.set('Clear-Site-Data', '"prefetchCache", "prerenderCache"')
      return next()
    }
    if (req.path !== RULES) return next()
    nameRoute(res, RULES)
    keepQuiet(res)
    res.set('Cache-Control', `public,max-age=${DAY}`).type('application/speculationrules+json').send(rules)
  }
}

/** Has the browser fetch ahead what this page leads to. */
export function fetchAhead(res: Response): void {
  res.set('Speculation-Rules', `"${RULES}"`)
}

/** Whether the answer may never be seen. */
export const isFetchedAhead = (req: Request): boolean => req.get('sec-purpose')?.startsWith('prefetch') ?? false
