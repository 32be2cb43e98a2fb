import { expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { useBrowser } from '../support/browser.ts'

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open } = await useBrowser(application)

/** A ticket of Clara that Luis has to attend. */
async function assigned(subject: string): Promise<number> {
  const context = { db, clock }
  const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject, description: 'Desde ayer.' }
  const number = await createTicket(context, await viewer('clara'), input)
  const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
  await assignTicket(context, await viewer('ana'), number, { version: 1, owner, note: '' })
  return number
}

it.each([
  ['with', true],
  ['without', false],
])('an impediment is reported and ended %s JavaScript', async (_how, javaScriptEnabled) => {
  const subject = `Sin red (${javaScriptEnabled})`
  const number = await assigned(subject)
  const page = await open('luis', { javaScriptEnabled })
  await page.goto(`/tickets/${number}`)
  await page.getByRole('link', { name: 'Reportar incidencia' }).click()
  await page.getByLabel('Motivo').selectOption({ label: 'Proveedor' })
  expect(await page.getByRole('dialog').count()).toBe(javaScriptEnabled ? 1 : 0)
  await page.getByRole('button', { name: 'Reportar incidencia' }).click()
  await page.getByRole('link', { name: 'Escriba qué impide avanzar.' }).waitFor()
  expect(await page.getByLabel('Motivo').inputValue()).toBe('proveedor')
  await page.getByLabel('Qué impide avanzar').fill('El proveedor viene el lunes.')
  await page.getByRole('button', { name: 'Reportar incidencia' }).click()
  await page.getByText(`Incidencia reportada en el ticket #${number}.`).waitFor()
  const banner = page.getByRole('region', { name: 'Con incidencia: Proveedor' })
  expect(await banner.innerText()).toContain('El proveedor viene el lunes.')

  await page.getByRole('link', { name: /^Con incidencias/ }).click()
  const row = page.getByRole('row').filter({ hasText: subject })
  expect(await row.innerText()).toContain('Incidencia: proveedor')
  await row.getByRole('link', { name: subject }).click()

  await page.getByRole('link', { name: 'Cerrar incidencia' }).click()
  await page.getByLabel('Cómo se resolvió').fill('Ya vino.')
  await page.getByRole('button', { name: 'Cerrar incidencia' }).click()
  await page.getByText(`Incidencia del ticket #${number} cerrada.`).waitFor()
  expect(await banner.count()).toBe(0)
  await page.getByRole('link', { name: /^Con incidencias/ }).click()
  await page.getByText('Nada está detenido').waitFor()
})
