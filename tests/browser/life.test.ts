import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { importRequests } from '../../src/import/import.ts'
import { readMapping } from '../../src/import/mapping.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { type TestApplication, useApplication } from '../support/application.ts'
import { hasRealRequests, realRequests, useBrowser } from '../support/browser.ts'

// The whole life of a ticket as people live it, among 67,200 real requests where they are at hand.

const application = await useApplication()
const { db } = application
const { open } = await useBrowser(application)

const where = hasRealRequests ? '' : ' (skipped: ../shared/data is not there)'

describe.skipIf(!hasRealRequests)(`with 67,200 imported requests${where}`, () => {
  it('has them in the database', { timeout: 120_000 }, async () => {
    await importRealRequests(application)
    expect(await db.prisma.ticket.count()).toBe(67_200)
  })

  it('lives from Registrado to Finalizado', { timeout: 120_000 }, () => liveWith({ javaScriptEnabled: true }))
  it('lives the same without JavaScript', { timeout: 120_000 }, () => liveWith({ javaScriptEnabled: false }))
  it('ends for good when an administrator cancels it', { timeout: 60_000 }, () => cancel({ javaScriptEnabled: true }))
  it('ends the same without JavaScript', { timeout: 60_000 }, () => cancel({ javaScriptEnabled: false }))
})

async function importRealRequests({ db, clock }: TestApplication) {
  const mapping = await readMapping(join(projectRoot, 'scripts', 'mapping-madrid-avisos.json'))
  const folder = mkdtempSync(join(tmpdir(), 'tickets-rechazos-'))
  const summary = await importRequests({
    db,
    clock,
    file: realRequests,
    mapping,
    rejects: join(folder, 'rechazos.csv'),
  })
  rmSync(folder, { recursive: true })
  expect(summary.rejected).toBe(0)
}

interface Mode {
  javaScriptEnabled: boolean
}

/** A client registers a ticket. @returns its number */
async function register(page: Page, subject: string): Promise<number> {
  await page.getByRole('link', { name: 'Nuevo ticket' }).first().click()
  await page.getByRole('link', { name: 'Sistemas' }).click()
  await page.getByLabel('Categoría').selectOption({ label: 'Sin red' })
  await page.getByLabel('Asunto').fill(subject)
  await page.getByLabel('Descripción').fill('Desde ayer no hay red en el segundo piso.\nNi por cable.')
  await page.getByRole('button', { name: 'Registrar ticket' }).click()
  await page.getByText(/Ticket #\d+ registrado/).waitFor()
  return Number(/mis-tickets\/(\d+)$/.exec(page.url())?.[1])
}

const row = (page: Page, subject: string) => page.getByRole('row').filter({ hasText: subject })
const state = (page: Page) => page.locator('[aria-current="step"]').innerText()

/** Chooses an action of a ticket's page, which opens a dialog, or without JavaScript a page. */
async function choose(page: Page, action: string) {
  await page.getByRole('link', { name: action, exact: true }).click()
}

async function liveWith(mode: Mode) {
  const subject = `La red del segundo piso (${mode.javaScriptEnabled ? 'con' : 'sin'} JavaScript)`
  const client = await open('clara', mode)
  const number = await register(client, subject)
  expect(await state(client)).toBe('Registrado')

  const supervisor = await open('sara', mode)
  expect(await row(supervisor, subject).count()).toBe(1)
  await row(supervisor, subject)
    .getByRole('link', { name: `Asignar el ticket #${number}` })
    .click()
  // The list below the dialog has a filter of the same name.
  const assignment = supervisor.locator('form[action$="/asignacion"]')
  await assignment.getByLabel('Responsable').selectOption({ label: 'Luis Ibáñez' })
  await assignment.getByLabel('Nota').fill('Es el mismo piso de la semana pasada.')
  await assignment.getByRole('button', { name: 'Asignar', exact: true }).click()
  await supervisor.getByText(`Ticket #${number} asignado a Luis Ibáñez.`).waitFor()
  await client.reload()
  expect(await state(client)).toBe('Asignado')

  const agent = await open('luis', mode)
  await row(agent, subject)
    .getByRole('button', { name: `Iniciar el ticket #${number}` })
    .click()
  await agent.getByText(`Comenzó la atención del ticket #${number}.`).waitFor()
  await write(agent, 'Pública', 'Voy al segundo piso.')
  await write(agent, 'Interna', 'El cable lo cortó la obra: avisar a Mantenimiento.')
  await client.reload()
  expect(await state(client)).toBe('En Proceso')
  await choose(agent, 'Finalizar')
  await agent.getByLabel('Resolución').fill('Cambié el cable y probé la conexión.')
  await agent.getByRole('button', { name: 'Finalizar ticket' }).click()
  await agent.getByText(`Ticket #${number} finalizado.`).waitFor()

  await client.reload()
  expect(await state(client)).toBe('Finalizado')
  const read = await client.locator('main').innerText()
  expect(read).toContain('Voy al segundo piso.')
  expect(read).toContain('Cambié el cable y probé la conexión.')
  expect(read).not.toContain('El cable lo cortó la obra')

  await supervisor.goto(`/tickets/${number}`)
  expect(await supervisor.locator('main').innerText()).toContain('El cable lo cortó la obra')
  await choose(supervisor, 'Reabrir')
  await supervisor.getByLabel('Motivo').fill('El segundo enchufe sigue sin red.')
  await supervisor.getByRole('button', { name: 'Reabrir ticket' }).click()
  await supervisor.getByText(`Ticket #${number} reabierto.`).waitFor()
  expect(await state(supervisor)).toBe('En Proceso')
  await choose(supervisor, 'Finalizar')
  await supervisor.getByLabel('Resolución').fill('Los dos enchufes tienen red.')
  await supervisor.getByRole('button', { name: 'Finalizar ticket' }).click()
  await supervisor.getByText(`Ticket #${number} finalizado.`).waitFor()
  await client.reload()
  expect(await state(client)).toBe('Finalizado')
}

/** Writes an entry and waits until it stands in the bitácora. */
async function write(page: Page, visibility: 'Pública' | 'Interna', text: string) {
  await page.getByRole('radio', { name: visibility }).check()
  await page.getByLabel('Nueva entrada').fill(text)
  const send = visibility === 'Pública' ? 'Publicar entrada' : 'Guardar nota interna'
  await page.getByRole('button', { name: send }).click()
  await page.locator('[id^="entrada-"]').filter({ hasText: text }).waitFor()
}

async function cancel(mode: Mode) {
  const client = await open('clara', mode)
  const number = await register(client, `Pedido por error (${mode.javaScriptEnabled ? 'con' : 'sin'} JavaScript)`)
  const administrator = await open('ana', mode)
  await administrator.goto(`/tickets/${number}`)
  await choose(administrator, 'Cancelar')
  await administrator.getByLabel('Motivo').fill('Está repetido.')
  await administrator.getByRole('button', { name: 'Cancelar ticket' }).click()
  await administrator.getByText(`Ticket #${number} cancelado.`).waitFor()
  expect(await state(administrator)).toBe('Cancelado')
  for (const [page, path] of [
    [administrator, `/tickets/${number}`],
    [client, `/mis-tickets/${number}`],
  ] as const) {
    await page.goto(path)
    expect(await page.locator('main').getByRole('textbox').count()).toBe(0)
    expect(await page.locator('main form[method="post"]').count()).toBe(0)
    expect(await page.locator('main').innerText()).toContain('registro histórico')
  }
  expect(await db.prisma.logEntry.count({ where: { ticketNumber: number } })).toBe(2)
}
