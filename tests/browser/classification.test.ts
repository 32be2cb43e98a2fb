import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, useBrowser } from '../support/browser.ts'

// Registering for somebody else and reclassifying, as people do it.

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open } = await useBrowser(application)

describe.each([
  ['with JavaScript', { javaScriptEnabled: true }],
  ['without JavaScript', { javaScriptEnabled: false }],
])('%s', (_how, mode) => {
  it('a supervisor registers a ticket for a client, whom he finds by a part of the name', async () => {
    const page = await open('sara', mode)
    await page.goto(`/tickets/nuevo?area=${cast.areas.sistemas}`)
    await page.getByLabel('Asunto').fill('Llamó por teléfono')
    await page.getByLabel('Descripción').fill('No tiene red.')
    await page.getByLabel('Buscar a otra persona').fill('solis')
    if (mode.javaScriptEnabled) expect(await page.getByRole('button', { name: 'Buscar' }).count()).toBe(0)
    else await page.getByRole('button', { name: 'Buscar' }).click()
    await page.getByText('Se encontró 1 persona.').waitFor()
    // axe is a script itself.
    if (mode.javaScriptEnabled) expect(await axeViolations(page)).toEqual([])
    await page.getByRole('radio', { name: 'Clara Solís' }).focus()
    await page.keyboard.press('Space')
    expect(await page.getByLabel('Asunto').inputValue()).toBe('Llamó por teléfono')
    await page.getByLabel('Categoría').selectOption({ label: 'Sin red' })
    await page.getByRole('button', { name: 'Registrar ticket' }).click()
    await page.getByText(/Ticket #\d+ registrado/).waitFor()
    const text = await page.locator('main').innerText()
    expect(text).toContain('registró el ticket en nombre de Clara Solís')
    expect(text).toMatch(/Registrado por\s+Sara Peña/)
  })

  it('a supervisor moves a ticket to another area, which gets somebody to attend it', async () => {
    const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'x', description: 'x' }
    const number = await createTicket({ db, clock }, await viewer('clara'), input)
    const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
    await assignTicket({ db, clock }, await viewer('ana'), number, { version: 1, owner, note: '' })
    const page = await open('sara', mode)
    await page.goto(`/tickets/${number}`)
    await page.getByRole('link', { name: 'Reclasificar' }).click()
    await page.getByLabel('Asunto').fill('Gotea sobre el enrutador')
    await page.getByLabel('Área').selectOption({ label: 'Mantenimiento' })
    await page.getByRole('button', { name: 'Mostrar sus opciones' }).click()
    await page.getByLabel('Responsable en Mantenimiento').selectOption({ label: 'Mario Ortega' })
    await page.getByLabel('Categoría').selectOption({ label: 'Gotera' })
    expect(await page.getByLabel('Asunto').inputValue()).toBe('Gotea sobre el enrutador')
    await page.getByRole('button', { name: 'Guardar clasificación' }).click()
    await page.getByText(`Ticket #${number} reclasificado. Ahora lo atiende otra área.`).waitFor()
    expect(new URL(page.url()).pathname).toBe('/tickets')
    const agent = await open('mario', mode)
    await agent.goto(`/tickets/${number}`)
    const text = await agent.locator('main').innerText()
    for (const line of ['Área: Sistemas → Mantenimiento', 'Asunto: x → Gotea sobre el enrutador']) {
      expect(text).toContain(line)
    }
  })
})

it('with JavaScript, Enter in the search looks for people and sends nothing', async () => {
  const page = await open('sara')
  await page.goto(`/tickets/nuevo?area=${cast.areas.sistemas}`)
  const before = await db.prisma.ticket.count()
  await page.getByLabel('Buscar a otra persona').fill('nadie así')
  await page.keyboard.press('Enter')
  await page.getByText('Nadie coincide').waitFor()
  expect(await page.getByRole('radio').count()).toBe(1)
  expect(await db.prisma.ticket.count()).toBe(before)
})
