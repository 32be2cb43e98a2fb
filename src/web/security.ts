import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { Forbidden } from './errors.ts'

/** Headers of every answer; the CSP allows nothing inline and nothing from elsewhere. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
// `none` is what a browser says when the person himself (a reload, a bookmark) caused the request.
const OWN = new Set(['same-origin', 'none'])

/** Refuses writes that another site caused, before any body is read. Neither header means no browser: refused. */
export const sameOriginOnly: RequestHandler = (req, _res, next) => {
  if (SAFE.has(req.method)) return next()
  const site = req.get('sec-fetch-site')
  const own = site ? OWN.has(site) : req.get('origin') === `${req.protocol}://${req.get('host')}`
  next(
    own ? undefined : new Forbidden('El envío no viene de una página de este sistema. Ábralo aquí e intente de nuevo.'),
  )
}
