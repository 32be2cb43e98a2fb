import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'

// The least that a page can cost here: Express, one indexed query, a constant page. A process of its own, like the application.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const pages = new Map<number, string>()

const app = express()
app.disable('x-powered-by')
app.get('/:bytes', async (req, res) => {
  const bytes = Number(req.params.bytes)
  const number = 1 + Math.floor(Math.random() * 10_000)
  const { rows } = await pool.query({
    name: 'ticket',
    text: 'SELECT number, subject FROM tickets WHERE number = $1',
    values: [number],
  })
  if (rows[0]?.number !== number) throw new Error('not the ticket')
  res.type('html').send(pageOf(bytes))
})
const server = app.listen(0, '127.0.0.1', () => console.log(`floor ${(server.address() as AddressInfo).port}`))

function pageOf(bytes: number): string {
  const known = pages.get(bytes) ?? `<!doctype html><p>${'x'.repeat(Math.max(0, bytes - 22))}</p>`
  pages.set(bytes, known)
  return known
}
