import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { picture } from '../support/attachments.ts'
import { axeViolations, sidewaysScroll, useBrowser } from '../support/browser.ts'

// Attaching as people do it: picked, dropped, taken out again, refused, sent; with JavaScript and without.

const application = await useApplication()
const { cast, db } = application
const { open } = await useBrowser(application)
await db.prisma.settings.update({ where: { id: 1 }, data: { attachmentMaxBytes: 300_000, attachmentMaxFiles: 3 } })

const photo = { name: 'La pantalla.png', mimeType: 'image/png', buffer: await picture(900, 600) }
const note = { name: 'notas.txt', mimeType: 'text/plain', buffer: Buffer.from('Una nota') }
const program = { name: 'virus.exe', mimeType: 'image/png', buffer: Buffer.from('MZ') }
const large = { name: 'video.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(300_001) }

async function fillIn(page: Page) {
  await page.goto(`/tickets/nuevo?area=${cast.areas.sistemas}`)
  await page.getByLabel('Categoría').selectOption({ label: 'Sin red' })
  await page.getByLabel('Asunto').fill('Con una foto')
  await page.getByLabel('Descripción').fill('Lo que tardé en escribir')
}
const chooser = (page: Page) => page.getByLabel('Adjuntos', { exact: true })
const register = (page: Page) => page.getByRole('button', { name: 'Registrar ticket' }).click()
const chosen = (page: Page) => page.locator('.files-list li')

/** Drops files on the field as from the desktop. */
async function drop(page: Page, files: (typeof note)[]) {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, content: buffer.toString('latin1') }))
  const transfer = await page.evaluateHandle(
    `(() => {
      const transfer = new DataTransfer()
      for (const { name, mimeType, content } of ${JSON.stringify(given)})
        transfer.items.add(new File([Uint8Array.from(content, sign => sign.charCodeAt(0))], name, { type: mimeType }))
      return transfer
    })()`,
  )
  await page.locator('[data-files]').dispatchEvent('dragover', { dataTransfer: transfer })
  await page.locator('[data-files]').dispatchEvent('drop', { dataTransfer: transfer })
}

describe.each([true, false])('with JavaScript: %s', javaScriptEnabled => {
  it('a ticket is registered with its files, and an entry with its own', { timeout: 60_000 }, async () => {
    const page = await open('clara', { javaScriptEnabled })
    await fillIn(page)
    await chooser(page).setInputFiles([photo, note])
    await register(page)
    await page.getByText(/Ticket #\d+ registrado/).waitFor()
    const attached = page.getByRole('list', { name: 'Adjuntos del ticket' })
    expect(await attached.getByRole('link').count()).toBe(2)
    const image = attached.getByRole('link', { name: /La pantalla\.png/ }).locator('img')
    await image.scrollIntoViewIfNeeded()
    await page.waitForFunction('document.querySelector(".attachment-image")?.naturalWidth > 0')
    await page.getByLabel('Su comentario').fill('Otra foto')
    await chooser(page).setInputFiles(photo)
    await page.getByRole('button', { name: 'Enviar comentario' }).click()
    const entry = page.locator('[id^="entrada-"]').filter({ hasText: 'Otra foto' })
    await entry.getByRole('link', { name: /La pantalla\.png/ }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      attached.getByRole('link', { name: /notas\.txt/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe('notas.txt')
    expect(await readFile(await download.path(), 'utf8')).toBe('Una nota')
  })

  it('a refused file is named and the text is kept', { timeout: 60_000 }, async () => {
    const page = await open('clara', { javaScriptEnabled })
    await fillIn(page)
    await chooser(page).setInputFiles([photo, program])
    await register(page)
    await page.getByText('«virus.exe» no es de un tipo que se acepte aquí.').first().waitFor()
    expect(await page.getByLabel('Descripción').inputValue()).toBe('Lo que tardé en escribir')
    expect(await chooser(page).getAttribute('aria-invalid')).toBe('true')
    if (!javaScriptEnabled) return expect(await page.getByText('elíjalos de nuevo').count()).toBe(1)
    expect(await axeViolations(page)).toEqual([])
    // The files are still there: the bad one goes, the rest is sent.
    await page.getByRole('button', { name: 'Quitar virus.exe' }).click()
    await register(page)
    await page.getByText(/Ticket #\d+ registrado/).waitFor()
    expect(await page.getByRole('list', { name: 'Adjuntos del ticket' }).getByRole('link').count()).toBe(1)
  })
})

it('without JavaScript a file that is too large is named, too', { timeout: 60_000 }, async () => {
  const page = await open('clara', { javaScriptEnabled: false })
  await fillIn(page)
  await chooser(page).setInputFiles([large])
  const [answer] = await Promise.all([page.waitForResponse(/\/tickets$/), register(page)])
  expect(answer.status()).toBe(413)
  await page.getByText('«video.mp4» pesa demasiado').first().waitFor()
  expect(await page.getByLabel('Asunto').inputValue()).toBe('Con una foto')
})

describe('the list of files', () => {
  it('takes what is picked and dropped, tells the sizes, and gives back what is taken out', async () => {
    const page = await open('clara')
    await fillIn(page)
    await chooser(page).setInputFiles(photo)
    await drop(page, [note])
    expect(await chosen(page).allInnerTexts()).toEqual([
      expect.stringMatching(/La pantalla\.png\s+[\d,]+ KB\s+Quitar/),
      expect.stringMatching(/notas\.txt\s+8 bytes\s+Quitar/),
    ])
    await page.getByRole('button', { name: 'Quitar La pantalla.png' }).click()
    expect(await chosen(page).count()).toBe(1)
    expect(await page.evaluate('document.activeElement.id')).toBe('campo-adjuntos')
    await register(page)
    await page.getByText(/Ticket #\d+ registrado/).waitFor()
    expect(await page.getByRole('list', { name: 'Adjuntos del ticket' }).getByRole('link').allInnerTexts()).toEqual([
      expect.stringContaining('notas.txt'),
    ])
  })

  it('says at once what is too large or too many', async () => {
    const page = await open('clara')
    await fillIn(page)
    const others = ['a', 'b', 'c', 'd'].map(name => ({ ...note, name: `${name}.txt` }))
    await chooser(page).setInputFiles([large, ...others])
    const message = page.locator('[data-files] [role="status"]')
    expect(await message.innerText()).toContain('«video.mp4» pesa')
    expect(await message.innerText()).toContain('Se aceptan 3 archivos por envío.')
    expect(await chosen(page).count()).toBe(3)
    expect(await axeViolations(page)).toEqual([])
  })

  it('keeps everything when sending fails, and sends it at the second try', async () => {
    const page = await open('clara')
    await fillIn(page)
    await chooser(page).setInputFiles(note)
    await page.route(/\/tickets$/, route => route.abort('aborted'), { times: 1 })
    await register(page)
    await page.getByText('No se pudo enviar.').waitFor()
    await register(page)
    await page.getByText(/Ticket #\d+ registrado/).waitFor()
  })
})

it.each(['light', 'dark'] as const)('axe finds nothing in %s, and nothing is wider than a phone', async colorScheme => {
  const page = await open('clara', { colorScheme, reducedMotion: 'reduce', viewport: { width: 320, height: 640 } })
  await fillIn(page)
  await chooser(page).setInputFiles([photo, { ...note, name: `${'nombre'.repeat(20)}.txt` }])
  expect([await axeViolations(page), await sidewaysScroll(page)]).toEqual([[], 0])
  await register(page)
  await page.getByText(/Ticket #\d+ registrado/).waitFor()
  // Away from the button that now lies where the other was.
  await page.mouse.move(0, 0)
  expect([await axeViolations(page), await sidewaysScroll(page)]).toEqual([[], 0])
})
