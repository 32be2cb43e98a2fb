import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, expect, it } from 'vitest'
import { httpServer } from '../../src/web/http-server.ts'
import { Client } from '../support/client.ts'

const app = express()
app.get('/', (req, res) => {
  res.json({ path: req.path, query: req.query, secure: req.secure, agent: req.get('user-agent') ?? '' })
})
const server = httpServer(app).listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => server.close())

it('makes requests and answers as the application’s own, so that Express has nothing to change', async () => {
  const born: object[] = []
  server.prependOnceListener('request', (req, res) => {
    born.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res))
  })
  const { status, body } = await new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).get('/?a=b')
  expect([status, JSON.parse(body)]).toEqual([200, { path: '/', query: { a: 'b' }, secure: false, agent: '' }])
  expect(born[0]).toBe(app.request)
  expect(born[1]).toBe(app.response)
})
