import { expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, useBrowser } from '../support/browser.ts'

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open } = await useBrowser(application)
const context = { db, clock }

const number = await createTicket(context, await viewer('clara'), {
  areaId: cast.areas.sistemas,
  categoryId: cast.categories.red,
  subject: 'Sin red desde ayer',
  description: 'Nadie puede trabajar.',
})
const sara = await viewer('sara')
const ids: number[] = []
for (let each = 1; each <= 30; each++) {
  ids.push(await addEntry(context, sara, number, { text: `Comentario ${each}.`, visibility: 'PUBLICA', files: [] }))
}

it.each([
  ['with', true],
  ['without', false],
])(
  'a long bitácora unfolds on a page of its own, at its first hidden entry, %s JavaScript',
  async (_how, javaScriptEnabled) => {
    const page = await open('sara', { javaScriptEnabled })
    await page.goto(`/tickets/${number}`)
    await page.getByText('Comentario 30.').waitFor()
    expect(await page.getByText('Comentario 10.').count()).toBe(0)
    // axe is a script.
    if (javaScriptEnabled) expect(await axeViolations(page)).toEqual([])
    await page.getByRole('link', { name: 'Mostrar 11 entradas más' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/tickets/${number}?bitacora=completa#entrada-${ids[4]}`)
    await page.getByText('Comentario 10.').waitFor()
    expect(await page.locator('.log > li:target').innerText()).toContain('Comentario 5.')
    expect(await page.getByRole('link', { name: /^Mostrar/ }).count()).toBe(0)
  },
)

it('a link to an entry that is folded away leads on to it', async () => {
  const page = await open('sara', {})
  await page.goto(`/tickets/${number}#entrada-${ids[9]}`)
  await page.waitForURL(`**/tickets/${number}?bitacora=completa#entrada-${ids[9]}`)
  expect(await page.locator('.log > li:target').innerText()).toContain('Comentario 10.')
  await page.goto('about:blank')
  await page.goto(`/tickets/${number}#entrada-${ids[29]}`)
  expect(await page.locator('.log > li:target').innerText()).toContain('Comentario 30.')
  expect(new URL(page.url()).search).toBe('')
})

it('the navigation of a wide screen stays where it is while the page is scrolled', async () => {
  const page = await open('sara', {})
  await page.goto(`/tickets/${number}?bitacora=completa`)
  await page.evaluate('scrollTo(0, 1000)')
  await page.waitForFunction('scrollY === 1000')
  const box = await page.getByRole('navigation', { name: 'Principal' }).locator('..').boundingBox()
  expect(box?.y).toBe(0)
})
