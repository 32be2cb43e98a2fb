import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, useBrowser } from '../support/browser.ts'

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open } = await useBrowser(application)
const context = { db, clock }

async function register(): Promise<number> {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  return createTicket(context, await viewer('clara'), { ...area, subject: 'Asunto', description: 'Texto' })
}

const assignToLuis = async (number: number) =>
  assignTicket(context, await viewer('sara'), number, {
    version: 1,
    owner: { assigneeId: cast.ids.luis, assigneeGroupId: null },
    note: '',
  })

/** Cancels a ticket that somebody else assigns while the reason is being typed. */
async function cancelTooLate(page: Page, number: number) {
  await page.goto(`/tickets/${number}`)
  await page.getByRole('link', { name: 'Cancelar', exact: true }).click()
  await page.getByLabel('Motivo').fill('Está repetido.')
  await assignToLuis(number)
  await page.getByRole('button', { name: 'Cancelar ticket' }).click()
  await page.getByText('Sara Peña asignó el ticket a Luis Ibáñez').waitFor()
  expect(await page.getByLabel('Motivo').inputValue()).toBe('Está repetido.')
}

async function sendAnyway(page: Page, number: number) {
  await page.getByRole('button', { name: 'Cancelar ticket de todos modos' }).click()
  await page.getByText(`Ticket #${number} cancelado.`).waitFor()
}

describe('a form that somebody was faster than', () => {
  it('is shown again inside its dialog, read first, and can be sent', async () => {
    const number = await register()
    const page = await open('ana')
    await cancelTooLate(page, number)
    expect(await page.getByRole('dialog').isVisible()).toBe(true)
    expect(await page.evaluate('document.activeElement.role')).toBe('alert')
    expect(await axeViolations(page)).toEqual([])
    await sendAnyway(page, number)
  })

  it('asks before its text is left behind', async () => {
    const number = await register()
    const page = await open('ana')
    await cancelTooLate(page, number)
    const asked = new Promise<string>(resolve => {
      page.once('dialog', dialog => {
        resolve(dialog.type())
        dialog.accept()
      })
    })
    await page.goto('/tickets')
    expect(await asked).toBe('beforeunload')
  })

  it('is a page of its own without JavaScript', async () => {
    const number = await register()
    const page = await open('ana', { javaScriptEnabled: false })
    await cancelTooLate(page, number)
    await sendAnyway(page, number)
  })
})

it('whoever clicks again because the answer takes long registers one ticket, and is told', async () => {
  const before = await db.prisma.ticket.count()
  const page = await open('clara', { javaScriptEnabled: false })
  await page.goto(`/tickets/nuevo?area=${cast.areas.sistemas}`)
  await page.getByLabel('Categoría').selectOption({ label: 'Sin red' })
  await page.getByLabel('Asunto').fill('Dos veces')
  await page.getByLabel('Descripción').fill('Texto')
  let posts = 0
  await page.route('**/tickets', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    const response = await route.fetch({ maxRedirects: 0 })
    // The answer to the first one stays on its way for ever.
    if (++posts > 1) await route.fulfill({ response })
  })
  const button = page.getByRole('button', { name: 'Registrar ticket' })
  await button.scrollIntoViewIfNeeded()
  const { x = 0, y = 0 } = (await button.boundingBox()) ?? {}
  // By hand: a locator would wait for the answer.
  await page.mouse.click(x + 5, y + 5)
  await expect.poll(() => posts).toBe(1)
  await page.mouse.click(x + 5, y + 5)
  await page.getByText('Este formulario ya se había enviado').waitFor()
  expect(page.url()).toMatch(/\/mis-tickets\/\d+$/)
  expect(await db.prisma.ticket.count()).toBe(before + 1)
})
