import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Response } from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { icon } from '../../src/web/icons.ts'
import { type ErrorModel, type Frame, listViews, page, renderBare, type SignInModel } from '../../src/web/page.ts'

const error: ErrorModel & { title: string } = {
  title: 'No <existe>',
  status: 404,
  heading: 'No encontramos <b>esta</b> página',
  explanation: 'La dirección no existe.',
  actions: [{ label: 'Ir al inicio', href: '/' }],
}

const signIn: SignInModel & { title: string } = {
  title: 'Ingresar',
  action: '/ingresar',
  values: { correo: 'ana"@demo.test' },
  volver: '/tickets',
  errors: [{ field: 'clave', message: 'Escriba su contraseña.' }],
  forgottenHref: '/clave-olvidada',
  signUpHref: null,
  demonstration: null,
  welcome: '',
  help: '',
}

const frame: Omit<Frame, 'title'> = {
  locale: 'es-MX',
  brand: { logo: null, stylesheetHref: null },
  organization: 'Servicios & Cía.',
  viewer: { name: 'Ana Ruiz', initials: 'AR', email: 'ana@demo.test', roleLabel: 'Supervisor' },
  sections: [
    {
      label: 'Tickets',
      items: [
        { label: 'Tickets', href: '/tickets', icon: 'ticket', current: true, count: '1000+' },
        { label: 'Mis tickets', href: '/mis-tickets', icon: 'inbox', current: false },
      ],
    },
  ],
  search: { href: '/buscar', suggestionsHref: '/buscar/sugerencias', text: 'impresora' },
  newTicketHref: '/tickets/nuevo',
  messages: [
    { kind: 'exito', text: 'Ticket #1 asignado.', link: { href: '/tickets/1', text: 'Ver ticket' } },
    { kind: 'error', text: 'Algo <falló>.' },
  ],
  theme: 'oscuro',
  signOutHref: '/salir',
  accountHref: '/cuenta',
  themeHref: '/tema',
  homeHref: '/',
  currentPath: '/tickets?estado=asignado&area=2',
  demonstration: true,
}

let server: Server
let origin: string

beforeAll(async () => {
  const app = express()
  const show = (res: Response) => page(res, 'errors/error', error, 404)
  app.get('/bare', (_req, res) => show(res))
  app.get('/framed', (_req, res) => {
    res.locals.frame = () => frame
    show(res)
  })
  server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const load = async (path: string) => {
  const response = await fetch(origin + path)
  return { response, html: await response.text() }
}

describe('a page', () => {
  it('is the view inside the frame of the person', async () => {
    const { response, html } = await load('/framed')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html).toContain('<title>No &lt;existe&gt; · Servicios &amp; Cía.</title>')
    expect(html).toContain('No encontramos &lt;b&gt;esta&lt;/b&gt; página')
    expect(html).toContain('Ana Ruiz')
    expect(html).toContain('href="/tickets/nuevo"')
    expect(html).toContain('Algo &lt;falló&gt;.')
    expect(html).toContain('value="/tickets?estado=asignado&amp;area=2"')
  })

  it('marks the one place where the person is, and the theme', async () => {
    const { html } = await load('/framed')
    expect(html.match(/aria-current="page"/g)).toHaveLength(1)
    expect(html).toMatch(/href="\/tickets" aria-current="page"/)
    expect(html).toContain('<html lang="es-MX" data-bs-theme="dark">')
    expect(html.match(/aria-pressed="true"/g)).toHaveLength(1)
    expect(html).toMatch(/value="oscuro" aria-pressed="true"/)
  })

  it('is bare before there is a frame: no navigation', async () => {
    const { html } = await load('/bare')
    expect(html).not.toContain('<nav')
    expect(html).toContain('data-bs-theme="auto"')
    expect(html).toContain('Tickets de Soporte')
  })

  it('has nothing inline that the content policy would refuse', async () => {
    const { html } = await load('/framed')
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
  })

  it('fails when its view uses a name that its model does not have', () => {
    const { heading: _, ...incomplete } = error
    // @ts-expect-error the compiler refuses the model too
    expect(() => renderBare('errors/error', incomplete)).toThrow('heading is not defined')
  })

  it('does not compile with the model of another view', () => {
    // @ts-expect-error
    expect(() => renderBare('auth/sign-in', error)).toThrow('is not defined')
  })

  it('is listed when it is a view, and not when it is a part of one', () => {
    expect(listViews()).toEqual(expect.arrayContaining(['auth/sign-in', 'errors/error']))
    expect(listViews().filter(name => /(^|\/)_|layouts/.test(name))).toEqual([])
  })
})

describe('a form', () => {
  it('names what is wrong in a summary that leads to the field, and at the field', () => {
    const html = renderBare('auth/sign-in', signIn)
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/)
    expect(html).toContain('Corrija este dato')
    expect(html).toContain('<a class="alert-link" href="#campo-clave">Escriba su contraseña.</a>')
    expect(html).toMatch(/id="campo-clave"[^>]* aria-invalid="true" aria-describedby="campo-clave-error"/)
    expect(html).toContain('id="campo-clave-error"')
  })

  it('keeps what was typed, and says nothing of fields that are right', () => {
    const html = renderBare('auth/sign-in', signIn)
    expect(html).toContain('value="ana&#34;@demo.test"')
    expect(html).not.toMatch(/id="campo-correo"[^>]*aria-invalid/)
    expect(html.match(/\(obligatorio\)/g)).toHaveLength(2)
  })

  it('without errors has no summary', () => {
    expect(renderBare('auth/sign-in', { ...signIn, errors: [] })).not.toContain('form-summary')
  })

  it('shows the demonstration accounts only in demonstration', () => {
    const demonstration = { password: 'Clave-1', accounts: [{ email: 'agente@demo.test', roleLabel: 'Agente' }] }
    expect(renderBare('auth/sign-in', signIn)).not.toContain('demostración')
    expect(renderBare('auth/sign-in', { ...signIn, demonstration })).toMatch(/Clave-1[\s\S]*agente@demo\.test/)
  })
})

describe('an error page', () => {
  it('gives back what was typed and says what changed', () => {
    const html = renderBare('errors/error', {
      ...error,
      status: 409,
      changes: ['El responsable es ahora Luis.'],
      typed: [{ label: 'Comentario', value: 'Una\n<dos>' }],
      requestId: 'abc',
    })
    expect(html).toContain('<li>El responsable es ahora Luis.</li>')
    expect(html).toContain('<dd>Una\n&lt;dos&gt;</dd>')
    expect(html).toContain('abc')
  })
})

describe('an icon', () => {
  it('is inline, silent and takes further classes', () => {
    expect(icon('x', 'icon-sm')).toMatch(
      /^<svg class="icon icon-sm" aria-hidden="true"[^>]*><path d="[^"]+" \/><path d="[^"]+" \/><\/svg>$/,
    )
  })

  it.each(['no-such-drawing', '../filled/x', ''])('"%s" does not exist', name => {
    expect(() => icon(name)).toThrow(`Unknown icon: ${name}`)
  })

  it('refuses what is no list of classes', () => {
    expect(() => icon('x', '"><script>')).toThrow('Not a list of classes')
  })
})
