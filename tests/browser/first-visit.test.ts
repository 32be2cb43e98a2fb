import { afterEach, beforeEach, expect, it } from 'vitest'
import { issueCode } from '../../src/installation/codes.ts'
import { startApplication } from '../support/application.ts'
import { axeViolations, sidewaysScroll, useBrowser } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

// Whoever installs the system meets this page first, in a browser that may have no JavaScript.

let database: TestDatabase
let application: Awaited<ReturnType<typeof startApplication>>
// Every test has an application of its own, for the page exists only once.
const { open, openStill } = await useBrowser({ origin: 'http://unused.invalid' })

beforeEach(async () => {
  database = await createTestDatabase()
  application = await startApplication(database.db)
})
afterEach(async () => {
  await application.close()
  await database.drop()
})

const password = 'siete gatos cruzan el puente'

it.each([
  ['with JavaScript, on a desktop', { javaScriptEnabled: true, viewport: { width: 1280, height: 900 } }],
  ['without JavaScript, on a phone', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }],
])('the first Administrador comes to his first steps, and to an area that takes tickets %s', async (_what, options) => {
  const page = await open(null, { baseURL: application.origin, ...options })
  await page.goto('/')
  expect(new URL(page.url()).pathname).toBe('/instalacion')
  await page.getByLabel('Código de la consola').fill(await issueCode(database.db.prisma, application.clock.now()))
  await page.getByLabel('Nombre de la organización').fill('Servicios Unidos')
  await page.getByLabel('Su nombre').fill('Nora Vidal')
  await page.getByLabel('Su correo').fill('nora@ejemplo.test')
  await page.getByLabel('Contraseña', { exact: false }).first().fill('contraseña123456')
  await page.getByLabel('Repita la contraseña').fill('contraseña123456')
  await page.getByRole('button', { name: 'Crear la cuenta' }).click()
  await page.getByText('Esta contraseña es fácil de adivinar.').first().waitFor()
  expect(await page.getByLabel('Su nombre').inputValue()).toBe('Nora Vidal')
  await page.getByLabel('Contraseña', { exact: false }).first().fill(password)
  await page.getByLabel('Repita la contraseña').fill(password)
  await page.getByRole('button', { name: 'Crear la cuenta' }).click()
  await page.getByText('La cuenta está lista').waitFor()
  expect(new URL(page.url()).pathname).toBe('/primeros-pasos')
  expect(await page.title()).toContain('Servicios Unidos')
  expect((await page.goto('/instalacion'))?.status()).toBe(404)
  await page.goto('/')
  // The menu leads back to them.
  if (options.viewport.width < 992) await page.getByRole('button', { name: 'Abrir el menú' }).click()
  await page.getByRole('link', { name: 'Primeros pasos' }).click()
  await page.getByRole('link', { name: 'Completar' }).click()
  await page.getByLabel('Zona horaria').selectOption('America/Bogota')
  await page.getByRole('button', { name: 'Guardar y seguir' }).click()
  await page.getByText('con la hora de America/Bogota').waitFor()
  await page.getByRole('link', { name: 'Crear el área' }).click()
  await page.getByLabel('Nombre del área').fill('Sistemas')
  await page.getByLabel('Problemas que se le reportan').fill('Sin red\nImpresora')
  await page.getByRole('button', { name: 'Crear el área' }).click()
  await page.getByText('El área «Sistemas» ya recibe tickets.').waitFor()
  await page.goto('/tickets/nuevo')
  await page.getByLabel('Categoría').selectOption('Impresora')
})

it.each(['light', 'dark'] as const)('axe finds nothing in %s, and nothing is wider than a phone', async colorScheme => {
  for (const width of [320, 1280]) {
    const page = await openStill(null, { baseURL: application.origin, colorScheme, viewport: { width, height: 900 } })
    await page.goto('/instalacion')
    expect(await axeViolations(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await page.getByRole('button', { name: 'Crear la cuenta' }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
  }
})
