import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { changeSettings } from '../../src/settings/actions/change-settings.ts'
import { readSettings } from '../../src/settings/queries.ts'
import { adjustable, versionOf } from '../../src/settings/sections.ts'
import { zoneChoices } from '../../src/settings/zones.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { createClock, signIn, startApplication, useApplication } from '../support/application.ts'
import { Client } from '../support/client.ts'
import { postFiles } from '../support/multipart.ts'

// What an Administrador changes in one process counts at the next request of every other.

const application = await useApplication()
const { db, clock, cast, as, viewer } = application
const other = await startApplication(db, { files: application.files, incoming: application.incoming, clock })
afterAll(other.close)

const ana = await as('ana')
/** Somebody who works in the other process. */
const elsewhere = (person: 'sara' | 'clara' | 'luis' | 'ana') => signIn(new Client(other.origin), person)

const PAGE = '/administracion/ajustes'

/** The form of a section as the page has it: what is not changed is sent back as it was. */
async function formOf(section: string, client = ana): Promise<Record<string, string>> {
  const { body } = await client.get(PAGE)
  const form = new RegExp(`<form[^>]*action="${PAGE}/${section}"[\\s\\S]*?</form>`).exec(body)?.[0] ?? ''
  const inputs = [...form.matchAll(/<input([^>]*)>/g)].map(match => match[1] ?? '')
  const attribute = (tag: string, name: string) => decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
  const values: Record<string, string> = {}
  for (const input of inputs) {
    const boxed = /type="checkbox"/.test(input)
    if (/type="file"/.test(input) || (boxed && !/ checked/.test(input))) continue
    values[attribute(input, 'name')] = attribute(input, 'value')
  }
  for (const [, tag = '', text = ''] of form.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)) {
    values[attribute(tag, 'name')] = decoded(text)
  }
  for (const [, tag = '', options = ''] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    values[attribute(tag, 'name')] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? ''
  }
  delete values.envio
  return values
}

const decoded = (text: string) => text.replaceAll('&#34;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')

async function change(section: string, changes: Record<string, string>, client = ana) {
  return client.post(`${PAGE}/${section}`, { ...(await formOf(section, client)), ...changes })
}

/** @param at when; the test's own time by default */
async function registered(at?: string): Promise<number> {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  const context = { db, clock: at ? createClock(at) : clock }
  return createTicket(context, await viewer('clara'), { ...area, subject: 'Sin red', description: 'No hay red.' })
}

describe('in effect in another process with its next request', () => {
  it('the name', async () => {
    expect((await change('organizacion', { nombre: '  Servicios   Unidos ' })).location).toBe(PAGE)
    expect((await ana.get(PAGE)).body).toContain('Los ajustes se guardaron.')
    expect((await new Client(other.origin).get('/ingresar')).body).toContain(
      '<title>Ingresar · Servicios Unidos</title>',
    )
  })

  it('the time zone: dates, and where days begin', async () => {
    const number = await registered('2026-02-28T23:30:00Z')
    const sara = await elsewhere('sara')
    const listed = async (day: string) =>
      (await sara.get(`/tickets?desde=${day}&hasta=${day}`)).body.includes(`href="/tickets/${number}"`)
    expect(await listed('2026-02-28')).toBe(true)
    expect((await sara.get(`/tickets/${number}`)).body).toContain('28 de febrero de 2026, 17:30')
    await change('organizacion', { zona: 'Europe/Madrid' })
    expect((await sara.get(`/tickets/${number}`)).body).toContain('1 de marzo de 2026, 0:30')
    expect(await listed('2026-02-28')).toBe(false)
    expect(await listed('2026-03-01')).toBe(true)
    // None of its own: that of the process.
    await change('organizacion', { zona: '' })
    expect(await listed('2026-02-28')).toBe(true)
  })

  it('the format of dates and numbers, but for whoever chose his own', async () => {
    const number = await registered('2026-02-28T23:30:00Z')
    const [sara, chooser] = [await elsewhere('sara'), await elsewhere('ana')]
    await db.prisma.user.update({ where: { id: cast.ids.ana }, data: { locale: 'es-ES' } })
    await change('organizacion', { formato: 'es-CO' })
    expect(await sara.get(`/tickets/${number}`)).toMatchObject({
      body: expect.stringMatching(
        /<html lang="es-CO"[\s\S]*28 de febrero de 2026, 5:30 p\.\sm\.[\s\S]*Máximo 20.000 caracteres/,
      ),
    })
    await change('organizacion', { formato: 'es-MX' })
    expect((await sara.get(`/tickets/${number}`)).body).toContain('Máximo 20,000 caracteres')
    expect(await chooser.get(`/tickets/${number}`)).toMatchObject({
      body: expect.stringMatching(
        /<html lang="es-ES"[\s\S]*28 de febrero de 2026, 17:30[\s\S]*Máximo 20.000 caracteres/,
      ),
    })
    await db.prisma.user.update({ where: { id: cast.ids.ana }, data: { locale: null } })
    await change('organizacion', { formato: 'es' })
  })

  it('the days in which a requester may reopen', async () => {
    const number = await registered()
    const context = { db, clock }
    const boss = await viewer('ana')
    const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
    await assignTicket(context, boss, number, { version: 1, owner, note: '' })
    await closeTicket(context, boss, number, { action: 'finalizar', version: 2, text: 'Listo' })
    const clara = await elsewhere('clara')
    const reopening = async () => (await clara.get(`/tickets/${number}/reapertura`)).status
    expect(await reopening()).toBe(200)
    await change('tickets', { dias: '0' })
    expect(await reopening()).toBe(403)
    await change('tickets', { dias: '7' })
    expect(await reopening()).toBe(200)
  })

  it('the limits and types of attachments', async () => {
    const number = await registered()
    const sara = await elsewhere('sara')
    const send = async (name: string, bytes: Buffer, count = 1) => {
      const files = Array.from({ length: count }, (_, index) => ({ name: `${index}${name}`, bytes }))
      return postFiles(sara, `/tickets/${number}/bitacora`, { texto: 'Va', visibilidad: 'publica' }, files)
    }
    const text = Buffer.from('hola')
    expect((await send('.txt', text, 2)).status).toBe(303)
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const types = Object.keys(await formOf('adjuntos')).filter(name => name.startsWith('tipo_'))
    expect(types.length).toBeGreaterThan(20)
    const { version = '' } = await formOf('adjuntos')
    await ana.post(`${PAGE}/adjuntos`, { version, tamano: '1', cantidad: '1', tipo_png: 'si' })
    expect((await sara.get(`/tickets/${number}`)).body).toMatch(/Hasta 1 archivo de 1 MB: imágenes\./)
    expect((await send('.png', png)).status).toBe(303)
    expect(await send('.txt', text)).toMatchObject({ status: 422, body: expect.stringContaining('no es de un tipo') })
    expect((await send('.png', png, 2)).body).toContain('se acepta un archivo por envío')
    expect((await send('.png', Buffer.alloc(1024 * 1024 + 1))).status).toBe(413)
  })

  it('the texts of the page to sign in, as text with its line breaks', async () => {
    const stranger = new Client(other.origin)
    await change('ingreso', { bienvenida: 'Bienvenida <b>a todos</b>\nlos días', ayuda: 'Llame al 123' })
    const { body } = await stranger.get('/ingresar')
    expect(body).toContain('<p class="sign-in-text">Bienvenida &lt;b&gt;a todos&lt;/b&gt;\nlos días</p>')
    expect(body).toContain('Llame al 123')
    expect((await stranger.post('/ingresar', {})).body).toContain('Llame al 123')
  })

  it('the sign-up of clients', async () => {
    const stranger = new Client(other.origin)
    expect((await stranger.get('/registro')).status).toBe(404)
    await change('ingreso', { registro: 'si' })
    expect((await stranger.get('/registro')).status).toBe(200)
    const { registro: _, ...without } = await formOf('ingreso')
    await ana.post(`${PAGE}/ingreso`, without)
    expect((await stranger.get('/registro')).status).toBe(404)
  })
})

describe('what is refused is shown again as it was typed, and nothing is changed', () => {
  const settings = () => db.prisma.settings.findFirst()

  it.each([
    ['organizacion', { nombre: '  ' }, 'nombre', 'Escriba el nombre de la organización.'],
    ['organizacion', { nombre: 'x'.repeat(121) }, 'nombre', 'como máximo 120'],
    ['organizacion', { zona: 'Europa/Madrid' }, 'zona', 'Elija una zona horaria de la lista.'],
    ['organizacion', { zona: '+02:00' }, 'zona', 'Elija una zona horaria de la lista.'],
    ['organizacion', { formato: 'en-US' }, 'formato', 'Elija un formato de la lista.'],
    ['organizacion', { color: 'red' }, 'color', 'Elija un color'],
    ['organizacion', { color: '#fff;}body{display:none' }, 'color', 'Elija un color'],
    ['organizacion', { texto_logo: 'x'.repeat(121) }, 'texto_logo', 'como máximo 120'],
    ['tickets', { dias: '366' }, 'dias', 'entre 0 y 365'],
    ['tickets', { dias: '-1' }, 'dias', 'entre 0 y 365'],
    ['tickets', { dias: '' }, 'dias', 'entre 0 y 365'],
    ['encuestas', { dias: '0' }, 'dias', 'entre 1 y 365'],
    ['encuestas', { dias: '366' }, 'dias', 'entre 1 y 365'],
    ['adjuntos', { tamano: '0' }, 'tamano', 'entre 1 y 500'],
    ['adjuntos', { tamano: '501' }, 'tamano', 'entre 1 y 500'],
    ['adjuntos', { cantidad: '101' }, 'cantidad', 'entre 1 y 100'],
    ['adjuntos', { tipo_exe: 'si' }, '', 'datos que esta página no espera'],
    ['ingreso', { bienvenida: 'x'.repeat(2001) }, 'bienvenida', 'como máximo 2'],
  ])('%s: %o', async (section, changes: Record<string, string>, field, message) => {
    const kept = await settings()
    const answer = await change(section, changes)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    if (field) {
      expect(answer.body).toContain(`href="#${section}-${field}"`)
      const value = (changes[field] ?? '').slice(0, 40)
      if (!['zona', 'formato'].includes(field)) expect(decoded(answer.body)).toContain(value)
    }
    expect(await settings()).toEqual(kept)
  })

  it('no type of file at all', async () => {
    const { version = '' } = await formOf('adjuntos')
    const answer = await ana.post(`${PAGE}/adjuntos`, { version, tamano: '7', cantidad: '3' })
    expect(answer).toMatchObject({ status: 422, body: expect.stringContaining('Elija al menos un tipo de archivo.') })
    expect(answer.body).toMatch(/name="tamano"[^>]*|value="7"/)
  })
})

it('a zone that only the database does not know is refused', async () => {
  const values = { ...adjustable(await readSettings(db)), timeZone: 'Marte/Olympus' }
  const seen = versionOf('organizacion', adjustable(await readSettings(db)))
  const change = changeSettings(
    { db, clock },
    { id: cast.ids.ana, address: '' },
    { section: 'organizacion', seen, values },
  )
  await expect(change).rejects.toMatchObject({ field: 'zona', message: expect.stringContaining('no conoce esta zona') })
})

it('every zone that can be chosen is one that the database knows', async () => {
  const zones = zoneChoices().flatMap(({ options }) => options.map(({ value }) => value))
  const { rows } = await db.pool.query('SELECT name FROM pg_timezone_names')
  const known = new Set(rows.map(({ name }) => name))
  expect(zones.length).toBeGreaterThan(400)
  expect(zones.filter(zone => !known.has(zone))).toEqual([])
})
