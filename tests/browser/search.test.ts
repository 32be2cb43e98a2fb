import { expect, it } from 'vitest'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, useBrowser } from '../support/browser.ts'

// The search box of the header: with a script and without, by keyboard and by mouse.

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open } = await useBrowser(application)
const clara = await viewer('clara')
const register = (subject: string) =>
  createTicket({ db, clock }, clara, {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject,
    description: 'La instalación quedó a medias.',
  })
const first = await register('Proyector sin imagen')
const second = await register('Proyector <b>de la sala</b>')
clock.advance({ days: 1 })

it('offers tickets while somebody types, which the keyboard chooses', async () => {
  const page = await open('clara')
  const box = page.getByRole('combobox', { name: 'Buscar tickets' })
  await box.pressSequentially('proyec')
  const options = page.getByRole('listbox', { name: 'Tickets que coinciden' }).getByRole('option')
  await expect.poll(() => options.count()).toBe(2)
  expect(await box.getAttribute('aria-expanded')).toBe('true')
  expect(await axeViolations(page)).toEqual([])
  const labels = await options.allTextContents()
  expect(labels.join()).toContain('Proyector <b>de la sala</b>')
  await box.press('ArrowDown')
  await box.press('ArrowDown')
  await box.press('ArrowUp')
  expect(await options.first().getAttribute('aria-selected')).toBe('true')
  expect(await box.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'))
  const [, number] = /#(\d+)/.exec(labels[0] ?? '') ?? []
  await box.press('Enter')
  await page.waitForURL(`**/mis-tickets/${number}`)
})

it('closes the list by Escape, and opens what is clicked', async () => {
  const page = await open('clara')
  const box = page.getByRole('combobox', { name: 'Buscar tickets' })
  const options = page.getByRole('listbox', { name: 'Tickets que coinciden' }).getByRole('option')
  await box.pressSequentially('proyector')
  await expect.poll(() => options.count()).toBe(2)
  await box.press('Escape')
  expect(await options.count()).toBe(0)
  expect(await box.getAttribute('aria-expanded')).toBe('false')
  await box.press('Backspace')
  await options.filter({ hasText: 'Proyector sin imagen' }).click()
  await page.waitForURL(`**/mis-tickets/${first}`)
})

it.each([
  ['a phone', { viewport: { width: 360, height: 740 } }],
  ['a browser without scripts', { javaScriptEnabled: false }],
])('leads to all results from %s', async (_name, options) => {
  const page = await open('clara', options)
  const box = page.locator('input[name="texto"]')
  await box.fill('sala proyectores')
  await box.press('Enter')
  await page.waitForURL('**/buscar?texto=sala+proyectores')
  expect(await page.locator('.search-result mark').allTextContents()).toEqual(['Proyector', 'sala'])
  expect(await box.inputValue()).toBe('sala proyectores')
  expect(await page.getByRole('link', { name: 'Nuevo ticket' }).first().isVisible()).toBe(true)
  await page.locator('input[name="texto"]').fill(`#${second}`)
  await page.locator('input[name="texto"]').press('Enter')
  await page.waitForURL(`**/mis-tickets/${second}`)
})
