import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { stylesheetOf } from '../../src/settings/accent.ts'
import { useApplication } from '../support/application.ts'
import { postFiles, type SentFile } from '../support/multipart.ts'

const { db, as, anonymous } = await useApplication()
const PAGE = '/administracion/ajustes'
const ana = await as('ana')

const versionNow = async () => /name="version" value="([^"]*)"/.exec((await ana.get(PAGE)).body)?.[1] ?? ''

async function send(changes: Record<string, string>, ...files: SentFile[]) {
  const fields = {
    version: await versionNow(),
    ...{ nombre: 'Servicios Unidos', texto_logo: '', color: '#0b5cb8', zona: '', formato: 'es' },
    ...changes,
  }
  return postFiles(ana, `${PAGE}/organizacion`, fields, files)
}

const drawing = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 30, b: 30, alpha: 0.5 } } })
const file = (name: string, bytes: Buffer): SentFile => ({ field: 'logo', name, bytes })
const sourceOf = (body: string) => /<img src="(\/organizacion\/[0-9a-f]{64}\.webp)"/.exec(body)?.[1] ?? ''

describe('the logo', () => {
  it('is made small, stripped and shown to everybody at an address that can be kept', async () => {
    const bytes = await drawing(3000, 1000)
      .withExif({ IFD0: { Copyright: 'secreto' } })
      .png()
      .toBuffer()
    expect((await send({ texto_logo: 'Servicios' }, file('logo.png', bytes))).status).toBe(303)
    const page = (await anonymous().get('/ingresar')).body
    expect(page).toMatch(
      /<a class="brand brand-wide"[^>]*>\s*<img src="[^"]*" width="120" height="40" alt="Servicios">/,
    )
    const logo = await anonymous().get(sourceOf(page))
    expect(logo).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      },
    })
    expect(logo.headers['set-cookie']).toBeUndefined()
    const { format, width, height, hasAlpha, exif } = await sharp(logo.bytes).metadata()
    expect({ format, width, height, hasAlpha, exif }).toEqual({
      ...{ format: 'webp', width: 480, height: 160, hasAlpha: true },
      exif: undefined,
    })
  })

  it('stays when the form brings none, changes its address with its content, and the old one is gone', async () => {
    const first = sourceOf((await ana.get('/tickets')).body)
    await send({ nombre: 'Otro nombre' })
    expect(sourceOf((await ana.get('/tickets')).body)).toBe(first)
    await send({}, file('cuadrado.jpg', await drawing(50, 50).jpeg().toBuffer()))
    const page = (await ana.get('/tickets')).body
    expect(sourceOf(page)).not.toBe(first)
    expect(page).toContain('width="40" height="40" alt=""')
    expect((await anonymous().get(first)).status).toBe(404)
    expect(await db.prisma.logo.count()).toBe(1)
  })

  it('can be taken away', async () => {
    await send({ quitar_logo: 'si', texto_logo: 'se va con la imagen' })
    const page = (await ana.get('/tickets')).body
    expect(sourceOf(page)).toBe('')
    expect(page).toContain('img/mark.svg')
    expect(await db.prisma.logo.count()).toBe(0)
    expect(await db.prisma.settings.findFirst()).toMatchObject({ logoHash: null, logoAlt: '' })
  })

  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  it.each([
    ['a drawing with scripts', 'logo.svg', () => Buffer.from(svg), 422, 'no es de un tipo'],
    ['a page under the name of an image', 'logo.png', () => Buffer.from(svg), 422, 'no es el de un archivo .png'],
    ['half an image', 'logo.png', async () => (await noise(600)).subarray(0, 2000), 422, 'está dañada'],
    ['nothing', 'logo.png', () => Buffer.alloc(0), 422, 'está vacío'],
    ['more than 5 MB', 'logo.png', () => Buffer.alloc(5 * 1024 * 1024 + 1), 413, 'pesa demasiado'],
  ])('is not %s', async (_what, name, bytes: () => Buffer | Promise<Buffer>, status, message) => {
    const answer = await send({ nombre: 'Se conserva' }, file(name, await bytes()))
    expect(answer.status).toBe(status)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain('value="Se conserva"')
    expect(answer.body).toContain('elíjala de nuevo')
    expect(await db.prisma.logo.count()).toBe(0)
  })

  const noise = (size: number) =>
    sharp({
      create: { width: size, height: size, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 } } as never,
    })
      .png()
      .toBuffer()
})

describe('the colour', () => {
  const link = (body: string) => /<link rel="stylesheet" href="(\/organizacion\/[^"]+)"/.exec(body)?.[1] ?? ''

  it('is a stylesheet of its own that can be kept, and none for the application’s own', async () => {
    expect(link((await ana.get('/tickets')).body)).toBe('')
    await send({ color: '#8A1C7C' })
    const href = link((await anonymous().get('/ingresar')).body)
    const sheet = await anonymous().get(href)
    expect(sheet).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    })
    expect(sheet.body).toContain('--tblr-primary:#8a1c7c')
    await send({ color: '#0b5cb8' })
    expect(link((await ana.get('/tickets')).body)).toBe('')
    // Somebody still has the page of before.
    expect(await anonymous().get(href)).toMatchObject({ status: 200, headers: { 'cache-control': 'no-cache' } })
  })

  const channels = (hex: string) => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
  function luminance(hex: string): number {
    const [red = 0, green = 0, blue = 0] = channels(hex).map(value => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, two: string) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(two)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }

  it.each([
    '#000000',
    '#ffffff',
    '#ffcc00',
    '#00ff00',
    '#0b5cb8',
    '#ff0000',
    '#7f7f7f',
    '#0000ff',
    '#00ffff',
    '#ff8800',
  ])('%s becomes one on which, and in which, text can be read', accent => {
    const { css } = stylesheetOf(accent)
    const [, primary = ''] = /--tblr-primary:(#\w{6})/.exec(css) ?? []
    const [, onDark = ''] = /--tblr-link-color:light-dark\(#\w{6},(#\w{6})\)/.exec(css) ?? []
    expect(contrast(primary, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(onDark, '#262626')).toBeGreaterThanOrEqual(4.5)
  })

  it('that can be read already stays as it is', () => {
    expect(stylesheetOf('#8a1c7c').css).toContain('--tblr-primary:#8a1c7c')
  })
})
