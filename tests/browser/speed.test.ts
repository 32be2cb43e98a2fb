import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { useBrowser } from '../support/browser.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'

// What a page weighs on the wire, how soon it is there, that it holds still, and that what was fetched ahead is never old.

const application = await useApplication()
const { cast, clock, db, as, viewer } = application
const { open } = await useBrowser(application)

const context = { db, clock }
const [clara, sara] = [await viewer('clara'), await viewer('sara')]

const register = (subject: string) =>
  createTicket(context, clara, {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject,
    description: 'No hay red desde ayer. '.repeat(20),
  })

for (let turn = 0; turn < 30; turn++) await register(`Sin red en el piso ${turn}`)
const quiet = await register('Sin entradas')
const usual = await register('Con cuarenta entradas')
const busy = await register('Con doscientas entradas')
const text = 'Se revisó el equipo del segundo piso: el cable está bien, pero el puerto del conmutador no responde.'
for (const [number, entries] of [
  [usual, 40],
  [busy, 200],
] as const) {
  for (let turn = 0; turn < entries; turn++) await addEntry(context, sara, number, { text, visibility: 'PUBLICA' })
}

const work = (number: number) => `/tickets/${number}`

/** Bytes that come over the network from now on, headers included. */
async function weigh(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  return () => bytes
}

describe('the weight of pages', () => {
  it('of a ticket, also with many entries, is below 60 KB of HTML', async () => {
    for (const number of [quiet, usual]) {
      const { body } = await (await as('sara')).get(work(number))
      expect(body).toContain('</html>')
      expect(Buffer.byteLength(body)).toBeLessThan(60_000)
    }
  })

  it('over the network is below 150 KB at the first visit, and below 15 KB for each page after', async () => {
    const page = await open(null)
    const weighed = await weigh(page)
    await page.goto('/ingresar', { waitUntil: 'networkidle' })
    await page.getByLabel('Correo').fill(emailOf('sara'))
    await page.getByLabel('Contraseña').fill(PASSWORD)
    await page.getByRole('button', { name: 'Ingresar' }).click()
    await page.waitForURL(url => url.pathname !== '/ingresar')
    await page.waitForLoadState('networkidle')
    await page.goto(work(usual), { waitUntil: 'networkidle' })
    expect(weighed()).toBeLessThan(150_000)
    for (const path of ['/tickets', work(quiet), work(busy), '/mis-tickets', '/tickets/nuevo', '/cuenta']) {
      const before = weighed()
      await page.goto(path, { waitUntil: 'networkidle' })
      expect(weighed() - before, path).toBeGreaterThan(1000)
      expect(weighed() - before, path).toBeLessThan(15_000)
    }
  })
})

const windows: [string, BrowserContextOptions][] = [
  ['a phone', { viewport: { width: 390, height: 844 } }],
  ['a wide window', { viewport: { width: 1280, height: 800 } }],
]
const pages = ['/tickets', work(quiet), work(busy), '/tickets/nuevo', `/tickets/${busy}/asignacion`]

describe.each(windows)('on %s with a processor four times as slow', (_window, options) => {
  it('the first paint comes within a second, and nothing moves afterwards', async () => {
    const page = await open('sara', options)
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    for (const path of pages) {
      const seen = []
      for (let turn = 0; turn < 3; turn++) seen.push(await look(page, session, path))
      expect(
        seen.flatMap(({ moved }) => moved),
        path,
      ).toEqual([])
      expect(median(seen.map(({ paint }) => paint)), path).toBeLessThan(1000)
    }
  })
})

const median = (values: number[]) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

interface Look {
  paint: number
  moved: string[]
}

/** Opens a page without anything kept from before. @returns milliseconds to the first paint, and what moved after it */
async function look(page: Page, session: CDPSession, path: string): Promise<Look> {
  await session.send('Network.clearBrowserCache')
  await page.goto(path)
  return page.evaluate(measureInPage)
}

/** What the browser tells of a page's time; its own types are declared nowhere here. */
interface Clock {
  performance: { getEntriesByType(type: string): { deliveryType?: string }[] }
  PerformanceObserver: new (
    heard: (list: { getEntries(): TimelineEntry[] }) => void,
  ) => { observe(options: object): void }
}

interface TimelineEntry {
  name: string
  startTime: number
  /** Of a layout shift. */
  sources?: { node: { outerHTML?: string } | null }[]
}

/** Runs in the page. Settles a moment after the first paint. */
function measureInPage(): Promise<Look> {
  const { PerformanceObserver } = globalThis as unknown as Clock
  const moved: string[] = []
  return new Promise(resolve => {
    const observer = new PerformanceObserver(list => {
      for (const { name, startTime, sources } of list.getEntries()) {
        moved.push(...(sources ?? []).map(({ node }) => node?.outerHTML?.slice(0, 200) ?? 'what is gone'))
        if (name === 'first-contentful-paint') setTimeout(() => resolve({ paint: startTime, moved }), 200)
      }
    })
    for (const type of ['layout-shift', 'paint']) observer.observe({ type, buffered: true })
  })
}

describe('a ticket that is opened from a list', () => {
  const subject = () => `Sin red en el piso ${Math.random()}`
  /** How the page that is open was fetched: 'navigational-prefetch' when that was ahead of time. */
  const delivery = (page: Page) =>
    page.evaluate(() => (globalThis as unknown as Clock).performance.getEntriesByType('navigation')[0]?.deliveryType)
  /** Presses a link and lets go elsewhere: the page behind it is fetched and not opened. */
  const pressOnly = async (page: Page, name: string) => {
    const fetched = page.waitForEvent('requestfinished', request => /\/tickets\/\d+$/.test(request.url()))
    await page.getByRole('link', { name }).hover()
    await page.mouse.down()
    await fetched
    await page.mouse.move(0, 0)
    await page.mouse.up()
  }

  it.each(['sara', 'clara'] as const)('is fetched by %s while the mouse button is still down', async person => {
    const name = subject()
    await register(name)
    const page = await open(person)
    await page.goto(person === 'sara' ? '/tickets' : '/mis-tickets', { waitUntil: 'networkidle' })
    await page.getByRole('link', { name }).click({ delay: 100 })
    await page.getByRole('heading', { name }).waitFor()
    expect(await delivery(page)).toBe('navigational-prefetch')
  })

  it('is not as it was before one’s own write in another window', async () => {
    const name = subject()
    const number = await register(name)
    const list = await open('sara')
    const other = await list.context().newPage()
    await list.goto('/tickets', { waitUntil: 'networkidle' })
    await other.goto(work(number))
    await pressOnly(list, name)
    await other.getByLabel('Pública').check()
    await other.getByLabel('Nueva entrada').fill('Se cambió el cable.')
    await other.getByRole('button', { name: 'Publicar entrada' }).click()
    await other.getByText('Se cambió el cable.').waitFor()
    await list.getByRole('link', { name }).click()
    await list.getByText('Se cambió el cable.').waitFor()
  })
})
