import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'

// The least that a page can cost here: Express, one indexed query, a page that never changes. A process of its own.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
let page = ''

const app = express()
app.disable('x-powered-by')
// The page that it sends from now on: the very one that it is compared with.
app.put('/', express.text({ type: () => true, limit: '10mb' }), (req, res) => {
  page = req.body
  res.sendStatus(204)
})
app.get('/', async (_req, res) => {
  const number = 1 + Math.floor(Math.random() * 10_000)
  const { rows } = await pool.query({
    name: 'ticket',
    text: 'SELECT number, subject FROM tickets WHERE number = $1',
    values: [number],
  })
  if (rows[0]?.number !== number) throw new Error('not the ticket')
  res.type('html').send(page)
})
const server = app.listen(0, '127.0.0.1', () => console.log(`floor ${(server.address() as AddressInfo).port}`))
