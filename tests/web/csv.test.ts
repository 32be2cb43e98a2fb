import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, expect, it, vi } from 'vitest'
import { sendCsv } from '../../src/web/csv.ts'

const LINE = ['x'.repeat(1000)]
let made = 0
let ended = 0

/** Never ends by itself. */
function* endless() {
  try {
    for (;;) {
      made++
      yield LINE
    }
  } finally {
    ended++
  }
}

function* broken() {
  yield LINE
  throw new Error('the database went away')
}

const app = express()
const failures: unknown[] = []
app.get('/endless', (_req, res) => sendCsv(res, 'a.csv', endless()))
app.get('/broken', (_req, res) => sendCsv(res, 'a.csv', broken()).catch(error => void failures.push(error)))
const server = createServer(app).listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => server.close())

async function ask(path: string): Promise<IncomingMessage> {
  const request = get({ port: (server.address() as AddressInfo).port, path, agent: false })
  request.on('error', () => {})
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  return response
}

it('makes no more lines than the reader takes, and stops when he goes', async () => {
  const response = await ask('/endless')
  let before = -1
  // Nobody reads: once the buffers of both ends are full, nothing more is made.
  await vi.waitUntil(
    () => {
      const still = made === before
      before = made
      return still && made > 0
    },
    { timeout: 20_000, interval: 300 },
  )
  expect(made).toBeLessThan(20_000)
  response.destroy()
  await vi.waitUntil(() => ended === 1, { timeout: 20_000 })
})

it('cuts the answer off when its lines fail, so that nobody takes it for a whole one', async () => {
  const response = await ask('/broken')
  response.resume()
  await new Promise(resolve => response.once('close', resolve))
  expect(response.complete).toBe(false)
  expect(failures).toMatchObject([{ message: 'the database went away' }])
})
