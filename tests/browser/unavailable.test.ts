import type { Page } from 'playwright-core'
import { afterAll, afterEach, expect, it } from 'vitest'
import { connect } from '../../src/platform/db.ts'
import { startApplication, useApplication } from '../support/application.ts'
import { axeViolations, sidewaysScroll, useBrowser } from '../support/browser.ts'
import { databaseDoor } from '../support/database-door.ts'

// The database goes while somebody writes, and comes back.

const application = await useApplication()
const { cast, db } = application
const { open } = await useBrowser(application)
const door = await databaseDoor(application.url)
const behindDoor = connect(door.url)
const fragile = await startApplication(behindDoor)
afterEach(door.open)
afterAll(async () => {
  await fragile.close()
  await behindDoor.close()
  await door.close()
})

async function fillIn(page: Page, subject: string) {
  await page.goto(`${fragile.origin}/tickets/nuevo?area=${cast.areas.sistemas}`)
  await page.getByLabel('Categoría').selectOption({ label: 'Sin red' })
  await page.getByLabel('Asunto').fill(subject)
  await page.getByLabel('Descripción').fill('Lo que tardé en escribir')
}

const register = (page: Page) => page.getByRole('button', { name: 'Registrar ticket' }).click()

async function expectRegistered(page: Page, subject: string) {
  await page.getByText(/Ticket #\d+ registrado/).waitFor()
  expect(await db.prisma.ticket.count({ where: { subject } })).toBe(1)
}

it('a form with files stays as it is, and is sent when the database is back', async () => {
  const page = await open('clara')
  await fillIn(page, 'Con una nota')
  const note = { name: 'notas.txt', mimeType: 'text/plain', buffer: Buffer.from('Una nota') }
  await page.getByLabel('Adjuntos', { exact: true }).setInputFiles(note)
  await door.close()
  await register(page)
  await page.getByText('El sistema no pudo atenderle.').waitFor()
  expect(await page.getByLabel('Descripción').inputValue()).toBe('Lo que tardé en escribir')
  expect(await page.locator('.files-list li').allInnerTexts()).toEqual([expect.stringContaining('notas.txt')])
  await door.open()
  await register(page)
  await expectRegistered(page, 'Con una nota')
  expect(await page.getByRole('list', { name: 'Adjuntos del ticket' }).getByRole('link').count()).toBe(1)
})

it.each([
  { colorScheme: 'light', javaScriptEnabled: true },
  { colorScheme: 'dark', javaScriptEnabled: false },
] as const)('a form without files is sent from the page that tells of it: %o', async options => {
  const page = await open('clara', { ...options, viewport: { width: 320, height: 640 } })
  const subject = `Sin archivos, ${options.colorScheme}`
  await fillIn(page, subject)
  await door.close()
  await register(page)
  await page.getByRole('heading', { name: 'El sistema no está disponible en este momento' }).waitFor()
  expect(await page.getByText('Lo que tardé en escribir').isVisible()).toBe(true)
  if (options.javaScriptEnabled) expect(await axeViolations(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  const again = page.getByRole('button', { name: 'Enviar otra vez' })
  // Too early: the same page again.
  await again.press('Enter')
  await page.getByRole('heading', { name: 'El sistema no está disponible en este momento' }).waitFor()
  await door.open()
  await again.press('Enter')
  await expectRegistered(page, subject)
})
