import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { axeViolations, pageFaults, useBrowser } from '../support/browser.ts'

const application = await useApplication()
const { open, openStill } = await useBrowser(application)
const { db } = application
const pages = ['/administracion/ajustes', '/primeros-pasos', '/primeros-pasos/organizacion', '/primeros-pasos/area']

const adjust = (data: Parameters<typeof db.prisma.settings.update>[0]['data']) =>
  db.prisma.settings.update({ where: { id: 1 }, data })

it('nothing is wrong with the settings and the first steps', { timeout: 120_000 }, async () => {
  const page = await openStill('ana')
  for (const path of pages) expect(await pageFaults(page, path)).toEqual([])
})

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  it('axe finds nothing on the settings and the first steps when they are refused', async () => {
    const page = await openStill('ana', { colorScheme, viewport: { width: 390, height: 900 } })
    await page.goto('/administracion/ajustes')
    await page.getByLabel('Nombre de la organización').fill(' ')
    await page.getByRole('button', { name: 'Guardar' }).first().click()
    await page.getByText('Escriba el nombre de la organización.').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.goto('/primeros-pasos/area')
    await page.getByRole('button', { name: 'Crear el área' }).click()
    await page.getByText('Escriba el nombre del área.').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
  })

  // Too light for white letters, too dark for a dark page, and one that neither theme can use as it is.
  it.each(['#ffcc00', '#000000', '#ff0000'])('everything can be read with %s as the colour', async accent => {
    await adjust({ accent, welcomeText: 'Bienvenida\na todos', helpText: 'Llame al 123' })
    const visitor = await openStill(null, { colorScheme })
    await visitor.goto('/ingresar')
    expect(await axeViolations(visitor)).toEqual([])
    const page = await openStill('ana', { colorScheme, viewport: { width: 1280, height: 900 } })
    for (const path of ['/tickets', '/administracion/ajustes', '/cuenta']) {
      await page.goto(path)
      expect(await axeViolations(page), path).toEqual([])
    }
    await adjust({ accent: null, welcomeText: '', helpText: '' })
  })
})

it.each([true, false])(
  'a logo and a colour are chosen, shown and taken away, with JavaScript: %s',
  async javaScriptEnabled => {
    const page = await open('ana', { javaScriptEnabled, viewport: { width: 1280, height: 900 } })
    await page.goto('/administracion/ajustes')
    const buffer = await sharp({ create: { width: 600, height: 150, channels: 3, background: '#8a1c7c' } })
      .png()
      .toBuffer()
    await page
      .getByLabel('Logotipo', { exact: true })
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer })
    // In the page's language, not in the browser's; without a script the browser's own control says it.
    expect(await page.getByText('logo.png', { exact: true }).isVisible()).toBe(javaScriptEnabled)
    await page.getByLabel('Texto alternativo del logotipo').fill('Servicios Unidos')
    await page.getByLabel('Color').fill('#8a1c7c')
    await page.getByRole('button', { name: 'Guardar' }).first().click()
    await page.getByText('Los ajustes se guardaron.').waitFor()
    const logo = page.getByRole('link', { name: 'Servicios Unidos' }).getByRole('img')
    expect(await logo.getAttribute('width')).toBe('160')
    const button = page.getByRole('button', { name: 'Guardar' }).first()
    expect(await page.evaluate("getComputedStyle(document.querySelector('main .btn-primary')).backgroundColor")).toBe(
      'rgb(138, 28, 124)',
    )
    await page.getByLabel('Quitar el logotipo actual').check()
    await page.getByLabel('Color').fill('#0b5cb8')
    await button.click()
    await page.getByText('Los ajustes se guardaron.').waitFor()
    expect(await logo.count()).toBe(0)
  },
)
