import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, useBrowser } from '../support/browser.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'

// What happens while somebody writes takes nothing of what he wrote.

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open } = await useBrowser(application)
const context = { db, clock }

const TEXT = 'Lo que tardé en escribir'

async function register(): Promise<number> {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  return createTicket(context, await viewer('clara'), { ...area, subject: 'Asunto', description: 'Texto' })
}

const endSessions = (person: 'clara' | 'ana') => db.prisma.session.deleteMany({ where: { userId: cast.ids[person] } })

async function signInElsewhere(page: Page, person: 'clara' | 'ana') {
  const coming = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Ingresar en otra pestaña' }).click()
  const other = await coming
  await other.getByLabel('Correo').fill(emailOf(person))
  await other.locator('input[type="password"]').fill(PASSWORD)
  await other.getByRole('button', { name: 'Ingresar' }).click()
  await other.getByRole('navigation').first().waitFor()
  await other.close()
}

it('a comment is sent from the page that says that the session ended, once one is back', async () => {
  const number = await register()
  const page = await open('clara')
  await page.goto(`/mis-tickets/${number}`)
  await page.locator('textarea[name="texto"]').fill(TEXT)
  await endSessions('clara')
  await page.locator('textarea[name="texto"]').press('Tab')
  await page
    .locator('form', { has: page.locator('textarea[name="texto"]') })
    .locator('button[type="submit"]')
    .last()
    .click()
  await page.getByRole('heading', { name: 'Su sesión terminó' }).waitFor()
  expect(await page.getByText(TEXT).isVisible()).toBe(true)
  expect(await axeViolations(page)).toEqual([])
  await signInElsewhere(page, 'clara')
  await page.getByRole('button', { name: 'Enviar otra vez' }).click()
  await page.waitForURL(`**/mis-tickets/${number}#entrada-*`)
  expect(await db.prisma.logEntry.count({ where: { ticketNumber: number, text: TEXT } })).toBe(1)
})

it('the reason in a dialog is sent from there as well', async () => {
  const number = await register()
  const page = await open('ana')
  await page.goto(`/tickets/${number}`)
  await page.getByRole('link', { name: 'Cancelar', exact: true }).click()
  await page.getByLabel('Motivo').fill(TEXT)
  await endSessions('ana')
  await page.getByRole('button', { name: 'Cancelar ticket' }).click()
  await page.getByRole('dialog').getByRole('heading', { name: 'Su sesión terminó' }).waitFor()
  await signInElsewhere(page, 'ana')
  await page.getByRole('dialog').getByRole('button', { name: 'Enviar otra vez' }).click()
  await page.getByText(`Ticket #${number} cancelado.`).waitFor()
})

it('a comment with a file stays as it is, with the reason, when its ticket was cancelled meanwhile', async () => {
  const number = await register()
  const page = await open('clara')
  await page.goto(`/mis-tickets/${number}`)
  const text = page.locator('textarea[name="texto"]')
  await text.fill(TEXT)
  const note = { name: 'notas.txt', mimeType: 'text/plain', buffer: Buffer.from('Una nota') }
  await page.locator('input[type="file"]').setInputFiles(note)
  await closeTicket(context, await viewer('ana'), number, { action: 'cancelar', version: 1, text: 'Repetido' })
  await page.locator('form', { has: text }).locator('button[type="submit"]').last().click()
  await page.getByText('El ticket está cancelado').waitFor()
  expect(await text.inputValue()).toBe(TEXT)
  expect(await page.locator('.files-list li').allInnerTexts()).toEqual([expect.stringContaining('notas.txt')])
})
