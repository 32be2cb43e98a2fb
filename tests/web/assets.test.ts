import { readdirSync, readFileSync } from 'node:fs'
import { get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'
import { asset, staticFiles } from '../../src/web/assets.ts'
import { deriveStylesheet } from '../../src/web/stylesheet.ts'

let server: Server
let origin: string

beforeAll(async () => {
  const app = express()
  app.use(staticFiles())
  app.use((_req, res) => void res.status(418).send('the application'))
  server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** The answer as it is on the wire: not decompressed. */
function fetchRaw(path: string, encoding = ''): Promise<{ response: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(origin + path, { headers: { 'accept-encoding': encoding } }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => resolve({ response, body: Buffer.concat(chunks) }))
    }).on('error', reject)
  })
}

const filesOf = (folder: string) =>
  readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

describe('static files', () => {
  it('are served for ever under an address of their content', async () => {
    const { response, body } = await fetchRaw(asset('js/busy.js'))
    expect(asset('js/busy.js')).toMatch(/^\/estaticos\/[0-9a-f]{12}\/js\/busy\.js$/)
    expect(response.headers['cache-control']).toBe('public,max-age=31536000,immutable')
    expect(response.headers['content-type']).toBe('text/javascript')
    expect(body.equals(readFileSync(join(projectRoot, 'public/js/busy.js')))).toBe(true)
  })

  it('bring all styles in one file, the layers in their order first', async () => {
    const { response, body } = await fetchRaw(asset('css/styles.css'))
    expect(response.headers['content-type']).toBe('text/css')
    const styles = body.toString()
    expect(styles).toMatch(/^@layer tabler\{/)
    const sheets = filesOf('public/css').map(file => readFileSync(file, 'utf8'))
    expect(sheets.filter(sheet => !styles.includes(sheet))).toEqual([])
    expect(styles.indexOf('@layer tabler, base')).toBeLessThan(styles.indexOf('@layer base {'))
  })

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['', undefined],
  ])('accepting "%s" they come with encoding %s', async (accepted, encoding) => {
    const { response } = await fetchRaw(asset('css/styles.css'), accepted)
    expect(response.headers['content-encoding']).toBe(encoding)
    expect(response.headers.vary).toBe('Accept-Encoding')
  })

  it.each(['/estaticos/000000000000/css/styles.css', '/estaticos/', '/estaticos/..%2f..%2fpackage.json'])(
    'do not exist at %s',
    async path => {
      const { response, body } = await fetchRaw(path)
      expect(response.statusCode).toBe(404)
      expect(body.toString()).toBe('No existe este archivo.')
    },
  )

  it('ask robots to stay out', async () => {
    const { response, body } = await fetchRaw('/robots.txt')
    expect(response.statusCode).toBe(200)
    expect(body.toString()).toContain('Disallow: /')
  })

  it('leave every other address, and every write, to the application', async () => {
    expect((await fetchRaw('/estaticosx')).response.statusCode).toBe(418)
    expect((await fetch(origin + asset('css/styles.css'), { method: 'POST' })).status).toBe(418)
  })

  it('refuse to name a file that is not there', () => {
    expect(() => asset('css/missing.css')).toThrow('Unknown asset: css/missing.css')
  })

  it('stay far below 150 KB compressed, everything together', async () => {
    const paths = filesOf('public').map(file => file.slice(join(projectRoot, 'public').length + 1))
    const served = [...paths.filter(path => !path.startsWith('css/')), 'css/styles.css']
    const bodies = await Promise.all(served.map(path => fetchRaw(asset(path), 'gzip')))
    expect(bodies.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(60_000)
  })

  it('ask for nothing that is not there', async () => {
    const { body } = await fetchRaw(asset('css/styles.css'))
    expect(body.toString()).not.toContain('sourceMappingURL')
    const urls = [...body.toString().matchAll(/url\(["']?([^"')]*)/g)].map(([, url = '']) => url)
    for (const url of urls.filter(url => !url.startsWith('data:'))) {
      expect(url).toMatch(/^\.\.\/img\//)
      expect((await fetchRaw(asset(url.slice('../'.length)))).response.statusCode).toBe(200)
    }
  })
})

describe("Tabler's stylesheet", () => {
  const derive = (css: string, ...words: string[]) => deriveStylesheet(css, new Set(words))

  it.each([
    ['keeps what a page uses', '.btn{a:b}', '@layer tabler{.btn{a:b}}'],
    ['keeps elements', 'body>p{a:b}', '@layer tabler{body>p{a:b}}'],
    ['drops what no page uses', '.btn{a:b}.modal{a:b}', '@layer tabler{.btn{a:b}}'],
    ['drops a selector of several', '.modal,.btn{a:b}', '@layer tabler{.btn{a:b}}'],
    ['drops what needs an unused class too', '.btn.modal{a:b}', '@layer tabler{}'],
    ['does not need what a selector excludes', '.btn:not(.modal){a:b}', '@layer tabler{.btn:not(.modal){a:b}}'],
    ['drops a condition that became empty', '@media print{.modal{a:b}}', '@layer tabler{}'],
    ['keeps the steps of an animation', '@keyframes x{0%{a:b}}', '@layer tabler{@keyframes x{0%{a:b}}}'],
    ['keeps the licence only', '/*! MIT *//* note */', '@layer tabler{/*! MIT */}'],
  ])('%s', (_what, css, expected) => {
    expect(derive(css, 'btn')).toBe(expected)
  })

  it('makes the dark theme hold for "auto" while the system is dark', () => {
    expect(derive('[data-bs-theme=dark] .btn,.btn{a:b}', 'btn')).toBe(
      '@layer tabler{[data-bs-theme=dark] .btn,.btn{a:b}@media (prefers-color-scheme:dark){[data-bs-theme=auto] .btn{a:b}}}',
    )
  })

  it('is not asked for classes that are put together: their names would not be found', () => {
    const own = filesOf('public/css')
      .map(file => readFileSync(file, 'utf8'))
      .join('\n')
    const composed = filesOf('views').flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/class="[^"]*?([\w-]+-)<%/g)].map(match => match[1] ?? ''),
    )
    expect(composed).not.toEqual([])
    expect(composed.filter(prefix => !own.includes(`.${prefix}`))).toEqual([])
  })
})
