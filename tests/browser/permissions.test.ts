import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, sidewaysScroll, useBrowser } from '../support/browser.ts'

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open, openStill } = await useBrowser(application)

const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
const number = await createTicket({ db, clock }, await viewer('clara'), { ...area, subject: 'A', description: 'B' })
const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
await assignTicket({ db, clock }, await viewer('ana'), number, { version: 1, owner, note: '' })

it.each(['light', 'dark'] as const)(
  'a grant shows what it changes, and then makes a button appear (%s)',
  async colorScheme => {
    await db.prisma.userPermission.deleteMany()
    const luis = await open('luis')
    await luis.goto(`/tickets/${number}`)
    const button = luis.getByRole('link', { name: 'Cancelar', exact: true })
    expect(await button.count()).toBe(0)

    const ana = await openStill('ana', { colorScheme, viewport: { width: 390, height: 844 } })
    await ana.goto('/administracion/permisos?buscar=luis')
    await ana.getByRole('link', { name: 'Luis Ibáñez' }).click()
    await ana.getByRole('group', { name: 'Cancelar tickets' }).getByLabel('Conceder').check()
    await ana.getByRole('button', { name: 'Ver qué cambia' }).click()
    await ana.getByText('Podrá cancelar 1 ticket.').waitFor()
    expect(await axeViolations(ana)).toEqual([])
    expect(await sidewaysScroll(ana)).toBe(0)

    await ana.getByRole('button', { name: 'Seguir eligiendo' }).click()
    const chosen = ana.getByRole('group', { name: 'Cancelar tickets' }).getByLabel('Conceder')
    expect(await chosen.isChecked()).toBe(true)
    await ana.getByRole('button', { name: 'Ver qué cambia' }).click()
    await ana.getByRole('button', { name: 'Guardar permisos' }).click()
    await ana.getByText('Permisos de Luis Ibáñez guardados.').waitFor()
    expect(await axeViolations(ana)).toEqual([])

    await luis.reload()
    expect(await button.isVisible()).toBe(true)
  },
)

it('a denial makes a button vanish, and its page says why', async () => {
  await db.prisma.userPermission.deleteMany()
  const luis = await open('luis')
  await luis.goto(`/tickets/${number}`)
  const button = luis.getByRole('link', { name: 'Finalizar', exact: true })
  expect(await button.isVisible()).toBe(true)

  const ana = await open('ana')
  await ana.goto(`/administracion/permisos/${cast.ids.luis}`)
  await ana.getByRole('group', { name: 'Finalizar tickets' }).getByLabel('Denegar').check()
  await ana.getByRole('button', { name: 'Ver qué cambia' }).click()
  await ana.getByText('Ya no podrá finalizar 1 ticket.').waitFor()
  await ana.getByRole('button', { name: 'Guardar permisos' }).click()
  await ana.getByText('Permisos de Luis Ibáñez guardados.').waitFor()

  // He presses the button that his page still shows.
  const answer = luis.waitForResponse(response => response.url().endsWith('/finalizacion'))
  await button.click()
  expect((await answer).status()).toBe(403)
  await luis.getByText('Su cuenta no puede finalizar tickets.').waitFor()
  expect(await axeViolations(luis)).toEqual([])
  await luis.goto(`/tickets/${number}`)
  expect(await button.count()).toBe(0)
})

it('downloads the audit as often as one asks, and stays on its page', async () => {
  const ana = await open('ana')
  await ana.goto('/administracion/auditoria')
  for (const _time of [1, 2]) {
    const [download] = await Promise.all([
      ana.waitForEvent('download'),
      ana.getByRole('button', { name: 'Exportar CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^auditoria-.*\.csv$/)
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^\uFEFFFecha y hora;Qué;/)
  }
  expect(new URL(ana.url()).pathname).toBe('/administracion/auditoria')
})
