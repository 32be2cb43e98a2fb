import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../src/platform/root.ts'
import { listViews, renderBare, type ViewModels } from '../src/web/page.ts'
import { entry, row } from './support/fixtures/tickets.ts'
import { fixtures } from './support/view-fixtures.ts'

type View = keyof ViewModels

const pages = (Object.keys(fixtures) as View[]).flatMap(view =>
  Object.entries(fixtures[view]).map(([variant, model]) => ({ view, variant, html: renderBare(view, model as never) })),
)

it('every view has its fixtures', () => {
  expect(Object.keys(fixtures).sort()).toEqual(listViews())
})

describe.each(pages)('$view ($variant)', ({ html }) => {
  it('shows no value that is missing or was never made text', () => {
    expect(html.match(/.{0,60}(\bundefined\b|\[object |\bNaN\b|\bnull\b).{0,60}/g)).toBeNull()
  })

  it('lets what people typed out as text only', () => {
    expect(html.match(/<script(?![^>]*\ssrc=)|<style/g)).toBeNull()
    expect(html.match(/<[a-z]\w*(\s+[\w-]+(="[^"]*")?)*?\s+(style|on\w+)=/g)).toBeNull()
    expect(html).not.toContain('&amp;lt;')
  })

  it('refers only to elements that are there, and to each by a name of its own', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(match => match[1])
    const references = [...html.matchAll(/\s(?:for|aria-describedby|aria-labelledby)="([^"]*)"/g)]
    const links = [...html.matchAll(/href="#([^"]*)"/g)].map(match => match[1])
    const named = [...references.flatMap(match => match[1]?.split(' ') ?? []), ...links]
    expect(ids).toEqual([...new Set(ids)])
    expect(named.filter(id => !ids.includes(id))).toEqual([])
  })

  it('gives every form that writes a key of its own', () => {
    const forms = [...html.matchAll(/<form[^>]* method="post" action="([^"]*)"[\s\S]*?<\/form>/g)]
    // Some may be sent any number of times, others have a code or a link that works once.
    const keyless =
      /^\/(ingresar|salir|instalacion|acceso|clave-olvidada|registro|cuenta\/tema)|\/(vista-previa|exportacion)$/
    const writing = forms.filter(([, action = '']) => !keyless.test(action))
    const keys = writing.map(([form]) => form.match(/name="envio" value="([\w-]{36})" autocomplete="off"/)?.[1])
    expect(keys).not.toContain(undefined)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('has one main heading', () => {
    expect(html.match(/<h1/g)).toHaveLength(1)
  })
})

const shown = (view: View, variant: string) => pages.find(each => each.view === view && each.variant === variant)?.html

describe('the views of a ticket', () => {
  it('send what needs no more words, and lead to the form of what does', () => {
    const html = shown('tickets/index', 'full')
    expect(html).toMatch(
      /<form method="post" action="\/i"><input[^>]* name="envio"[^>]*>\s*<input type="hidden" name="version" value="3">/,
    )
    expect(html).toMatch(/<a class="menu-item menu-danger" href="\/c" data-dialog>/)
  })

  it('tell an internal note by the word, not by its colour alone', () => {
    const internal = shown('tickets/show', 'full')?.match(/<li id="entrada-3" class="log-internal">[\s\S]*?<\/li>/)?.[0]
    expect(internal).toContain('<strong>Interna</strong>')
  })

  it('keep a text that begins with an empty line', () => {
    expect(shown('tickets/new', 'full')).toMatch(/<textarea[^>]*>\n\n&#34;/)
  })

  it('offer internal notes only to those who may write them', () => {
    expect(shown('tickets/show', 'full')).toContain('value="interna"')
    expect(shown('tickets/show', 'own')).not.toContain('interna')
  })

  it('are lean: 25 rows, or twice the entries that a long bitácora shows, fit into 59 kB', () => {
    const plain = { subject: 'La impresora no enciende', requester: 'Clara Solís', owner: null }
    const rows = Array.from({ length: 25 }, (_, index) => ({ ...row(index + 1), ...plain }))
    const { full } = fixtures['tickets/show']
    const first = Array.from({ length: 40 }, (_, index) => ({
      ...entry(index + 10),
      author: 'Ana Ruiz',
      text: 'Se revisó el equipo con quien lo usa, se cambió el cable de red y quedó en observación hasta la tarde. '.repeat(
        3,
      ),
      attachments: [],
    }))
    const detail = { ...full, timeline: { first, fold: full.timeline.fold, last: [] } }
    // Without the head, which names the styles of every slice.
    const bodyOf = (html: string) => html.slice(html.indexOf('<body'))
    const list = renderBare('tickets/index', { ...fixtures['tickets/index'].full, rows })
    expect(bodyOf(list).length).toBeLessThan(59_000)
    expect(bodyOf(renderBare('tickets/show', detail)).length).toBeLessThan(59_000)
  })
})

describe('the sources of the views', () => {
  const sources = readdirSync(join(projectRoot, 'views'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ejs'))
    .map(path => ({ path, text: readFileSync(join(projectRoot, 'views', path), 'utf8') }))
  const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

  it('put out unescaped only other views, icons and the body', () => {
    expect(filesWith(/<%-(?!\s*(include\(|icon\(|body\s))/)).toEqual([])
  })

  it('have no inline script, style or handler', () => {
    expect(filesWith(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/)).toEqual([])
  })

  it('are short', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 80).map(({ path }) => path)).toEqual([])
  })
})
