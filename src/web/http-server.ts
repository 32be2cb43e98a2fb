import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Express } from 'express'

/**
 * A server whose requests and answers are made as the application's own. Express would give each of them another prototype
 * after it is made, which costs V8 nearly half of the time of a small page, and keeps each request in memory until all of it is
 * looked through.
 */
export function httpServer(app: Express): Server {
  return createServer(
    { IncomingMessage: madeAs(IncomingMessage, app.request), ServerResponse: madeAs(ServerResponse, app.response) },
    app,
  )
}

/** @returns a constructor whose objects are born with this prototype */
function madeAs<C extends typeof IncomingMessage | typeof ServerResponse>(maker: C, prototype: object): C {
  // Not a class, whose prototype cannot be chosen.
  function Made(this: object, ...given: unknown[]) {
    Reflect.apply(maker, this, given)
  }
  Made.prototype = prototype
  return Made as unknown as C
}
