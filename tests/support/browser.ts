import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as launcher,
  type Page,
} from 'playwright-core'
import { afterEach, expect } from 'vitest'
import type { TestApplication } from './application.ts'
import { emailOf, PASSWORD, type Person } from './cast.ts'

// The package's own arguments switch off web security, which these tests are there to see at work.
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none']

let running: Promise<Browser> | undefined

/** One browser for all files that a process of the test run works through; it ends with that process. */
const sharedBrowser = () => {
  running ??= launch()
  return running
}

/** An installed Chromium when CHROMIUM_PATH names one, else the one out of the package. */
async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath())
  return launcher.launch({ executablePath, args: ARGUMENTS, headless: true })
}

/** Pages in a real Chromium. A console error, an exception or a CSP report in any of them fails the test. */
export interface TestBrowser {
  /** A new window of nobody, or of somebody who has signed in and is where that leads. */
  open(person: Person | null, options?: BrowserContextOptions): Promise<Page>
  /** One in which nothing moves: to look at many pages without waiting for their colours and views to change little by little. */
  openStill(person: Person | null, options?: BrowserContextOptions): Promise<Page>
}

/** Call at the top of a test file, after useApplication. */
export async function useBrowser({ origin }: Pick<TestApplication, 'origin'>): Promise<TestBrowser> {
  const browser = await sharedBrowser()
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map(context => context.close()))
    expect(complaints.splice(0)).toEqual([])
  })
  const open: TestBrowser['open'] = async (person, options = {}) => {
    const context = await browser.newContext({ baseURL: origin, locale: 'es-MX', ...options })
    contexts.push(context)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    watch(page, complaints)
    if (person) await enter(page, origin, person)
    return page
  }
  return { open, openStill: (person, options) => open(person, { reducedMotion: 'reduce', ...options }) }
}

function watch(page: Page, complaints: string[]) {
  page.on('pageerror', error => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', message => {
    // A page that answers 4xx or 503 is reported as an error too, which the tests that provoke it expect.
    const expected =
      /Failed to load resource: the server responded with a status of (401|403|404|409|413|422|429|503)/.test(
        message.text(),
      )
    if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('requestfailed', request => {
    const failure = request.failure()?.errorText ?? ''
    if (!/ERR_ABORTED/.test(failure)) complaints.push(`${request.url()}: ${failure}`)
  })
}

/** What the sign-in page sends, without the page: the tests of the doors go through that. */
async function enter(page: Page, origin: string, person: Person): Promise<void> {
  const answer = await page.request.post('/ingresar', {
    form: { correo: emailOf(person), clave: PASSWORD, volver: '', envio: randomUUID() },
    headers: { origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  await page.goto(answer.headers().location ?? '')
}

interface RunOnly {
  type: 'tag' | 'rule'
  values: string[]
}

const EVERYTHING: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** All that depends on whether a page is light or dark. */
const COLOURS: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** What axe finds against WCAG 2.2 AA and its best practices, as "rule: element". */
export const axeViolations = (page: Page): Promise<string[]> => runAxe(page, EVERYTHING)

/**
 * What is wrong with a page on a wide screen and on a phone, in light and dark: what axe finds, and what is wider than the smallest
 * phone. Of two looks at one layout the second asks only for what depends on colours.
 */
export async function pageFaults(page: Page, path: string): Promise<string[]> {
  const faults: string[] = []
  const look = async (width: number, colorScheme: 'light' | 'dark', runOnly: RunOnly) => {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    const found = await runAxe(page, runOnly)
    faults.push(...found.map(fault => `${path}, ${width} px, ${colorScheme}: ${fault}`))
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(path)
  await look(1280, 'light', EVERYTHING)
  await look(1280, 'dark', COLOURS)
  await look(390, 'dark', EVERYTHING)
  await look(390, 'light', COLOURS)
  await page.setViewportSize({ width: 320, height: 640 })
  const scroll = await sidewaysScroll(page)
  return scroll > 0 ? [...faults, `${path} is ${scroll} px wider than 320 px`] : faults
}

async function runAxe(page: Page, runOnly: RunOnly): Promise<string[]> {
  // Run by the browser's debugger, which the page's CSP does not concern.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  // Only what is wrong is described, and no style sheet is fetched once more: that is half of the work.
  return page.evaluate(
    async options => {
      const inPage = (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe
      const { violations } = await inPage.run(options)
      return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} ${node.html}`))
    },
    { runOnly, resultTypes: ['violations'], preload: false },
  )
}

interface AxeResults {
  violations: { id: string; nodes: { target: string[]; html: string }[] }[]
}

/** Pixels by which a page is wider than its window. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = (globalThis as unknown as { document: { documentElement: Size } }).document
      .documentElement
    return scrollWidth - clientWidth
  })

interface Size {
  scrollWidth: number
  clientWidth: number
}

/** Real requests for trials; absent where only the repository is. */
export const realRequests = new URL('../../../shared/data/madrid-avisos/avisos-dev.csv.gz', import.meta.url).pathname
export const hasRealRequests = existsSync(realRequests)
