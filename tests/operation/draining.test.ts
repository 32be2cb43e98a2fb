import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, createServer as createDoor } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drainable } from '../../src/start/draining.ts'
import { handedConnections } from '../../src/start/handed.ts'

let server: ReturnType<typeof createServer>
let drain: ReturnType<typeof drainable>
let url: URL
let agent: Agent
/** Answers that the server has not given yet, in the order of their requests. */
let waiting: ServerResponse[]

beforeEach(async () => {
  waiting = []
  server = createServer((req, res) => {
    if (req.url === '/slow') waiting.push(res)
    else res.end('quick')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  drain = drainable(server)
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  agent = new Agent({ keepAlive: true, maxSockets: 1 })
})
afterEach(() => {
  agent.destroy()
  server.closeAllConnections()
})

const ask = async (path: string) => {
  const [response]: IncomingMessage[] = await once(request(new URL(path, url), { agent }).end(), 'response')
  if (!response) throw new Error('no response')
  response.resume()
  await once(response, 'end')
  return response.headers.connection
}

const long = { patience: 60_000, most: 60_000 }

it('answers a request in flight, tells that the connection ends, and is then done at once', async () => {
  const asked = once(server, 'request')
  const answer = ask('/slow')
  await asked
  const drained = drain(long)
  waiting[0]?.end('slow')
  expect(await answer).toBe('close')
  await drained
})

it('takes the request that comes on an idle connection just after the stop', async () => {
  expect(await ask('/')).toBe('keep-alive')
  const drained = drain(long)
  expect(await ask('/')).toBe('close')
  await drained
})

it('closes connections without a request once its patience is over', async () => {
  const unused = connect(Number(url.port), url.hostname)
  await once(server, 'connection')
  expect(await ask('/')).toBe('keep-alive')
  const ended = once(unused, 'close')
  await drain({ patience: 50, most: 60_000 })
  await ended
})

it('closes a connection whose answer had promised to keep it', async () => {
  const asked = once(server, 'request')
  const answer = ask('/slow')
  await asked
  waiting[0]?.write('half')
  const drained = drain({ patience: 50, most: 60_000 })
  waiting[0]?.end('done')
  await answer
  await drained
})

it('cuts off what does not end', async () => {
  const asked = once(server, 'request')
  const answer = ask('/slow').catch(({ code }) => code)
  await asked
  await drain({ patience: 10, most: 100 })
  expect(await answer).toBe('ECONNRESET')
})

describe('a server that is handed its connections', () => {
  let door: ReturnType<typeof createDoor>

  /** Somebody else listens for it. */
  const openDoor = async (handed: ReturnType<typeof createServer>) => {
    door = createDoor(handedConnections(handed)).listen(0, '127.0.0.1')
    await once(door, 'listening')
    url = new URL(`http://127.0.0.1:${(door.address() as AddressInfo).port}/`)
  }
  afterEach(() => door.close())

  it('is drained as well', async () => {
    const handed = createServer((_req, res) => void waiting.push(res))
    const drainHanded = drainable(handed)
    await openDoor(handed)
    const asked = once(handed, 'request')
    const answer = ask('/slow')
    await asked
    const drained = drainHanded(long)
    waiting[0]?.end('slow')
    expect(await answer).toBe('close')
    await drained
  })

  it('waits for no slow request for ever', async () => {
    await openDoor(createServer({ headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 20 }))
    const slow = connect(Number(url.port), url.hostname)
    slow.write('GET / HTTP/1.1\r\nHost:')
    const [answer] = await once(slow, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /)
    slow.destroy()
  })
})
